//! Customers by one of their attributes, as a pie, a donut or bars.

use crate::figure::Traces;
use facts::{Answer, Dimension, Grouping, Number, Part, Set};
use plotly::common::{HoverInfo, Marker, Orientation};
use plotly::{Bar, Pie};
use serde_json::json;
use words::say;

use crate::figure::{Figure, Module, axis, escape, faded, hover, label_text, layout};
use crate::mark::{Mark, Pick, point};
use crate::table::{Cell, Column, Table};
use crate::theme::ink_on;
use crate::{Ask, ChartKind, Outcome};

/// Characters of a name, and of a line of it, that fit beside a pie; hovering shows all.
const LONGEST_LABEL: usize = 24;
const LONGEST_LINE: usize = 10;

/// What tells one such widget from another.
pub(crate) struct Shares {
    /// The attribute.
    pub dimension: Dimension,
    /// The table's caption.
    pub caption: String,
    /// Heading of the attribute's column.
    pub heading: String,
}

/// One value of the attribute.
pub(crate) struct Share {
    /// Its name.
    pub name: String,
    /// Customers in scope.
    pub customers: i64,
    /// Its colour.
    pub color: &'static str,
}

impl Shares {
    /// Counts customers in scope by the attribute; its own filter only highlights.
    pub fn compute(
        &self,
        ask: &Ask,
        kind: ChartKind,
        names: &[String],
        colors: &dyn Fn(usize) -> &'static str,
        point: &dyn Fn(&[Share], i64) -> String,
    ) -> Outcome {
        let scope = ask.view.scope.without(self.dimension);
        let counts: Answer<Outcome> = ask
            .facts
            .groups(&scope, Grouping::By(self.dimension), &[Part::Audience])
            .map(|groups| {
                let share = |(at, name): (usize, &String)| Share {
                    name: words::say(name),
                    customers: groups.get(at).map_or(0, |totals| totals.customers),
                    color: colors(at),
                };
                let shares: Vec<Share> = names.iter().enumerate().map(share).collect();
                let total = shares.iter().map(|share| share.customers).sum();
                if total == 0 {
                    return Outcome::nothing_in_scope();
                }
                let chosen = ask.view.scope.set(self.dimension);
                let figure = match kind {
                    ChartKind::Bar => bars(ask, &shares, total, chosen),
                    _ => pie(ask, &shares, total, chosen, kind == ChartKind::Donut),
                };
                let summary = point(&shares, total);
                Outcome::ready(Some(figure), self.table(ask, &shares, total), summary, None)
                    .marked(self.marks(ask, &shares, total, chosen))
            });
        counts.into()
    }

    fn table(&self, ask: &Ask, shares: &[Share], total: i64) -> Table {
        let mut table = Table::new(
            self.caption.clone(),
            vec![
                Column::text(self.heading.clone()),
                Column::number(say!("Customers")),
                Column::number(say!("Share")),
            ],
        );
        table.rows = shares
            .iter()
            .map(|share| {
                vec![
                    Cell::text(&share.name),
                    Cell::count(ask.format, share.customers),
                    Cell::number(ask.format, Number::rate(share.customers, total)),
                ]
            })
            .collect();
        table.picks =
            (0..).zip(shares).map(|(code, _)| Some(Pick::Code(self.dimension, code))).collect();
        table
    }

    fn marks(&self, ask: &Ask, shares: &[Share], total: i64, chosen: &Set) -> Vec<Mark> {
        let mark = |(code, share): (u16, &Share)| {
            let percent = ask.format.percent(share.customers as f64 / total as f64);
            let value = say!(
                "{n} customers, {share}",
                n = ask.format.count(share.customers),
                share = percent
            );
            Mark::new(&share.name, value, point(0, usize::from(code))).of(
                self.dimension,
                code,
                chosen,
            )
        };
        (0..).zip(shares).map(mark).collect()
    }
}

fn hover_texts(ask: &Ask, shares: &[Share], total: i64) -> Vec<String> {
    let text = |share: &Share| {
        let percent = ask.format.percent(share.customers as f64 / total as f64);
        format!(
            "<b>{}</b><br>{} · {percent}",
            escape(&share.name),
            say!("{n} customers", n = ask.format.count(share.customers))
        )
    };
    shares.iter().map(text).collect()
}

fn colors_of(shares: &[Share], chosen: &Set) -> Vec<String> {
    let color = |(share, code): (&Share, u16)| {
        if chosen.allows(code) { share.color.to_owned() } else { faded(share.color) }
    };
    shares.iter().zip(0..).map(color).collect()
}

