//! Revenue or units by product category, coloured by how each moved.

use std::cmp::Ordering;

use facts::{Answer, Compare, Dimension, Grouping, Number, Part, Scope, Totals, Trend};
use plotly::Bar;
use plotly::common::{HoverInfo, Marker, Orientation};
use serde_json::{Value, json};
use words::say;

use crate::against;
use crate::figure::{Figure, Module, Traces, axis, beside_or_inside, faded, hover, layout, place};
use crate::mark::{Mark, Pick, point};
use crate::shown::{self, cut_in_figure, in_figure, isolated};
use crate::table::{Cell, Column, Table};
use crate::theme::ink_on;
use crate::{Ask, ChartKind, Outcome, Widget};

/// Bars drawn; the table has every category.
const MOST_BARS: usize = 12;

/// A change beyond this, either way, counts as growing or shrinking.
const THRESHOLD: f64 = 0.05;

/// Categories by revenue or units.
pub(crate) struct CategoryPerformance;

struct Row {
    code: u16,
    /// Its name as it is shown; the code is what it is.
    name: String,
    totals: Totals,
    /// Relative change of what the bars show against the period compared with.
    change: Option<Trend>,
}

impl Widget for CategoryPerformance {
    fn id(&self) -> &'static str {
        "category_performance"
    }

    fn title(&self) -> &'static str {
        "Product Category Performance"
    }

    fn definition(&self) -> &'static str {
        "Net revenue or units of the purchase lines in scope by product category. Colour tells \
         the change against the period compared with: more than 5% up, more than 5% down, or between."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Revenue, ChartKind::Units]
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        let meta = ask.facts.meta();
        if !meta.features.categories {
            return Outcome::Absent(words::say(crate::absent::CATEGORIES));
        }
        let kind = if meta.features.units { ask.kind_of(self) } else { ChartKind::Revenue };
        let scope = ask.view.scope.without(Dimension::Category);
        let earlier = ask.view.compared(meta).map(|scope| scope.without(Dimension::Category));
        let groups = |scope: &Scope, parts: &[Part]| {
            ask.facts.groups(scope, Grouping::By(Dimension::Category), parts)
        };
        let answer = groups(&scope, &[Part::Sales, Part::Customers]).and_then(|now| {
            let before = match &earlier {
                Some(scope) => groups(scope, &[Part::Sales]).map(Some),
                None => Answer::Ready(None),
            };
            before.map(|before| outcome(ask, kind, now, before.as_deref()))
        });
        answer.into()
    }
}

fn units(ask: &Ask, totals: &Totals) -> Number {
    Number::quantity(totals.units, ask.facts.meta().quantity_exponent)
}

fn measure(ask: &Ask, kind: ChartKind, totals: &Totals) -> Number {
    if kind == ChartKind::Units { units(ask, totals) } else { Number::Money(totals.revenue) }
}

fn outcome(ask: &Ask, kind: ChartKind, now: Vec<Totals>, before: Option<&[Totals]>) -> Outcome {
    let names = &ask.facts.meta().labels.categories;
    let row = |((code, totals), name): ((u16, Totals), &String)| {
        let previous = before.and_then(|before| before.get(usize::from(code)));
        let previous = previous.map(|totals| measure(ask, kind, totals));
        let change = Trend::between(Some(measure(ask, kind, &totals)), previous);
        Row { code, name: shown::label(name), totals, change }
    };
    let mut rows: Vec<Row> = (0..).zip(now).zip(names).map(row).collect();
    if rows.iter().all(|row| row.totals.lines == 0) {
        return Outcome::nothing_in_scope();
    }
    if !crate::DRAWS {
        return Outcome::not_drawn();
    }
    let size = |row: &Row| match measure(ask, kind, &row.totals) {
        Number::Count(size) | Number::Money(size) | Number::Quantity { units: size, .. } => size,
        _ => 0,
    };
    rows.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.code.cmp(&b.code)));
    let cut = (rows.len() > MOST_BARS).then(|| {
        say!(
            "The {most} largest of {all} categories are drawn; the table has all.",
            most = MOST_BARS,
            all = rows.len()
        )
    });
    let colors = before.map(|_| match ask.view.compare {
        Compare::YearBefore => say!(
            "Against the same period last year: teal is more than 5% up, red more than 5% down, blue between."
        ),
        _ => say!("Against the period before: teal is more than 5% up, red more than 5% down, blue between."),
    });
    let notes: Vec<String> = cut.into_iter().chain(colors).collect();
    let note = (!notes.is_empty()).then(|| notes.join(" "));
    let drawn = rows.get(..MOST_BARS).unwrap_or(&rows);
    let figure = figure(ask, kind, drawn);
    Outcome::ready(Some(figure), table(ask, kind, &rows), summary(ask, kind, &rows), note)
        .marked(marks(ask, kind, drawn))
}

