//! The recorded events of a demo, told at a rhythm; after the last, the first come again.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use builder::publish::MANIFEST;
use serde::Deserialize;
use serde_json::Value;
use snapshot::Manifest;
use tokio::time::{Instant, sleep_until};

use super::channel::Channel;
use crate::serve::log;

/// Events that are told in all: a page holds hardly more over one snapshot.
const MOST: u64 = 100_000;

/// Events that are written at once.
const MOST_AT_ONCE: u64 = 500;

/// The events of a file.
pub struct Recorded {
    /// The file's name, which is a hash of its content.
    name: String,
    events: Vec<Value>,
}

#[derive(Deserialize)]
struct File {
    events: Vec<Value>,
}

/// Reads the recorded events of a snapshot's folder.
///
/// # Errors
/// If it has none.
pub fn read(folder: &Path) -> Result<Recorded> {
    let path = folder.join(MANIFEST);
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let manifest = Manifest::from_json(&text).with_context(|| path.display().to_string())?;
    let file = manifest.events.context(
        "--live demo: the snapshot has no recorded events; those of `builder demo` have",
    )?;
    let path = folder.join(&file.path);
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let File { events } = file.read(&bytes).map_err(|why| anyhow!("{}: {why}", path.display()))?;
    Ok(Recorded { name: file.path, events })
}

impl Recorded {
    /// The event of a place; places go on after the last, where orders are others'. Nobody comes
    /// a second time.
    fn at(&self, place: u64) -> Option<Value> {
        let count = self.events.len() as u64;
        let round = place.checked_div(count)?;
        let mut event = self.events.get(usize::try_from(place.checked_rem(count)?).ok()?)?.clone();
        if round == 0 {
            return Some(event);
        }
        for name in ["order_id", "id"] {
            if let Some(Value::String(id)) = event.get_mut(name) {
                *id = format!("{id}-{}", round.saturating_add(1));
            }
        }
        (event["type"] != "new_customer").then_some(event)
    }
}

/// Tells the events, one after the other.
pub async fn tell(recorded: Recorded, channel: Arc<Channel>, every: Duration) {
    let recorded = Arc::new(recorded);
    let mut next = Instant::now();
    loop {
        next += every;
        sleep_until(next).await;
        let mut count: u64 = 1;
        // Where the disk or this machine was slow, what is late is told at once.
        while next + every <= Instant::now() && count < MOST_AT_ONCE {
            next += every;
            count = count.saturating_add(1);
        }
        let (recorded, channel) = (recorded.clone(), channel.clone());
        let told = tokio::task::spawn_blocking(move || some(&recorded, &channel, count)).await;
        match told {
            Ok(Ok(told)) if told >= MOST => return log::note("recorded", "no more are told"),
            Ok(Ok(_)) => {}
            Ok(Err(error)) => log::note("not_told", &format!("{error:#}")),
            Err(_) => return,
        }
    }
}

/// Tells as many events; gives how many were told in all.
fn some(recorded: &Recorded, channel: &Channel, count: u64) -> Result<u64> {
    let mut end = 0;
    channel.write(|journal| {
        let told = journal.told(&recorded.name)?;
        end = told.saturating_add(count);
        let events = (told..end).filter_map(|place| recorded.at(place)).collect();
        journal.recorded(events, &recorded.name, end)
    })?;
    Ok(end)
}
