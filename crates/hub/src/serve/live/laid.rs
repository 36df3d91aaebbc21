//! The channel's events over the snapshot, for those who ask for numbers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, anyhow};
use engine::native::block_on;
use facts::live::{self, Event};
use facts::{Facts, Overlay};
use snapshot::Day;

use super::channel::Channel;
use super::clock;
use crate::serve::current::Open;

/// Why there are no numbers with the events.
#[derive(Debug, thiserror::Error)]
pub enum NotLaid {
    /// Some events are gone that the snapshot does not hold.
    #[error("not all events since the snapshot are kept any more: a newer snapshot is due")]
    Gone,
    /// Something cannot be read.
    #[error(transparent)]
    Broken(#[from] anyhow::Error),
}

/// The facts of a snapshot under the events that came since.
#[derive(Clone)]
pub struct Laid {
    /// The facts.
    pub facts: Facts,
    /// The last event that was taken in.
    pub seq: u64,
    overlay: Overlay,
    today: Day,
}

/// What was laid last; the next one goes on from there.
#[derive(Default)]
pub struct Laying(Mutex<Option<Laid>>);

impl Laying {
    /// What was laid last, if it is of this snapshot, and nothing has come since.
    pub fn known(&self, open: &Open, channel: &Channel) -> Option<Laid> {
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let laid = before.as_ref().filter(|laid| laid.is_over(open))?;
        (laid.seq >= channel.state().last && laid.today == clock::today()).then(|| laid.clone())
    }

    /// Lays all events of a channel over a snapshot. Disk and processor are waited for.
    ///
    /// # Errors
    /// [`NotLaid`].
    pub fn lay(&self, open: &Open, channel: &Channel) -> Result<Laid, NotLaid> {
        // What was being laid when somebody broke off is not in there.
        let mut before = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let laid = next(before.as_ref(), open, channel)?;
        *before = Some(laid.clone());
        Ok(laid)
    }
}

impl Laid {
    fn is_over(&self, open: &Open) -> bool {
        self.overlay.published().snapshot_id == open.facts.meta().snapshot_id
    }
}

fn next(before: Option<&Laid>, open: &Open, channel: &Channel) -> Result<Laid, NotLaid> {
    let (overlay, mut events) = begun(before, open)?;
    let mut seq = before.map_or(0, |laid| laid.seq).max(overlay.covered());
    let last = channel.state().last;
    while seq < last {
        let told = match channel.recent(seq) {
            Some(told) => told,
            None => channel.older(seq)?,
        };
        // Between two looks the oldest may have gone.
        if told.first().is_none_or(|first| first.seq != seq.saturating_add(1)) {
            return Err(NotLaid::Gone);
        }
        for told in told {
            seq = told.seq;
            // What cannot be read counts nowhere, as on the page.
            if let Ok(frame) = live::read(&told.text) {
                events.extend(frame.events);
            }
        }
    }
    let today = clock::today();
    let overlay = with(&overlay, events, open, today)?;
    let facts = open.facts.under(Arc::new(overlay.clone()));
    Ok(Laid { facts, seq, overlay, today })
}

/// Where to go on: over the same snapshot, or over another with the events that it does not hold.
fn begun(before: Option<&Laid>, open: &Open) -> Result<(Overlay, Vec<Event>)> {
    let meta = open.facts.meta();
    Ok(match before {
        Some(laid) if laid.is_over(open) => (laid.overlay.clone(), Vec::new()),
        Some(laid) => {
            let (empty, left, _) = laid.overlay.renewed(Arc::new(meta.clone()), meta.covers)?;
            (empty, left)
        }
        None => (Overlay::new(Arc::new(meta.clone()), meta.covers)?, Vec::new()),
    })
}

/// An overlay with more events, whose customers' rows are read.
fn with(overlay: &Overlay, events: Vec<Event>, open: &Open, today: Day) -> Result<Overlay> {
    let meta = open.facts.meta();
    let needs = overlay.needs(&events, &BTreeMap::new());
    let engine = open.engine.lock().map_err(|_| anyhow!("the snapshot is not to be read"))?;
    let mut rows = block_on(touched::read(&*engine, meta, &needs))?.rows;
    let orders = overlay.orders(&events, &rows);
    rows.shared = block_on(touched::read_shared(&*engine, meta, &orders))?;
    drop(engine);
    Ok(overlay.with(events, &rows, today)?)
}