fn table(ask: &Ask, kind: ChartKind, rows: &[Row]) -> Table {
    let has_units = ask.facts.meta().features.units;
    let compared = ask.view.comparison(ask.facts.meta()).is_ok();
    let known = ask.facts.meta().has_customers();
    let change = match kind {
        ChartKind::Units => say!("Change of units"),
        _ => say!("Change of revenue"),
    };
    let mut columns = vec![Column::text(say!("Category")), Column::number(say!("Revenue"))];
    columns.extend(has_units.then(|| Column::number(say!("Units"))));
    columns.push(Column::number(say!("Orders")));
    columns.extend(known.then(|| Column::number(say!("Customers"))));
    columns.extend(compared.then(|| Column::number(change)));
    let mut table = Table::new(say!("Product categories"), columns);
    for Row { name, totals, change, .. } in rows {
        let mut cells = vec![Cell::text(name), Cell::money(ask.format, totals.revenue)];
        cells.extend(has_units.then(|| Cell::number(ask.format, Some(units(ask, totals)))));
        cells.push(Cell::count(ask.format, totals.orders));
        cells.extend(known.then(|| Cell::count(ask.format, totals.customers)));
        cells.extend(compared.then(|| Cell::change(ask.format, *change, None)));
        table.rows.push(cells);
    }
    table.picks = rows.iter().map(|row| Some(Pick::Code(Dimension::Category, row.code))).collect();
    table
}

fn marks(ask: &Ask, kind: ChartKind, rows: &[Row]) -> Vec<Mark> {
    let mark = |(at, row): (usize, &Row)| {
        let value = amount(kind, ask.format.full(measure(ask, kind, &row.totals)));
        let change = against(ask, row.change);
        Mark::new(&row.name, format!("{value}{change}"), point(0, at)).of(
            Dimension::Category,
            row.code,
            &ask.view.scope.categories,
        )
    };
    rows.iter().enumerate().map(mark).collect()
}

fn summary(ask: &Ask, kind: ChartKind, rows: &[Row]) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let value = amount(kind, ask.format.headline(measure(ask, kind, &first.totals)));
    let change = against(ask, first.change);
    let name = isolated(&first.name);
    say!("{name} leads with {value}{change}.", name = name, value = value, change = change)
}

/// An amount with its unit, where the number alone does not tell it.
fn amount(kind: ChartKind, value: String) -> String {
    if kind == ChartKind::Units { say!("{n} units", n = value) } else { value }
}

/// How something moved, as the end of a sentence.
fn against(ask: &Ask, change: Option<Trend>) -> String {
    change.map_or(String::new(), |change| {
        format!(", {}", against::against(ask.view, &ask.format.trend(change, None)))
    })
}

