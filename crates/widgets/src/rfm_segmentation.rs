//! Customers in the space of recency, frequency and monetary value.

use crate::figure::Traces;
use facts::{Dimension, Number, Point, Points, Stratum};
use plotly::common::{HoverInfo, Marker, Mode};
use plotly::{Layout, Scatter, Scatter3D};
use serde_json::{Value, json};
use words::say;

use crate::figure::{Figure, Module, axis, hover, layout};
use crate::mark::{Mark, Pick, Place, point};
use crate::scale::{BELOW, LEGEND, log_money_axis, room_for};
use crate::shown::{self, cut_in_figure, in_figure};
use crate::table::{Cell, Column, Table};
use crate::{Ask, ChartKind, Outcome, Widget};

/// Points drawn at most; beyond, each stratum is sampled and the counts stay exact.
const MOST_POINTS: usize = 3_000;

/// Numbers of orders named on their logarithmic axis.
const ORDER_TICKS: [u32; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/// Customers by recency, frequency and monetary value.
pub(crate) struct RfmSegmentation;

impl Widget for RfmSegmentation {
    fn id(&self) -> &'static str {
        "rfm_segmentation"
    }

    fn title(&self) -> &'static str {
        "RFM Segmentation"
    }

    fn definition(&self) -> &'static str {
        "Customers in scope who have bought: days since the last purchase (recency), orders \
         (frequency) and lifetime value (monetary), each of all time, coloured by customer \
         segment. The table counts them by RFM segment."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Scatter3d, ChartKind::Scatter2d]
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        // Colour shows customer segments, so their filter highlights; RFM segments are filtered.
        let scope = ask.view.scope.without(Dimension::Segment);
        let answer = ask.facts.points(&scope, MOST_POINTS).map(|points| {
            if points.customers == 0 {
                return Outcome::nobody_in_scope(ask);
            }
            if !crate::DRAWS {
                return Outcome::not_drawn();
            }
            let clouds = clouds(ask, &points);
            let figure = match ask.kind_of(self) {
                ChartKind::Scatter2d => flat(ask, &clouds),
                _ => solid(ask, &clouds),
            };
            let marks = marks(ask, &points, &clouds);
            Outcome::ready(
                Some(figure),
                table(ask, &points),
                summary(ask, &points),
                note(ask, &points),
            )
            .marked(marks)
            .numbered(numbers(ask, &points))
        });
        answer.into()
    }
}

fn by_rfm_segment(points: &Points) -> Vec<Stratum> {
    let mut sums = vec![Stratum::default(); points.strata.first().map_or(0, Vec::len)];
    for row in &points.strata {
        for (sum, stratum) in sums.iter_mut().zip(row) {
            sum.customers += stratum.customers;
            sum.recency_days += stratum.recency_days;
            sum.orders += stratum.orders;
            sum.lifetime_value += stratum.lifetime_value;
        }
    }
    sums
}

fn table(ask: &Ask, points: &Points) -> Table {
    let mut columns = vec![Column::text(say!("RFM segment"))];
    let numbers = [
        say!("Customers"),
        say!("Share of total"),
        say!("Mean recency (days)"),
        say!("Mean orders"),
        say!("Mean lifetime value"),
    ];
    columns.extend(numbers.map(Column::number));
    let mut table = Table::new(say!("Customers by RFM segment"), columns);
    let mean = |sum: i64, count: i64| match count {
        0 => Cell::text("–"),
        _ => {
            let mean = sum as f64 / count as f64;
            Cell { text: ask.format.decimals(mean, 1), exact: Some(format!("{mean}")) }
        }
    };
    for (name, stratum) in ask.facts.meta().labels.rfm_segments.iter().zip(by_rfm_segment(points)) {
        table.rows.push(vec![
            Cell::text(shown::label(name)),
            Cell::count(ask.format, stratum.customers),
            Cell::number(ask.format, Number::rate(stratum.customers, points.customers)),
            mean(stratum.recency_days, stratum.customers),
            mean(stratum.orders, stratum.customers),
            Cell::number(ask.format, Number::money_per(stratum.lifetime_value, stratum.customers)),
        ]);
    }
    table.picks =
        (0..).zip(&table.rows).map(|(code, _)| Some(Pick::Code(Dimension::Rfm, code))).collect();
    table
}

