//! Looks at the recorded events: each is readable, in its place, and counts over the snapshot.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use facts::Overlay;
use facts::live::{self, Event};
use facts::overlay::{CustomerRows, Rows};
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use serde_json::value::RawValue;
use snapshot::{Manifest, Meta};

use super::report::Check;
use crate::side_file;

const NUMBER: &str = "SELECT ord FROM customer_360 WHERE customer_id = ?";

/// The file, as far as it is looked at here.
#[derive(Deserialize)]
struct File {
    events: Vec<Box<RawValue>>,
}

/// The events in the file beside the manifest, laid over the snapshot.
///
/// # Errors
/// If the file cannot be read, or is none of events.
pub fn check(manifest: &Manifest, folder: &Path, database: &Connection) -> Result<Check> {
    let mut check = Check::new("recorded events");
    let Some(file) = &manifest.events else { return Ok(check.of("none recorded")) };
    let File { events: written } = side_file::read(folder, file)?;
    let meta = &manifest.meta;
    let mut events = Vec::new();
    for (seq, written) in (meta.covers + 1..).zip(&written) {
        let mut frame = live::read(written.get()).with_context(|| format!("event {seq}"))?;
        for bad in &frame.bad {
            check.differs(format!("event {seq}: {bad}"));
        }
        check.same("notes among the events", &frame.notes.len(), &0);
        if let Some(event) = frame.events.pop() {
            check.same("an event's number", &event.seq, &seq);
            events.push(event);
        }
    }
    check.same("instants in their order", &events.is_sorted_by_key(|event| &event.at), &true);
    for (seq, refusal) in overlay(meta, &events, database)?.refused() {
        check.differs(format!("event {seq}: {refusal}"));
    }
    Ok(check.of(format!("{} events, {} bytes", written.len(), file.bytes)))
}

/// The events over the snapshot. Whether one counts depends on who is known alone.
fn overlay(meta: &Meta, events: &[Event], database: &Connection) -> Result<Overlay> {
    let empty = Overlay::new(Arc::new(meta.clone()), meta.covers)?;
    let mut numbers = database.prepare(NUMBER)?;
    let mut customers = BTreeMap::new();
    for id in empty.needs(events, &BTreeMap::new()) {
        let number = numbers.query_row([&id], |row| row.get(0)).optional()?;
        customers.insert(id, number.map(|number| CustomerRows { number, ..Default::default() }));
    }
    let rows = Rows { snapshot_id: meta.snapshot_id.clone(), customers, shared: Vec::new() };
    // They are replayed as if they had just happened.
    let today = events.iter().filter_map(Event::day).max().unwrap_or(meta.as_of);
    Ok(empty.with(events.iter().cloned(), &rows, today)?)
}
