//! Revenue over the period shown, by month (or week, or day for short periods).

use facts::{Bucket, BucketSize, DayRange, Grouping, Number, Part, Scope, Totals, Trend};
use plotly::common::{DashType, HoverInfo, Line, LineShape, Marker, Mode};
use plotly::{Bar, Scatter};
use serde_json::json;
use words::say;

use crate::against::{against, before_name};
use crate::figure::{Figure, Module, Traces, axis, faded, hover, layout};
use crate::mark::{Mark, Pick, point};
use crate::table::{Cell, Column, Table};
use crate::ticks::time_axis;
use crate::{Ask, ChartKind, Outcome, Widget};

/// Revenue over time.
pub(crate) struct MonthlyRevenue;

/// One bucket with its figures.
struct Step {
    label: String,
    range: DayRange,
    partial: bool,
    revenue: i64,
    orders: i64,
    /// Revenue of the bucket at the same place in the period compared with.
    previous: Option<i64>,
}

impl Step {
    /// The bucket's name, with a word if it is still running.
    fn name(&self) -> String {
        if self.partial {
            say!("{month} (partial)", month = self.label)
        } else {
            self.label.clone()
        }
    }
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
        let range = ask.view.scope.range;
        let size = BucketSize::for_range(range);
        let buckets = size.buckets(range);
        let earlier = ask.view.compared();
        let sales = |scope: &Scope| ask.facts.groups(scope, Grouping::Over(size), &[Part::Sales]);
        let answer = sales(&ask.view.scope).and_then(|now| {
            let before = match &earlier {
                Some(scope) => sales(scope).map(Some),
                None => facts::Answer::Ready(None),
            };
            before.map(|before| steps(ask, &buckets, &now, before.as_deref()))
        });
        answer.map(|steps| self.outcome(ask, size, &buckets, &steps)).into()
    }
}

fn steps(ask: &Ask, buckets: &[Bucket], now: &[Totals], before: Option<&[Totals]>) -> Vec<Step> {
    // Periods of unlike shape (weeks cut elsewhere) have no bucket-by-bucket comparison.
    let before = before.filter(|before| before.len() == buckets.len());
    let last_day = ask.facts.meta().as_of;
    let step = |(at, (bucket, totals)): (usize, (&Bucket, &Totals))| {
        let partial = bucket.range.contains(last_day) && last_day < bucket.range.to;
        Step {
            label: ask.format.bucket(*bucket),
            range: bucket.range,
            partial,
            revenue: totals.revenue,
            orders: totals.orders,
            previous: before.and_then(|before| before.get(at)).map(|totals| totals.revenue),
        }
    };
    buckets.iter().zip(now).enumerate().map(step).collect()
}