/// Each segment as a whole, then its customers, those of the greatest lifetime value first.
fn marks(ask: &Ask, points: &Points, clouds: &[Cloud]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (at, cloud) in clouds.iter().enumerate() {
        let sums = points.strata.get(at).map(|strata| strata.iter().map(|s| s.customers).sum());
        let customers: i64 = sums.unwrap_or(0);
        let share = ask.format.percent(customers as f64 / points.customers as f64);
        let value = say!("{n} customers, {share}", n = ask.format.count(customers), share = share);
        let whole = Mark::new(&cloud.name, value, Place::Trace(at)).in_group(at);
        marks.push(match u16::try_from(at) {
            Ok(code) => whole.of(Dimension::Segment, code, &ask.view.scope.segments),
            Err(_) => whole,
        });
        let mut order: Vec<usize> = (0..cloud.points.len()).collect();
        let worth = |at: usize| cloud.points.get(at).map(|point| point.lifetime_value);
        order.sort_by_key(|&at| std::cmp::Reverse(worth(at)));
        for index in order {
            let (Some(text), Some(customer)) = (cloud.texts.get(index), cloud.points.get(index))
            else {
                continue;
            };
            let label = format!("{}, {}", cloud.name, text.rfm);
            let mark = Mark::new(label, text.lines.join(", "), point(at, index)).in_group(at);
            marks.push(mark.leads(Pick::Customer(customer.customer)));
        }
    }
    marks
}

fn summary(ask: &Ask, points: &Points) -> String {
    let sums = by_rfm_segment(points);
    let largest = sums.iter().enumerate().max_by_key(|(_, stratum)| stratum.customers);
    let name = |at: usize| ask.facts.meta().labels.rfm_segments.get(at).map_or("", String::as_str);
    largest.map_or(String::new(), |(at, stratum)| {
        say!(
            "{name} is the largest RFM segment with {n} of {all} customers ({share}).",
            name = shown::isolated(&shown::label(name(at))),
            n = ask.format.count(stratum.customers),
            all = ask.format.count(points.customers),
            share = ask.format.percent(stratum.customers as f64 / points.customers as f64),
        )
    })
}

/// The numbers that the note tells.
fn numbers(ask: &Ask, points: &Points) -> Vec<Cell> {
    [points.sample.len() as i64, points.customers, low(ask, points)]
        .into_iter()
        .map(|count| Cell::count(ask.format, count))
        .collect()
}

/// How many points are drawn higher than they lie.
fn low(ask: &Ask, points: &Points) -> i64 {
    points.sample.iter().filter(|point| point.lifetime_value < unit(ask)).count() as i64
}

fn note(ask: &Ask, points: &Points) -> Option<String> {
    let drawn = points.sample.len() as i64;
    let sampled = (drawn < points.customers).then(|| {
        say!(
            "{n} of {all} customers drawn, sampled fairly from every segment; all counts are exact.",
            n = ask.format.count(drawn),
            all = ask.format.count(points.customers),
        )
    });
    let low = low(ask, points);
    let clamped = (low > 0).then(|| {
        say!("{n} with a lifetime value below 1 are drawn at 1.", n = ask.format.count(low))
    });
    let parts: Vec<String> = [sampled, clamped].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// One whole unit of the currency, in money units.
fn unit(ask: &Ask) -> i64 {
    10_i64.pow(ask.format.currency.exponent.into())
}

/// What one trace draws: the sampled customers of one segment.
struct Cloud<'a> {
    name: String,
    color: &'static str,
    /// How much of the ink its points have; a colour with an alpha of its own would be another
    /// colour in space.
    opacity: f64,
    points: Vec<&'a Point>,
    /// What is told of each point.
    texts: Vec<PointText>,
}

/// What is told of a point, in the figure and to those who walk through it.
struct PointText {
    rfm: String,
    lines: [String; 2],
}

impl Cloud<'_> {
    fn recency(&self) -> Vec<i32> {
        self.points.iter().map(|point| point.recency_days).collect()
    }

    fn orders(&self) -> Vec<u32> {
        self.points.iter().map(|point| point.orders).collect()
    }

    /// Lifetime values in whole currency units, at least 1 so that a log axis can show them.
    fn monetary(&self, ask: &Ask) -> Vec<f64> {
        let exponent = ask.format.currency.exponent;
        let value = |point: &&Point| Number::Money(point.lifetime_value).to_f64(exponent).max(1.0);
        self.points.iter().map(value).collect()
    }

    fn hover(&self) -> Vec<String> {
        let name = in_figure(&self.name);
        let text = |text: &PointText| {
            format!("<b>{name}</b> · {}<br>{}", in_figure(&text.rfm), text.lines.join("<br>"))
        };
        self.texts.iter().map(text).collect()
    }

    fn ids(&self) -> Vec<String> {
        self.points.iter().map(|point| point.customer.to_string()).collect()
    }
}

fn clouds<'a>(ask: &Ask<'a>, points: &'a Points) -> Vec<Cloud<'a>> {
    let names = &ask.facts.meta().labels.segments;
    let cloud = |(at, name): (usize, &String)| {
        let color = ask.theme.color(at);
        let chosen = u16::try_from(at).is_ok_and(|code| ask.view.scope.segments.allows(code));
        let points: Vec<&Point> =
            points.sample.iter().filter(|point| usize::from(point.segment) == at).collect();
        Cloud {
            name: shown::label(name),
            color,
            opacity: if chosen { 1.0 } else { 0.2 },
            texts: points.iter().map(|point| point_text(ask, point)).collect(),
            points,
        }
    };
    names.iter().enumerate().map(cloud).collect()
}

