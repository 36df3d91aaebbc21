//! Events and edits over a snapshot: exact answers whatever source answers below.
//!
//! All that is counted adds up over customers (and guests): sums, and distinct customers as well,
//! since each of them is counted or not by his own rows. So an answer is that of the snapshot, less
//! that of the touched customers' rows as the snapshot has them, and with that of their rows as
//! they are now. Lists are merged: those of the snapshot without the touched customers, and these.
//!
//! How a page uses it: events come ([`crate::live::read`]); [`Overlay::needs`] says whose rows must
//! be read, and [`Overlay::orders`] of which orders the lines of others; [`Overlay::with`] gives the next overlay, which [`crate::Facts::under`] lays over the
//! facts. When a newer snapshot holds the events, [`Overlay::renewed`] gives an empty overlay on it
//! and the events that are left.
//!
//! The as-of day follows the events. Customers keep the segment, churn risk and RFM segment that
//! the snapshot gave them, unless an event or an edit says otherwise; see `classes` for new ones.

mod classes;
mod held;
mod labels;
mod members;
mod over;
mod points;
mod refusal;
mod replay;
mod rows;
mod sides;
mod standing;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use snapshot::tables::{CUSTOMER_360, PURCHASE_TRANSACTIONS};
use snapshot::{Day, Meta};

use crate::columns::FactsError;
use crate::live::{Event, Happening, Profile};

use classes::{Bought, Classes};
use held::Held;
use replay::{Changes, Known, Replay};
use rows::Read;
use sides::{Now, Shared, Side};

pub use labels::Codes;
pub use refusal::Refusal;
pub use rows::{ContactRow, CustomerRows, PurchaseRow, Rows, ScoreRow, SharedLine, SharedWith};
pub use standing::Standing;

/// Events that an overlay holds at most; a newer snapshot is due by then.
pub const MOST_EVENTS: usize = 1 << 17;

/// A change that a reader of the page made, and that nobody has confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Name of the customer's segment.
    pub segment: String,
}

/// Ids of orders of which others may have lines, too: an order counts once, whosever it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    /// Those of customers whose rows were read: others have lines in few of them, which the snapshot
    /// lists apart.
    pub read: BTreeSet<String>,
    /// Those that get more lines: the snapshot may have them of anybody.
    pub placed: BTreeSet<String>,
}

/// Why there is no next overlay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverlayError {
    /// Rows of one snapshot are nothing to another.
    #[error("rows of snapshot {found}, of {wanted} were asked for")]
    OtherSnapshot {
        /// Whose rows were given.
        found: String,
        /// Over which the overlay lies.
        wanted: String,
    },
    /// So many are not held.
    #[error("more than {MOST_EVENTS} events since the snapshot")]
    TooManyEvents,
    /// Rows that do not fit the snapshot.
    #[error(transparent)]
    Damaged(#[from] FactsError),
}

/// Events and edits over one snapshot. A value: the next one leaves this one as it is.
#[derive(Clone, Debug)]
pub struct Overlay(Arc<State>);

#[derive(Debug)]
struct State {
    /// What the snapshot says of itself.
    published: Arc<Meta>,
    /// The same with the events.
    meta: Arc<Meta>,
    /// The last event that the snapshot holds.
    covered: u64,
    events: BTreeMap<u64, Arc<Held>>,
    /// Events that repeat another, or one that the snapshot holds.
    repeated: BTreeSet<u64>,
    /// Names of the events that the snapshot holds.
    covered_ids: Arc<HashSet<String>>,
    edits: BTreeMap<String, Edit>,
    known: Arc<Known>,
    shared: Shared,
    numbers: BTreeMap<Arc<str>, u32>,
    ids: HashMap<u32, Arc<str>>,
    profiles: HashMap<u32, Profile>,
    standing: HashMap<u32, (Classes, Bought)>,
    refused: BTreeMap<u64, Refusal>,
    refused_edits: BTreeMap<String, Refusal>,
    before: Arc<Side>,
    after: Side,
}

/// What the next overlay is made of.
struct Parts {
    published: Arc<Meta>,
    /// The names so far, which keep their codes.
    labels: snapshot::Labels,
    covered: u64,
    events: BTreeMap<u64, Arc<Held>>,
    repeated: BTreeSet<u64>,
    covered_ids: Arc<HashSet<String>>,
    edits: BTreeMap<String, Edit>,
    known: Arc<Known>,
    shared: Shared,
    numbers: BTreeMap<Arc<str>, u32>,
    /// The touched customers as the snapshot has them, if nobody else is.
    before: Option<Arc<Side>>,
}

