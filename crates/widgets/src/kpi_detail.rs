//! One KPI over the period, beside the period compared with.

use facts::{Bucket, BucketSize, KpiDef, Number, Trend};
use plotly::Scatter;
use plotly::common::{DashType, HoverInfo, Line, Marker, Mode};
use serde_json::json;

use crate::against::before_name;
use crate::figure::{Figure, Module, Traces, axis, hover, layout};
use crate::mark::{Mark, Pick, point};
use crate::scale::{BELOW, LEGEND, Of, room_for, value_axis};
use crate::table::{Cell, Column, Table};
use crate::ticks::{bucket_name, time_axis};
use crate::{Ask, Outcome};

/// One bucket with its values.
struct Step {
    bucket: Bucket,
    value: Option<Number>,
    previous: Option<Number>,
}

/// A KPI's course as a line, with the period compared with as a dotted one.
pub fn kpi_series(ask: &Ask, def: &'static KpiDef) -> Outcome {
    let now = ask.facts.kpi(def, ask.view);
    let before = ask.facts.kpi_beside(def.id, ask.view);
    let answer = now.and_then(|now| {
        before.map(|before| {
            let step = |((bucket, value), previous)| Step { bucket, value, previous };
            let steps: Vec<Step> = now.series.into_iter().zip(before).map(step).collect();
            outcome(ask, def, &steps)
        })
    });
    answer.into()
}

fn outcome(ask: &Ask, def: &'static KpiDef, steps: &[Step]) -> Outcome {
    if steps.iter().all(|step| step.value.is_none()) {
        return Outcome::nothing_in_scope();
    }
    let compared = steps.iter().any(|step| step.previous.is_some());
    Outcome::ready(
        Some(figure(ask, def, steps, compared)),
        table(ask, def, steps, compared),
        summary(ask, def, steps),
        course_note(def, steps.first().map(|step| step.bucket.size)),
    )
    .marked(marks(ask, steps, usize::from(compared)))
}

fn table(ask: &Ask, def: &KpiDef, steps: &[Step], compared: bool) -> Table {
    let mut columns =
        vec![Column::text(words::say!("Time")), Column::number(words::say(def.label))];
    if compared {
        let titles = [before_name(ask.view), words::say!("Change")];
        columns.extend(titles.map(Column::number));
    }
    let mut table = Table::new(words::say(def.label), columns);
    for step in steps {
        let mut row = vec![
            Cell::text(bucket_name(ask.format, step.bucket)),
            Cell::number(ask.format, step.value),
        ];
        if compared {
            row.push(Cell::number(ask.format, step.previous));
            let change = Trend::between(step.value, step.previous);
            row.push(Cell::change(ask.format, change, step.value));
        }
        table.rows.push(row);
    }
    table.picks = steps.iter().map(|step| Some(Pick::Days(step.bucket.range))).collect();
    table
}

fn marks(ask: &Ask, steps: &[Step], trace: usize) -> Vec<Mark> {
    let text =
        |value: Option<Number>| value.map_or("–".to_owned(), |value| ask.format.full(value));
    let mark = |(at, step): (usize, &Step)| {
        let before = step.previous.map_or(String::new(), |_| {
            format!("; {}", words::say!("{amount} before", amount = text(step.previous)))
        });
        let value = format!("{}{before}", text(step.value));
        Mark::new(bucket_name(ask.format, step.bucket), value, point(trace, at))
            .leads(Pick::Days(step.bucket.range))
    };
    steps.iter().enumerate().map(mark).collect()
}

/// What a course of retention tells beside the figure itself: each point has its own base.
pub(crate) fn course_note(def: &KpiDef, size: Option<BucketSize>) -> Option<String> {
    Some(match size.filter(|_| def.formula.part().is_none())? {
        BucketSize::Day => words::say!(
            "Each value of the course: who bought on this day and the day before. The figure: who bought in the whole period and in the one before."
        ),
        BucketSize::Week => words::say!(
            "Each value of the course: who bought in this week and the week before. The figure: who bought in the whole period and in the one before."
        ),
        BucketSize::Month => words::say!(
            "Each value of the course: who bought in this month and the month before. The figure: who bought in the whole period and in the one before."
        ),
    })
}

fn summary(ask: &Ask, def: &KpiDef, steps: &[Step]) -> String {
    let size = |step: &&Step| step.value.map_or(f64::NEG_INFINITY, |value| value.to_f64(0));
    let best = steps.iter().max_by(|one, other| size(one).total_cmp(&size(other)));
    let best = best.and_then(|step| step.value.map(|value| (step, value)));
    best.map_or(String::new(), |(step, value)| {
        words::say!(
            "{kpi} over time: most in {when} with {value}.",
            kpi = words::say(def.label),
            when = ask.format.bucket(step.bucket),
            value = ask.format.headline(value)
        )
    })
}

fn figure(ask: &Ask, def: &KpiDef, steps: &[Step], compared: bool) -> Figure {
    let exponent = ask.format.currency.exponent;
    let value = |number: Option<Number>| number.map(|number| number.to_f64(exponent));
    let places: Vec<usize> = (0..steps.len()).collect();
    let mut traces = Traces::new();
    if compared {
        let before: Vec<Option<f64>> = steps.iter().map(|step| value(step.previous)).collect();
        traces.push(
            Scatter::new(places.clone(), before)
                .mode(Mode::Lines)
                .line(Line::new().color(ask.theme.muted).width(1.5).dash(DashType::Dot))
                .hover_info(HoverInfo::Skip)
                .name(before_name(ask.view)),
        );
    }
    let hovers: Vec<String> = marks(ask, steps, 0)
        .into_iter()
        .map(|mark| crate::figure::escape(&format!("{}: {}", mark.label, mark.value)))
        .collect();
    let values: Vec<Option<f64>> = steps.iter().map(|step| value(step.value)).collect();
    traces.push(
        Scatter::new(places, values)
            .mode(Mode::LinesMarkers)
            .line(Line::new().color(ask.theme.primary).width(2.5))
            .marker(Marker::new().color(ask.theme.primary).size(7))
            .hover_text_array(hovers)
            .hover_info(HoverInfo::Text)
            .name(words::say(def.label)),
    );
    let drawn = steps.iter().flat_map(|step| [step.value, step.previous]).filter_map(value);
    let heights = value_axis(ask.format, Of::Kind(def.kind), drawn);
    let buckets: Vec<Bucket> = steps.iter().map(|step| step.bucket).collect();
    let (ticks, narrow) = time_axis(ask.format, &buckets);
    let layout = layout(ask.theme).x_axis(axis(ask.theme).show_grid(false)).y_axis(axis(ask.theme));
    Figure::new(traces, layout, Module::Core)
        .layout_also(json!({
            "hovermode": "closest",
            "showlegend": compared,
            "legend": { "orientation": "h", "traceorder": "reversed", "x": 0, "y": 1, "yanchor": "bottom" },
            "margin": { "t": if compared { LEGEND } else { 8 }, "l": room_for(&heights), "b": BELOW },
            "xaxis": ticks,
            "meta": narrow,
            "yaxis": heights,
        }))
        .layout_also(hover(ask.theme))
}
