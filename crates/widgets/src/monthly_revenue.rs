//! Revenue over the period shown, by month (or week, or day for short periods).

use facts::{
    Bucket, BucketSize, Grouping, Kpi, KpiId, Number, NumberKind, Pair, Part, Totals, Trend,
};
use plotly::common::{DashType, Fill, HoverInfo, Line, Marker, Mode};
use plotly::{Bar, Layout, Scatter};
use serde_json::json;
use words::say;

use crate::against::{against, before_name};
use crate::curve;
use crate::figure::{Figure, Module, Traces, axis, faded, hover, layout};
use crate::mark::{Mark, Pick, point};
use crate::scale::{BELOW, LEGEND, Of, room_for, value_axis};
use crate::table::{Cell, Column, Table};
use crate::ticks::{bucket_name, time_axis};
use crate::{Ask, ChartKind, Outcome, Widget};

/// Revenue over time.
pub(crate) struct MonthlyRevenue;

/// One bucket with its figures.
struct Step {
    bucket: Bucket,
    label: String,
    /// The same, with a word if the bucket is less than its calendar has.
    name: String,
    revenue: i64,
    orders: i64,
    /// Revenue of the days that the bucket is compared with.
    previous: Option<i64>,
}

impl Widget for MonthlyRevenue {
    fn id(&self) -> &'static str {
        "monthly_revenue"
    }

    fn title(&self) -> &'static str {
        "Monthly Revenue Trend"
    }

    fn definition(&self) -> &'static str {
        "Net revenue of the purchase lines in scope by month; by week or day for short periods. \
         The dotted line is the period compared with."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Line, ChartKind::Area, ChartKind::Bar]
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        let meta = ask.facts.meta();
        let scope = ask.view.scope.over(ask.view.shown(meta));
        let size = ask.view.bucket_size(meta);
        let now = ask.facts.groups(&scope, Grouping::Over(size), &[Part::Sales]);
        let answer = now.and_then(|now| {
            let before = ask.facts.groups_beside(ask.view, &[Part::Sales]);
            before.and_then(|before| {
                let steps = steps(ask, &ask.view.pairs(meta), &now, &before);
                let whole = ask.facts.kpi(KpiId::TotalRevenue.def(), ask.view);
                whole.map(|whole| self.outcome(ask, size, &steps, &whole))
            })
        });
        answer.into()
    }
}

/// What is known of each bucket; after the as-of day nothing is.
fn steps(ask: &Ask, pairs: &[Pair], now: &[Totals], before: &[Option<Totals>]) -> Vec<Step> {
    let as_of = ask.facts.meta().as_of;
    let step = |((pair, totals), before): ((&Pair, &Totals), &Option<Totals>)| Step {
        bucket: pair.shown,
        label: ask.format.bucket(pair.shown),
        name: bucket_name(ask.format, pair.shown),
        revenue: totals.revenue,
        orders: totals.orders,
        previous: before.as_ref().map(|totals| totals.revenue),
    };
    let known =
        pairs.iter().zip(now).zip(before).filter(|((pair, _), _)| pair.shown.range.from <= as_of);
    known.map(step).collect()
}

impl MonthlyRevenue {
    fn outcome(&self, ask: &Ask, size: BucketSize, steps: &[Step], whole: &Kpi) -> Outcome {
        if steps.is_empty() {
            return Outcome::nothing_in_scope();
        }
        if !crate::DRAWS {
            return Outcome::not_drawn();
        }
        let as_of = ask.facts.meta().as_of;
        let running = steps.iter().find(|step| step.bucket.is_running(as_of));
        let note = running.map(|step| {
            say!(
                "{month} is partial: data ends on {day}.",
                month = step.label,
                day = ask.format.day(as_of)
            )
        });
        let figure = figure(ask, ask.kind_of(self), steps);
        Outcome::ready(Some(figure), table(ask, size, steps), summary(ask, steps, whole), note)
            .marked(marks(ask, steps))
    }
}

fn table(ask: &Ask, size: BucketSize, steps: &[Step]) -> Table {
    let heading = match size {
        BucketSize::Month => say!("Month"),
        BucketSize::Week => say!("Week"),
        BucketSize::Day => say!("Day"),
    };
    let compared = steps.iter().any(|step| step.previous.is_some());
    let mut columns = vec![
        Column::text(heading),
        Column::number(say!("Revenue")),
        Column::number(say!("Orders")),
    ];
    if compared {
        columns.extend([before_name(ask.view), say!("Change")].map(Column::number));
    }
    let mut table = Table::new(say!("Revenue over time"), columns);
    for step in steps {
        let now = Number::Money(step.revenue);
        let mut row = vec![
            Cell::text(&step.name),
            Cell::money(ask.format, step.revenue),
            Cell::count(ask.format, step.orders),
        ];
        if compared {
            let before = step.previous.map(Number::Money);
            row.push(Cell::number(ask.format, before));
            row.push(Cell::change(ask.format, Trend::between(Some(now), before), Some(now)));
        }
        table.rows.push(row);
    }
    table.picks = steps.iter().map(|step| Some(Pick::Days(step.bucket.range))).collect();
    table
}