fn point_text(ask: &Ask, point: &Point) -> PointText {
    let rfm = ask.facts.meta().labels.rfm_segments.get(usize::from(point.rfm_segment));
    PointText {
        rfm: rfm.map_or(String::new(), |name| shown::label(name)),
        lines: [
            say!("Last purchase {n} days ago", n = ask.format.count(point.recency_days.into())),
            format!(
                "{} · {}",
                say!("{n} orders", n = ask.format.count(point.orders.into())),
                ask.format.money(point.lifetime_value)
            ),
        ],
    }
}

fn legend(ask: &Ask) -> Value {
    json!({ "orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": { "color": ask.theme.text }, "itemsizing": "constant" })
}

fn solid(ask: &Ask, clouds: &[Cloud]) -> Figure {
    let mut traces = Traces::new();
    for cloud in clouds {
        let trace = Scatter3D::new(cloud.recency(), cloud.orders(), cloud.monetary(ask))
            .mode(Mode::Markers)
            .name(cut_in_figure(&cloud.name, 22))
            .marker(Marker::new().color(cloud.color).size(3).opacity(0.85 * cloud.opacity))
            .hover_text_array(cloud.hover())
            .hover_info(HoverInfo::Text)
            .ids(cloud.ids());
        traces.push(trace);
    }
    let scene_axis = |title: &str, extra: Value| {
        let mut axis = json!({
            "title": { "text": title, "font": { "size": 12 } },
            "gridcolor": ask.theme.grid,
            "zeroline": false,
            "showbackground": false,
            "color": ask.theme.muted,
            "tickfont": { "size": 11 },
        });
        if let (Value::Object(axis), Value::Object(extra)) = (&mut axis, extra) {
            axis.extend(extra);
        }
        axis
    };
    let money = money_axis(ask, clouds);
    Figure::new(traces, with_legend(ask), Module::Scatter3d)
        .layout_also(json!({
            "legend": legend(ask),
            "margin": { "l": 0, "r": 0, "t": 28, "b": 0 },
            "uirevision": "rfm",
            "meta": { "narrow": { "layout": { "scene": {
                "xaxis": { "title": { "text": say!("Recency"), "font": { "size": 11 } }, "tickfont": { "size": 10 } },
                "yaxis": { "tickfont": { "size": 10 } },
                "zaxis": { "tickfont": { "size": 10 } },
                "camera": { "eye": { "x": 1.5, "y": 1.5, "z": 0.7 } },
            } } } },
            "scene": {
                "xaxis": scene_axis(&say!("Recency (days)"), json!({ "rangemode": "tozero" })),
                "yaxis": scene_axis(&say!("Orders"), json!({ "type": "log", "tickvals": ORDER_TICKS })),
                "zaxis": scene_axis(&say!("Lifetime value"), money),
                "camera": {
                    "eye": { "x": 1.36, "y": 1.36, "z": 0.6 },
                    "center": { "x": 0.0, "y": 0.0, "z": -0.08 },
                },
                "aspectmode": "manual",
                "aspectratio": { "x": 1.2, "y": 1.2, "z": 0.85 },
            },
        }))
        .layout_also(hover(ask.theme))
}

fn money_axis(ask: &Ask, clouds: &[Cloud]) -> Value {
    log_money_axis(ask.format, clouds.iter().flat_map(|cloud| cloud.monetary(ask)))
}

fn flat(ask: &Ask, clouds: &[Cloud]) -> Figure {
    let mut traces = Traces::new();
    for cloud in clouds {
        let size = |point: &&Point| (4.0 + f64::from(point.orders).sqrt() * 2.0).min(18.0) as usize;
        let trace = Scatter::new(cloud.recency(), cloud.monetary(ask))
            .mode(Mode::Markers)
            .name(cut_in_figure(&cloud.name, 22))
            .marker(
                Marker::new()
                    .color(cloud.color)
                    .size_array(cloud.points.iter().map(size).collect())
                    .opacity(0.6 * cloud.opacity),
            )
            .hover_text_array(cloud.hover())
            .hover_info(HoverInfo::Text)
            .ids(cloud.ids());
        traces.push(trace);
    }
    let mut money = money_axis(ask, clouds);
    let room = room_for(&money) + 20;
    money["title"] =
        json!({ "text": say!("Lifetime value; size: orders"), "font": { "size": 12 } });
    let layout = with_legend(ask).x_axis(axis(ask.theme)).y_axis(axis(ask.theme));
    Figure::new(traces, layout, Module::Core)
        .layout_also(json!({
            "legend": legend(ask),
            "margin": { "l": room, "r": 8, "t": LEGEND, "b": BELOW },
            "hovermode": "closest",
            "xaxis": { "title": { "text": say!("Recency (days)"), "font": { "size": 12 } }, "rangemode": "tozero" },
            "yaxis": money,
        }))
        .layout_also(hover(ask.theme))
}

fn with_legend(ask: &Ask) -> Layout {
    layout(ask.theme).show_legend(true)
}