impl Overlay {
    /// Nothing over a snapshot that holds all events up to `covered`.
    ///
    /// # Errors
    /// [`OverlayError::Damaged`] if the description is none.
    pub fn new(published: Arc<Meta>, covered: u64) -> Result<Self, OverlayError> {
        let labels = published.labels.clone();
        let today = published.last_day;
        let parts = Parts {
            published,
            labels,
            covered,
            events: BTreeMap::new(),
            repeated: BTreeSet::new(),
            covered_ids: Arc::default(),
            edits: BTreeMap::new(),
            known: Arc::default(),
            shared: Shared::new(),
            numbers: BTreeMap::new(),
            before: None,
        };
        parts.overlay(today)
    }

    /// Ids of the customers whose rows must be read before these events and edits count.
    pub fn needs<'a>(
        &self,
        events: impl IntoIterator<Item = &'a Event>,
        edits: &'a BTreeMap<String, Edit>,
    ) -> BTreeSet<String> {
        let of_events = events.into_iter().filter(|event| !self.covers(event.seq));
        let ids = of_events.filter_map(Event::customer).chain(edits.keys().map(String::as_str));
        ids.filter(|id| !self.0.known.contains_key(*id)).map(str::to_owned).collect()
    }

    /// Ids of the orders of which others may have lines, which are [`Rows::shared`].
    pub fn orders<'a>(&self, events: impl IntoIterator<Item = &'a Event>, rows: &Rows) -> Orders {
        let placed = events.into_iter().filter_map(|event| match &event.what {
            Happening::OrderPlaced(order) if !self.covers(event.seq) => Some(order.order.clone()),
            _ => None,
        });
        let placed: BTreeSet<String> = placed.collect();
        let read = rows.customers.values().flatten().flat_map(|rows| &rows.lines);
        let read = read.map(|line| &line.order).filter(|order| !placed.contains(*order)).cloned();
        Orders { read: read.collect(), placed }
    }

    /// The overlay with more events, whose customers' rows are read or given here. What is there
    /// already, or has the name of another, counts once. `today` is the reader's.
    ///
    /// # Errors
    /// [`OverlayError`]; the overlay is then as it was.
    pub fn with(
        &self,
        events: impl IntoIterator<Item = Event>,
        rows: &Rows,
        today: Day,
    ) -> Result<Self, OverlayError> {
        let mut parts = self.parts();
        let is_new =
            |event: &Event| event.seq > parts.covered && !parts.events.contains_key(&event.seq);
        let events: Vec<Event> = events.into_iter().filter(is_new).take(MOST_EVENTS + 1).collect();
        let came: HashSet<&str> = events.iter().filter_map(|event| event.id.as_deref()).collect();
        let held = parts.events.values().filter_map(|held| held.event.id.as_deref());
        let mut ids: HashSet<String> =
            held.filter(|id| came.contains(id)).map(str::to_owned).collect();
        for event in events {
            if parts.events.contains_key(&event.seq) {
                continue;
            }
            let repeats = event
                .id
                .as_ref()
                .is_some_and(|id| parts.covered_ids.contains(id) || !ids.insert(id.clone()));
            if repeats {
                parts.repeated.insert(event.seq);
            } else {
                let held = Held::of(event, &parts.published);
                parts.events.insert(held.event.seq, Arc::new(held));
            }
        }
        if parts.events.len().max(parts.repeated.len()) > MOST_EVENTS {
            return Err(OverlayError::TooManyEvents);
        }
        parts.read(rows)?;
        parts.overlay(today)
    }

    /// The overlay with these edits in the place of those before.
    ///
    /// # Errors
    /// As [`Overlay::with`].
    pub fn edited(
        &self,
        edits: BTreeMap<String, Edit>,
        rows: &Rows,
        today: Day,
    ) -> Result<Self, OverlayError> {
        let mut parts = Parts { edits, ..self.parts() };
        parts.read(rows)?;
        parts.overlay(today)
    }

    /// An empty overlay on a newer snapshot, which holds all events up to `covered`, and the events
    /// and edits that it does not hold: to be put on it once their rows were read there.
    ///
    /// # Errors
    /// As [`Overlay::new`].
    #[expect(clippy::type_complexity, reason = "what goes on, and what is to be put on it")]
    pub fn renewed(
        &self,
        published: Arc<Meta>,
        covered: u64,
    ) -> Result<(Self, Vec<Event>, BTreeMap<String, Edit>), OverlayError> {
        let empty = Self::new(published, covered.max(self.0.covered))?;
        let mut parts = empty.parts();
        let held =
            self.0.events.range(..=parts.covered).filter_map(|(_, held)| held.event.id.clone());
        parts.covered_ids = Arc::new(held.chain(self.0.covered_ids.iter().cloned()).collect());
        parts.repeated = self.0.repeated.clone();
        let left = self.0.events.range(parts.covered.saturating_add(1)..);
        let left = left.map(|(_, held)| held.event.clone()).collect();
        let today = parts.published.last_day;
        Ok((parts.overlay(today)?, left, self.0.edits.clone()))
    }

    /// True if an event is in the overlay, or in the snapshot below.
    pub fn covers(&self, seq: u64) -> bool {
        let State { covered, events, repeated, .. } = &*self.0;
        seq <= *covered || events.contains_key(&seq) || repeated.contains(&seq)
    }

    /// The last event that the snapshot below holds.
    pub fn covered(&self) -> u64 {
        self.0.covered
    }

    /// The events over the snapshot, in their order.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.0.events.values().map(|held| &held.event)
    }

    /// The edits over the snapshot, by customer.
    pub fn edits(&self) -> &BTreeMap<String, Edit> {
        &self.0.edits
    }

    /// Events that do not count, and why.
    pub fn refused(&self) -> &BTreeMap<u64, Refusal> {
        &self.0.refused
    }

    /// Edits that do not count, by customer, and why.
    pub fn refused_edits(&self) -> &BTreeMap<String, Refusal> {
        &self.0.refused_edits
    }

    /// What the snapshot says of itself, with the events.
    pub fn meta(&self) -> &Arc<Meta> {
        &self.0.meta
    }

    /// What the snapshot says of itself.
    pub fn published(&self) -> &Arc<Meta> {
        &self.0.published
    }

    fn parts(&self) -> Parts {
        let State { published, meta, covered, events, repeated, edits, .. } = &*self.0;
        Parts {
            published: published.clone(),
            labels: meta.labels.clone(),
            covered: *covered,
            events: events.clone(),
            repeated: repeated.clone(),
            covered_ids: self.0.covered_ids.clone(),
            edits: edits.clone(),
            known: self.0.known.clone(),
            shared: self.0.shared.clone(),
            numbers: self.0.numbers.clone(),
            before: Some(self.0.before.clone()),
        }
    }
}