fn pie(ask: &Ask, shares: &[Share], total: i64, chosen: &Set, donut: bool) -> Figure {
    let lines: Vec<Vec<String>> = shares.iter().map(|share| label_lines(&share.name)).collect();
    let texts = shares.iter().zip(&lines).map(|(share, lines)| {
        let percent = ask.format.percent(share.customers as f64 / total as f64);
        let name: Vec<String> = lines.iter().map(|line| escape(line)).collect();
        format!("{}<br>{percent}", name.join("<br>"))
    });
    let trace = Pie::new(shares.iter().map(|share| share.customers).collect())
        .labels(shares.iter().map(|share| escape(&share.name)).collect::<Vec<_>>())
        .text_array(texts.collect::<Vec<_>>())
        .text_info("text")
        .hover_text_array(hover_texts(ask, shares, total))
        .hover_info(HoverInfo::Text)
        .hole(if donut { 0.62 } else { 0.0 })
        .sort(false);
    let mut traces = Traces::new();
    traces.push(trace);
    let center = if donut { donut_center(ask, shares, total, chosen) } else { json!([]) };
    Figure::new(traces, layout(ask.theme), Module::Core)
        .trace_also(
            0,
            json!({
                "marker": {
                    "colors": colors_of(shares, chosen),
                    "line": { "color": ask.theme.surface, "width": 2 },
                },
                "textposition": "outside",
                "direction": "clockwise",
                "rotation": 0,
            }),
        )
        .layout_also(json!({ "annotations": center, "margin": room(&lines) }))
        .layout_also(hover(ask.theme))
}

/// A name as it stands beside a pie: one or two short lines.
fn label_lines(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label_text(name, LONGEST_LABEL).split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LONGEST_LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Room for the labels outside; Plotly's own search for it does not settle in narrow cards.
fn room(lines: &[Vec<String>]) -> serde_json::Value {
    // The percentage counts as a line, and as six characters.
    let longest = lines.iter().flatten().map(|line| line.chars().count()).max().unwrap_or(0).max(6);
    let most_lines = lines.iter().map(Vec::len).max().unwrap_or(0) + 1;
    let (side, above) = (12 + longest * 7, 16 + most_lines * 15);
    json!({ "l": side, "r": side, "t": above, "b": above })
}

/// How many customers the filter leaves, and of how many: a chart's own filter narrows no slice.
fn donut_center(ask: &Ask, shares: &[Share], total: i64, chosen: &Set) -> serde_json::Value {
    let of = (0..).zip(shares).filter(|(code, _)| chosen.allows(*code));
    let left = of.map(|(_, share)| share.customers).sum();
    let below = match chosen.is_all() {
        true => say!("customers"),
        false => say!("of {all} customers", all = ask.format.count(total)),
    };
    json!([{
        "text": format!("<b>{}</b><br>{below}", ask.format.count(left)),
        "showarrow": false,
        "x": 0.5,
        "y": 0.5,
        "font": { "size": 14, "color": ask.theme.text },
    }])
}

fn bars(ask: &Ask, shares: &[Share], total: i64, chosen: &Set) -> Figure {
    let names: Vec<String> = shares.iter().map(|share| escape(&share.name)).collect();
    let ink = |(share, code): (&Share, u16)| {
        if chosen.allows(code) { ink_on(share.color) } else { ask.theme.text }
    };
    let inks: Vec<&str> = shares.iter().zip(0..).map(ink).collect();
    let texts = shares.iter().map(|share| {
        let percent = ask.format.percent(share.customers as f64 / total as f64);
        format!("{} · {percent}", ask.format.count(share.customers))
    });
    let trace = Bar::new(shares.iter().map(|share| share.customers).collect(), names)
        .orientation(Orientation::Horizontal)
        .marker(Marker::new().color_array(colors_of(shares, chosen)))
        .text_array(texts.collect::<Vec<_>>())
        .hover_text_array(hover_texts(ask, shares, total))
        .hover_info(HoverInfo::Text);
    let mut traces = Traces::new();
    traces.push(trace);
    let layout = layout(ask.theme)
        .x_axis(axis(ask.theme).show_tick_labels(false).show_grid(false))
        .y_axis(axis(ask.theme));
    Figure::new(traces, layout, Module::Core)
        .trace_also(0, json!({ "textposition": "auto", "cliponaxis": false, "insidetextfont": { "color": inks } }))
        .layout_also(json!({ "yaxis": { "autorange": "reversed" }, "bargap": 0.35 }))
        .layout_also(hover(ask.theme))
}
