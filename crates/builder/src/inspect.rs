//! Shows a snapshot's description, row counts, KPIs and the tables behind the widgets.

use anyhow::{Context, Result};
use api::asking::{ask, format_of, people};
use engine::native::NativeEngine;
use facts::{Facts, View};
use serde_json::{Map, Value, json};
use widgets::{Outcome, People, Table};

use crate::open::Opened;

/// What a snapshot says, computed by the code that the page runs.
///
/// `{ meta, rows, kpis: { whole_period, default_view }, widgets }`; every exact value is a text
/// (money in whole currency units with all its digits, rates as fractions), null for no data.
///
/// # Errors
/// If the snapshot is damaged.
pub fn inspect(snapshot: &Opened) -> Result<Value> {
    let (facts, engine) = (snapshot.facts()?, snapshot.engine()?);
    let meta = &snapshot.manifest.meta;
    let (whole, default) = (View::whole(meta), View::default_for(meta));
    Ok(json!({
        "meta": meta,
        "rows": meta.rows,
        "kpis": {
            "whole_period": kpis(&facts, &whole)?,
            "default_view": kpis(&facts, &default)?,
        },
        "widgets": widget_tables(&facts, &default, &engine)?,
    }))
}

/// What the page shows under queries of its address, one object a query:
/// `{ query, dropped, kpis, widgets }`, where `dropped` names what the snapshot does not know.
///
/// # Errors
/// If the snapshot is damaged.
pub fn inspect_queries<'a>(
    snapshot: &Opened,
    queries: impl Iterator<Item = &'a str>,
) -> Result<Vec<Value>> {
    let (facts, engine) = (snapshot.facts()?, snapshot.engine()?);
    let shown = |query: &str| {
        let read = filters::read(query, facts.meta());
        let dropped = read.dropped.iter().map(|dropped| json!([dropped.name, dropped.value]));
        Ok(json!({
            "query": query,
            "dropped": dropped.collect::<Vec<_>>(),
            "kpis": kpis(&facts, &read.view)?,
            "widgets": widget_tables(&facts, &read.view, &engine)?,
        }))
    };
    queries.map(shown).collect()
}

fn kpis(facts: &Facts, view: &View) -> Result<Value> {
    let (format, people) = (format_of(facts), People::default());
    let ask = ask(facts, view, &format, &people);
    let cards = widgets::kpi_cards(&ask).ready().context("the packs are not loaded")?;
    let entry = |card: &widgets::KpiCard| {
        let trend = card.trend.as_ref();
        let value = json!({
            "label": card.label,
            "value": card.exact,
            "text": card.text,
            "previous": card.previous.exact,
            "trend": trend.map(|trend| &trend.exact),
            "trend_text": trend.map(|trend| &trend.text),
        });
        (card.id.to_owned(), value)
    };
    Ok(Value::Object(cards.iter().map(entry).collect()))
}

fn widget_tables(facts: &Facts, view: &View, engine: &NativeEngine) -> Result<Value> {
    let format = format_of(facts);
    let mut tables = Map::new();
    for widget in widgets::ALL {
        let people = people(widget, facts, view, engine)?;
        let value = match widget.compute(&ask(facts, view, &format, &people)) {
            Outcome::Ready(rendered) => json!({
                "title": widget.title(),
                "summary": rendered.summary,
                "note": rendered.note,
                "table": table(&rendered.table),
            }),
            Outcome::Absent(reason) => json!({ "title": widget.title(), "absent": reason }),
            Outcome::Loading(reason) => anyhow::bail!("{}: {reason}", widget.id()),
        };
        tables.insert(widget.id().to_owned(), value);
    }
    Ok(Value::Object(tables))
}

fn table(table: &Table) -> Value {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    let cell = |cell: &widgets::Cell| json!({ "text": cell.text, "exact": cell.exact });
    let rows: Vec<Vec<Value>> =
        table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    json!({ "caption": table.caption, "columns": columns, "rows": rows })
}
