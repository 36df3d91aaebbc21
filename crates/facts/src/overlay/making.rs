//! The next overlay, from all that it is made of.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use snapshot::tables::{CUSTOMER_360, PURCHASE_TRANSACTIONS};
use snapshot::{Day, Meta};

use super::held::Held;
use super::labels::Codes;
use super::pace::Pace;
use super::replay::{self, Changes, Known, Replay};
use super::rows::{self, CustomerRows, Read, Rows};
use super::sides::{Now, Shared, Side};
use super::{Edit, MOST_EVENTS, Overlay, OverlayError, State};
use crate::columns::FactsError;
use crate::live::Event;

/// What the next overlay is made of.
pub(super) struct Parts {
    pub published: Arc<Meta>,
    /// The names so far, which keep their codes.
    pub labels: snapshot::Labels,
    pub covered: u64,
    pub events: BTreeMap<u64, Arc<Held>>,
    pub repeated: BTreeSet<u64>,
    pub covered_ids: Arc<HashSet<String>>,
    pub edits: BTreeMap<String, Edit>,
    pub known: Arc<Known>,
    pub shared: Shared,
    pub numbers: BTreeMap<Arc<str>, u32>,
    /// The touched customers as the snapshot has them, if nobody else is.
    pub before: Option<Arc<Side>>,
}

impl Parts {
    /// Takes events in; what is there already, or has the name of another, counts once.
    ///
    /// # Errors
    /// [`OverlayError::TooManyEvents`].
    pub async fn take(
        &mut self,
        events: Vec<Event>,
        pace: &mut Pace<'_>,
    ) -> Result<(), OverlayError> {
        let is_new =
            |event: &Event| event.seq > self.covered && !self.events.contains_key(&event.seq);
        let events: Vec<Event> = events.into_iter().filter(is_new).take(MOST_EVENTS + 1).collect();
        let came: HashSet<&str> = events.iter().filter_map(|event| event.id.as_deref()).collect();
        let held = self.events.values().filter_map(|held| held.event.id.as_deref());
        let mut ids: HashSet<String> =
            held.filter(|id| came.contains(id)).map(str::to_owned).collect();
        for event in events {
            pace.step().await;
            if self.events.contains_key(&event.seq) {
                continue;
            }
            let repeats = event
                .id
                .as_ref()
                .is_some_and(|id| self.covered_ids.contains(id) || !ids.insert(id.clone()));
            if repeats {
                self.repeated.insert(event.seq);
            } else {
                let held = Held::of(event, &self.published);
                self.events.insert(held.event.seq, Arc::new(held));
            }
        }
        if self.events.len().max(self.repeated.len()) > MOST_EVENTS {
            return Err(OverlayError::TooManyEvents);
        }
        Ok(())
    }

    /// Takes rows in.
    ///
    /// # Errors
    /// As [`Overlay::with`].
    pub async fn read(&mut self, rows: &Rows, pace: &mut Pace<'_>) -> Result<(), OverlayError> {
        if rows.customers.is_empty() && rows.shared.is_empty() {
            return Ok(());
        }
        if rows.snapshot_id != self.published.snapshot_id {
            let (found, wanted) = (rows.snapshot_id.clone(), self.published.snapshot_id.clone());
            return Err(OverlayError::OtherSnapshot { found, wanted });
        }
        for (id, rows) in &rows.customers {
            pace.step().await;
            let read = rows.as_ref().map(|rows| self.of_customer(rows)).transpose()?;
            Arc::make_mut(&mut self.known).entry(id.as_str().into()).or_insert(read);
        }
        for line in &rows.shared {
            pace.step().await;
            let kept = rows::line_of(&line.row, &self.published)?;
            self.shared.entry(line.row.line).or_insert((line.of, kept));
        }
        self.before = None;
        Ok(())
    }

    fn of_customer(&self, rows: &CustomerRows) -> Result<Arc<Read>, FactsError> {
        if rows.number >= replay::first_new(&self.published) {
            return Err(FactsError::Damaged(format!("rows of a customer {}", rows.number)));
        }
        Read::of(rows, &self.published).map(Arc::new)
    }

    /// The overlay of these parts, worked out in pieces.
    ///
    /// # Errors
    /// [`OverlayError::Damaged`] if rows do not fit the snapshot.
    pub async fn overlay(self, today: Day, pace: &mut Pace<'_>) -> Result<Overlay, OverlayError> {
        let published = &self.published;
        let replay = Replay {
            meta: published,
            known: &self.known,
            events: &self.events,
            edits: &self.edits,
            today,
        };
        let codes = Codes::grown(&self.labels, &published.labels);
        let changes = Changes::of(&replay, codes, self.numbers, pace).await;
        let last = changes.last.unwrap_or(published.as_of);
        let as_of = published.as_of.max(last);
        let Changes { people, guests, mut codes, .. } = changes;
        let now = Now::of(&people, &mut codes, published, as_of, pace).await;
        pace.rest().await;
        let mut meta = Meta::clone(published);
        meta.labels = codes.labels();
        meta.published = Some(published.as_of);
        meta.as_of = as_of;
        meta.last_day = published.last_day.max(last);
        let new = now.iter().filter(|now| now.changed.read.is_none()).count();
        for (table, rows) in [
            (CUSTOMER_360, new),
            ("customer_info", new),
            (PURCHASE_TRANSACTIONS, changes.lines),
            ("customer_service", changes.scores),
            ("campaign_responses", changes.contacts),
        ] {
            if let Some(count) = meta.rows.get_mut(table) {
                *count = count.saturating_add(rows as u64);
            }
        }
        let meta = Arc::new(meta);
        let before = match self.before {
            Some(before) => before,
            None => {
                let read = self.known.values().flatten().cloned();
                Arc::new(Side::before(published, read, &self.shared, pace).await?)
            }
        };
        pace.rest().await;
        let after = Side::after(&meta, &now, &guests, &self.shared, pace).await?;
        pace.rest().await;
        let standing = now.into_iter().map(|now| (now.changed.number, (now.classes, now.bought)));
        let standing = standing.collect();
        pace.rest().await;
        let ids = people.all.iter().map(|(id, changed)| (changed.number, id.clone())).collect();
        pace.rest().await;
        let called = people
            .all
            .into_iter()
            .filter_map(|(_, changed)| changed.profile.map(|profile| (changed.number, *profile)));
        let profiles = called.collect();
        pace.rest().await;
        Ok(Overlay(Arc::new(State {
            meta,
            profiles,
            covered: self.covered,
            events: self.events,
            repeated: self.repeated,
            covered_ids: self.covered_ids,
            edits: self.edits,
            known: self.known,
            shared: self.shared,
            ids,
            numbers: changes.numbers,
            standing,
            refused: changes.refused,
            refused_edits: changes.refused_edits,
            before,
            after,
            published: self.published,
        })))
    }
}