fn marks(ask: &Ask, steps: &[Step]) -> Vec<Mark> {
    // The lines are drawn first, that of the period before them all.
    let lines = usize::from(ask.kind_of(&MonthlyRevenue) != ChartKind::Bar);
    let trace = usize::from(steps.iter().any(|step| step.previous.is_some())) + lines;
    let mark = |(at, step): (usize, &Step)| {
        let mut value = ask.format.money(step.revenue);
        value.push_str(", ");
        value.push_str(&say!("{n} orders", n = ask.format.count(step.orders)));
        if let Some(previous) = step.previous {
            let money = ask.format.money(previous);
            value.push_str(&format!("; {}: {money}", before_name(ask.view)));
        }
        Mark::new(&step.name, value, point(trace, at)).leads(Pick::Days(step.bucket.range))
    };
    steps.iter().enumerate().map(mark).collect()
}

fn summary(ask: &Ask, steps: &[Step], whole: &Kpi) -> String {
    let best = steps.iter().max_by_key(|step| step.revenue);
    let best = best.map_or(String::new(), |best| {
        say!(
            ", most in {month} ({value})",
            month = best.label,
            value = ask.format.headline(Number::Money(best.revenue))
        )
    });
    let trend = whole.trend.map_or(String::new(), |trend| {
        format!("; {}", against(ask.view, &ask.format.trend(trend, None)))
    });
    say!(
        "Revenue of {value}{best}{trend}.",
        value = whole.value.map_or_else(|| say!("No data"), |value| ask.format.headline(value)),
        best = best,
        trend = trend
    )
}

fn figure(ask: &Ask, kind: ChartKind, steps: &[Step]) -> Figure {
    let exponent = ask.format.currency.exponent;
    let value = |units: i64| Number::Money(units).to_f64(exponent);
    let places: Vec<usize> = (0..steps.len()).collect();
    let values: Vec<f64> = steps.iter().map(|step| value(step.revenue)).collect();
    let before: Vec<Option<f64>> = steps.iter().map(|step| step.previous.map(value)).collect();
    let compared = before.iter().any(Option::is_some);
    let mut traces = Traces::new();
    if compared {
        let line = Line::new().color(ask.theme.muted).width(1.5).dash(DashType::Dot);
        traces.push(smooth(&before, line).name(before_name(ask.view)));
    }
    let hover_texts: Vec<String> = steps.iter().map(|step| hover_text(ask, step)).collect();
    if kind == ChartKind::Bar {
        traces.push(
            Bar::new(places, values)
                .marker(Marker::new().color(ask.theme.primary))
                .hover_text_array(hover_texts)
                .hover_info(HoverInfo::Text)
                .name(say!("Revenue")),
        );
    } else {
        let known: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        let line = Line::new().color(ask.theme.primary).width(2.5);
        let mut curve = smooth(&known, line).name(say!("Revenue"));
        if kind == ChartKind::Area {
            curve = curve.fill(Fill::ToZeroY).fill_color(faded(ask.theme.primary));
        }
        traces.push(curve);
        traces.push(
            Scatter::new(places, values)
                .mode(Mode::Markers)
                .marker(Marker::new().color_array(marker_colors(ask, steps)).size(7))
                .hover_text_array(hover_texts)
                .hover_info(HoverInfo::Text)
                .name(say!("Revenue"))
                .show_legend(false),
        );
    }
    let main = traces.len() - 1;
    let drawn = steps.iter().flat_map(|step| step.previous.into_iter().chain([step.revenue]));
    let heights = value_axis(ask.format, Of::Kind(NumberKind::Money), drawn.map(value));
    let figure = Figure::new(traces, axes(ask), Module::Core);
    let figure = if kind == ChartKind::Bar {
        figure
    } else {
        let outline = json!({ "marker": { "line": { "color": ask.theme.primary, "width": 2 } } });
        figure.trace_also(main, outline)
    };
    let buckets: Vec<Bucket> = steps.iter().map(|step| step.bucket).collect();
    let (mut ticks, narrow) = time_axis(ask.format, &buckets);
    ticks["fixedrange"] = json!(false);
    figure
        .layout_also(json!({
            "hovermode": "closest",
            "dragmode": "zoom",
            "showlegend": compared,
            "legend": { "orientation": "h", "traceorder": "reversed", "x": 0, "y": 1, "yanchor": "bottom" },
            "margin": { "t": if compared { LEGEND } else { 8 }, "l": room_for(&heights), "b": BELOW },
            "xaxis": ticks,
            "meta": narrow,
            "yaxis": heights,
        }))
        .layout_also(hover(ask.theme))
}

fn axes(ask: &Ask) -> Layout {
    layout(ask.theme).x_axis(axis(ask.theme).show_grid(false)).y_axis(axis(ask.theme))
}

/// A smooth line through values that never leaves the space between two of them.
fn smooth(values: &[Option<f64>], line: Line) -> Box<Scatter<f64, Option<f64>>> {
    let (places, heights) = curve::through(values);
    Scatter::new(places, heights).mode(Mode::Lines).line(line).hover_info(HoverInfo::Skip)
}

/// A partial bucket's marker is hollow.
fn marker_colors(ask: &Ask, steps: &[Step]) -> Vec<&'static str> {
    steps
        .iter()
        .map(|step| if step.bucket.is_partial() { ask.theme.surface } else { ask.theme.primary })
        .collect()
}

fn hover_text(ask: &Ask, step: &Step) -> String {
    let orders = say!("{n} orders", n = ask.format.count(step.orders));
    let mut text =
        format!("<b>{}</b><br>{} · {orders}", step.label, ask.format.money(step.revenue));
    if let Some(previous) = step.previous {
        text.push_str(&format!("<br>{}: {}", before_name(ask.view), ask.format.money(previous)));
    }
    text
}
