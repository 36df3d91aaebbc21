//! Customers by one of their attributes, as a pie, a donut or bars.

use crate::figure::Traces;
use facts::{Answer, Dimension, Grouping, Number, Part, Set};
use plotly::Bar;
use plotly::common::{HoverInfo, Marker, Orientation};
use serde_json::json;
use words::say;

use crate::figure::{Figure, Module, axis, beside_or_inside, hover, layout, place};
use crate::mark::{Mark, Pick, point};
use crate::pie::{no_pie, pie};
use crate::share::{Share, colors_of, hover_texts};
use crate::shown::{self, cut_in_figure};
use crate::table::{Cell, Column, Table};
use crate::theme::ink_on;
use crate::{Ask, ChartKind, Outcome};

/// Letters of a name beside a bar; hovering shows all.
const LONGEST_LABEL: usize = 24;

/// What tells one such widget from another.
pub(crate) struct Shares {
    /// The attribute.
    pub dimension: Dimension,
    /// The table's caption.
    pub caption: String,
    /// Heading of the attribute's column.
    pub heading: String,
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
            .groups(&scope, Grouping::By(self.dimension), &[Part::Customers])
            .map(|groups| {
                let share = |(at, name): (usize, &String)| Share {
                    name: shown::label(name),
                    customers: groups.get(at).map_or(0, |totals| totals.customers),
                    color: colors(at),
                };
                let shares: Vec<Share> = names.iter().enumerate().map(share).collect();
                let total = shares.iter().map(|share| share.customers).sum();
                if total == 0 {
                    return Outcome::nobody_in_scope(ask);
                }
                if !crate::DRAWS {
                    return Outcome::not_drawn();
                }
                let chosen = ask.view.scope.set(self.dimension);
                let parts: Vec<i64> = shares.iter().map(|share| share.customers).collect();
                let bars_only = (kind != ChartKind::Bar).then(|| no_pie(&parts)).flatten();
                let (figure, note) = match kind {
                    ChartKind::Bar => (bars(ask, &shares, total, chosen), None),
                    _ if bars_only.is_some() => (bars(ask, &shares, total, chosen), bars_only),
                    _ => pie(ask, &shares, total, chosen, kind == ChartKind::Donut),
                };
                let summary = point(&shares, total);
                Outcome::ready(Some(figure), self.table(ask, &shares, total), summary, note)
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
                Column::number(say!("Share of total")),
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

fn bars(ask: &Ask, shares: &[Share], total: i64, chosen: &Set) -> Figure {
    let places: Vec<String> = (0..shares.len()).map(place).collect();
    let names: Vec<String> =
        shares.iter().map(|share| cut_in_figure(&share.name, LONGEST_LABEL)).collect();
    let ink = |(share, code): (&Share, u16)| {
        if chosen.allows(code) { ink_on(share.color) } else { ask.theme.text }
    };
    let inks: Vec<&str> = shares.iter().zip(0..).map(ink).collect();
    let texts = shares.iter().map(|share| {
        let percent = ask.format.percent(share.customers as f64 / total as f64);
        format!("{} · {percent}", ask.format.count(share.customers))
    });
    let trace = Bar::new(shares.iter().map(|share| share.customers).collect(), places.clone())
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
    let positions = beside_or_inside(shares.iter().map(|share| share.customers as f64));
    Figure::new(traces, layout, Module::Core)
        .trace_also(
            0,
            json!({
                "textposition": positions, "cliponaxis": false, "insidetextfont": { "color": inks }
            }),
        )
        .layout_also(json!({ "bargap": 0.35, "yaxis": {
            "type": "category",
            "autorange": "reversed",
            "tickmode": "array",
            "tickvals": places,
            "ticktext": names,
            "ticksuffix": "  ",
        } }))
        .layout_also(hover(ask.theme))
}