impl MonthlyRevenue {
    fn outcome(&self, ask: &Ask, size: BucketSize, buckets: &[Bucket], steps: &[Step]) -> Outcome {
        if steps.is_empty() {
            return Outcome::nothing_in_scope();
        }
        let note = steps.iter().find(|step| step.partial).map(|step| {
            say!(
                "{month} is partial: data ends on {day}.",
                month = step.label,
                day = ask.format.day(ask.facts.meta().as_of)
            )
        });
        let figure = figure(ask, ask.kind_of(self), buckets, steps);
        Outcome::ready(Some(figure), table(ask, size, steps), summary(ask, steps), note)
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
            Cell::text(step.name()),
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
    table.picks = steps.iter().map(|step| Some(Pick::Days(step.range))).collect();
    table
}

fn marks(ask: &Ask, steps: &[Step]) -> Vec<Mark> {
    // The line of the period before, where there is one, is drawn first.
    let trace = usize::from(steps.iter().all(|step| step.previous.is_some()));
    let mark = |(at, step): (usize, &Step)| {
        let mut value = ask.format.money(step.revenue);
        value.push_str(", ");
        value.push_str(&say!("{n} orders", n = ask.format.count(step.orders)));
        if let Some(previous) = step.previous {
            let money = ask.format.money(previous);
            value.push_str(&format!("; {}: {money}", before_name(ask.view)));
        }
        Mark::new(step.name(), value, point(trace, at)).leads(Pick::Days(step.range))
    };
    steps.iter().enumerate().map(mark).collect()
}

fn summary(ask: &Ask, steps: &[Step]) -> String {
    let total = steps.iter().map(|step| step.revenue).sum();
    let best = steps.iter().max_by_key(|step| step.revenue);
    let best = best.map_or(String::new(), |best| {
        say!(
            ", most in {month} ({value})",
            month = best.label,
            value = ask.format.headline(Number::Money(best.revenue))
        )
    });
    let before: Option<i64> = steps.iter().map(|step| step.previous).sum();
    let trend = Trend::between(Some(Number::Money(total)), before.map(Number::Money));
    let trend = trend.map_or(String::new(), |trend| {
        format!("; {}", against(ask.view, &ask.format.trend(trend, None)))
    });
    say!(
        "Revenue of {value}{best}{trend}.",
        value = ask.format.headline(Number::Money(total)),
        best = best,
        trend = trend
    )
}

fn figure(ask: &Ask, kind: ChartKind, buckets: &[Bucket], steps: &[Step]) -> Figure {
    let exponent = ask.format.currency.exponent;
    let value = |units: i64| Number::Money(units).to_f64(exponent);
    let labels: Vec<String> = steps.iter().map(|step| step.label.clone()).collect();
    let values: Vec<f64> = steps.iter().map(|step| value(step.revenue)).collect();
    let mut traces = Traces::new();
    if let Some(before) =
        steps.iter().map(|step| step.previous.map(value)).collect::<Option<Vec<_>>>()
    {
        traces.push(
            Scatter::new(labels.clone(), before)
                .mode(Mode::Lines)
                .line(
                    Line::new()
                        .color(ask.theme.muted)
                        .width(1.5)
                        .dash(DashType::Dot)
                        .shape(LineShape::Spline),
                )
                .hover_info(HoverInfo::Skip)
                .name(before_name(ask.view)),
        );
    }
    let hover_texts: Vec<String> = steps.iter().map(|step| hover_text(ask, step)).collect();
    if kind == ChartKind::Bar {
        traces.push(
            Bar::new(labels, values)
                .marker(Marker::new().color(ask.theme.primary))
                .hover_text_array(hover_texts)
                .hover_info(HoverInfo::Text)
                .name(say!("Revenue")),
        );
    } else {
        let line =
            Line::new().color(ask.theme.primary).width(2.5).shape(LineShape::Spline).smoothing(0.6);
        let mut trace = Scatter::new(labels, values)
            .mode(Mode::LinesMarkers)
            .line(line)
            .marker(Marker::new().color_array(marker_colors(ask, steps)).size(7))
            .hover_text_array(hover_texts)
            .hover_info(HoverInfo::Text)
            .name(say!("Revenue"));
        if kind == ChartKind::Area {
            trace = trace.fill(plotly::common::Fill::ToZeroY).fill_color(faded(ask.theme.primary));
        }
        traces.push(trace);
    }
    let main = traces.len() - 1;
    let compared = main > 0;
    let (mut ticks, narrow) = time_axis(ask.format, buckets);
    ticks["fixedrange"] = json!(false);
    let layout = layout(ask.theme).x_axis(axis(ask.theme).show_grid(false)).y_axis(axis(ask.theme));
    let figure = Figure::new(traces, layout, Module::Core);
    let figure = if kind == ChartKind::Bar {
        figure
    } else {
        let outline = json!({ "marker": { "line": { "color": ask.theme.primary, "width": 2 } } });
        figure.trace_also(main, outline)
    };
    figure
        .layout_also(json!({
            "hovermode": "closest",
            "dragmode": "zoom",
            "showlegend": compared,
            "legend": { "orientation": "h", "traceorder": "reversed", "x": 0, "y": 1, "yanchor": "bottom" },
            "margin": { "t": if compared { 28 } else { 8 } },
            "xaxis": ticks,
            "meta": narrow,
            "yaxis": {
                "tickprefix": ask.format.currency_sign(),
                "tickformat": "~s",
                "rangemode": "tozero",
                "nticks": 6,
            },
        }))
        .layout_also(hover(ask.theme))
}

/// A partial bucket's marker is hollow.
fn marker_colors(ask: &Ask, steps: &[Step]) -> Vec<&'static str> {
    steps
        .iter()
        .map(|step| if step.partial { ask.theme.surface } else { ask.theme.primary })
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