fn figure(ask: &Ask, kind: ChartKind, rows: &[Row]) -> Figure {
    let chosen = &ask.view.scope.categories;
    let color = |row: &Row| {
        let color = color_of(ask, row.change);
        if chosen.allows(row.code) { color.to_owned() } else { faded(color) }
    };
    let ink = |row: &Row| {
        if chosen.allows(row.code) { ink_on(color_of(ask, row.change)) } else { ask.theme.text }
    };
    let inks: Vec<&str> = rows.iter().map(ink).collect();
    let text = |row: &Row| {
        let change = row
            .change
            .map_or(String::new(), |change| format!("  {}", ask.format.trend(change, None)));
        format!("{}{change}", compact(ask, measure(ask, kind, &row.totals)))
    };
    let short: Vec<String> =
        rows.iter().map(|row| compact(ask, measure(ask, kind, &row.totals))).collect();
    let value = |row: &Row| measure(ask, kind, &row.totals).to_f64(ask.format.currency.exponent);
    let trace = Bar::new(
        rows.iter().map(value).collect::<Vec<_>>(),
        rows.iter().map(|row| place(row.code)).collect::<Vec<_>>(),
    )
    .orientation(Orientation::Horizontal)
    .marker(Marker::new().color_array(rows.iter().map(color).collect::<Vec<_>>()))
    .text_array(rows.iter().map(text).collect::<Vec<_>>())
    .hover_text_array(rows.iter().map(|row| hover_text(ask, row)).collect::<Vec<_>>())
    .hover_info(HoverInfo::Text)
    .ids(rows.iter().map(|row| row.code.to_string()).collect::<Vec<_>>());
    let mut traces = Traces::new();
    traces.push(trace);
    let layout = layout(ask.theme)
        .x_axis(axis(ask.theme).show_tick_labels(false).show_grid(false))
        .y_axis(axis(ask.theme));
    let positions = beside_or_inside(rows.iter().map(value));
    Figure::new(traces, layout, Module::Core)
        .trace_also(
            0,
            json!({
                "textposition": positions, "cliponaxis": false, "insidetextfont": { "color": inks }
            }),
        )
        .layout_also(json!({ "yaxis": names(rows), "bargap": 0.3 }))
        // On phones the change is left to hover, table and colour.
        .layout_also(json!({ "meta": { "narrow": { "data": [{ "text": short }] } } }))
        .layout_also(json!({ "xaxis": { "range": reach(rows.iter().map(value)) } }))
        .layout_also(hover(ask.theme))
}

/// The axis of categories, first one on top.
fn names(rows: &[Row]) -> Value {
    json!({
        "type": "category",
        "autorange": "reversed",
        "tickmode": "array",
        "tickvals": rows.iter().map(|row| place(row.code)).collect::<Vec<_>>(),
        "ticktext": rows.iter().map(|row| cut_in_figure(&row.name, 22)).collect::<Vec<_>>(),
        "ticksuffix": "  ",
    })
}

/// From where to where the axis of bars goes: with air for what is written behind them, much of
/// it where bars are so short that there is no room on them.
fn reach(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    let span = if high > low { high - low } else { 1.0 };
    let air = |end: f64| if end < 0.4 * span { 0.3 * span } else { 0.1 * end };
    [if low < 0.0 { low - air(-low) } else { 0.0 }, high + air(high)]
}

fn color_of(ask: &Ask, change: Option<Trend>) -> &'static str {
    let moved = change.map(|change| change.exact().is_none_or(|moved| moved.abs() > THRESHOLD));
    match change.filter(|_| moved == Some(true)).map(Trend::way) {
        Some(Ordering::Greater) => ask.theme.good,
        Some(Ordering::Less) => ask.theme.bad,
        Some(Ordering::Equal) | None => ask.theme.primary,
    }
}

fn compact(ask: &Ask, number: Number) -> String {
    match number {
        Number::Money(_) => ask.format.money_compact(number.to_f64(ask.format.currency.exponent)),
        other => ask.format.headline(other),
    }
}

fn hover_text(ask: &Ask, row: &Row) -> String {
    let units = if ask.facts.meta().features.units {
        let units = ask.format.full(units(ask, &row.totals));
        format!(" · {}", say!("{n} units", n = units))
    } else {
        String::new()
    };
    let customers = if ask.facts.meta().has_customers() {
        format!(" · {}", say!("{n} customers", n = ask.format.count(row.totals.customers)))
    } else {
        String::new()
    };
    format!(
        "<b>{}</b><br>{}{units}<br>{}{customers}",
        in_figure(&row.name),
        ask.format.money(row.totals.revenue),
        say!("{n} orders", n = ask.format.count(row.totals.orders)),
    )
}