impl Parts {
    /// Takes rows in.
    fn read(&mut self, rows: &Rows) -> Result<(), OverlayError> {
        if rows.customers.is_empty() && rows.shared.is_empty() {
            return Ok(());
        }
        if rows.snapshot_id != self.published.snapshot_id {
            let (found, wanted) = (rows.snapshot_id.clone(), self.published.snapshot_id.clone());
            return Err(OverlayError::OtherSnapshot { found, wanted });
        }
        for (id, rows) in &rows.customers {
            let read = rows.as_ref().map(|rows| self.of_customer(rows)).transpose()?;
            Arc::make_mut(&mut self.known).entry(id.as_str().into()).or_insert(read);
        }
        for line in &rows.shared {
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

    fn overlay(self, today: Day) -> Result<Overlay, OverlayError> {
        let published = &self.published;
        let replay = Replay {
            meta: published,
            known: &self.known,
            events: &self.events,
            edits: &self.edits,
            today,
        };
        let codes = Codes::grown(&self.labels, &published.labels);
        let changes = Changes::of(&replay, codes, self.numbers);
        let last = changes.last.unwrap_or(published.as_of);
        let as_of = published.as_of.max(last);
        let Changes { people, guests, mut codes, .. } = changes;
        let now = Now::of(&people, &mut codes, published, as_of);
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
                Arc::new(Side::before(published, read, &self.shared)?)
            }
        };
        let after = Side::after(&meta, &now, &guests, &self.shared)?;
        let standing = now.into_iter().map(|now| (now.changed.number, (now.classes, now.bought)));
        let standing = standing.collect();
        let ids = people.all.iter().map(|(id, changed)| (changed.number, id.clone())).collect();
        let called = people
            .all
            .into_iter()
            .filter_map(|(_, changed)| changed.profile.map(|profile| (changed.number, *profile)));
        Ok(Overlay(Arc::new(State {
            meta,
            profiles: called.collect(),
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

impl Event {
    /// The customer it is about.
    pub fn customer(&self) -> Option<&str> {
        match &self.what {
            Happening::OrderPlaced(order) | Happening::OrderReturned(order) => {
                order.customer.as_deref()
            }
            Happening::FeedbackReceived(feedback) => feedback.customer.as_deref(),
            Happening::CampaignResponse(contact) => contact.customer.as_deref(),
            Happening::NewCustomer(profile) | Happening::CustomerChanged(profile) => {
                Some(&profile.customer)
            }
            Happening::KpiUpdate { .. } | Happening::SnapshotPublished(_) => None,
        }
    }
}
