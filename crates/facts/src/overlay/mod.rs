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
mod making;
mod members;
mod over;
mod pace;
mod points;
mod refusal;
mod replay;
mod rows;
mod sides;
mod standing;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use snapshot::{Day, Meta};

use crate::columns::FactsError;
use crate::live::{Event, Happening, Profile};

use classes::{Bought, Classes};
use held::Held;
use making::Parts;
use pace::{Pace, at_once};
use replay::Known;
use sides::{Shared, Side};

pub use labels::Codes;
pub use pace::Pause;
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
        at_once(parts.overlay(today, &mut Pace::even()))
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
        at_once(self.orders_of(events.into_iter().collect(), rows, Pace::even()))
    }

    /// The same in pieces, as [`Overlay::next`].
    pub async fn next_orders<'a>(
        &self,
        events: &[Event],
        rows: &Rows,
        pause: &'a dyn Fn() -> Pause<'a>,
    ) -> Orders {
        self.orders_of(events.iter().collect(), rows, Pace::with(pause)).await
    }

    async fn orders_of(&self, events: Vec<&Event>, rows: &Rows, mut pace: Pace<'_>) -> Orders {
        let placed = events.into_iter().filter_map(|event| match &event.what {
            Happening::OrderPlaced(order) if !self.covers(event.seq) => Some(order.order.clone()),
            _ => None,
        });
        let mut orders = Orders { placed: placed.collect(), read: BTreeSet::new() };
        for rows in rows.customers.values().flatten() {
            pace.step().await;
            // Lines of one order stand together, as a rule.
            for lines in rows.lines.chunk_by(|one, next| one.order == next.order) {
                let order = &lines[0].order;
                if !orders.placed.contains(order) {
                    orders.read.insert(order.clone());
                }
            }
        }
        orders
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
        at_once(self.in_pieces(events.into_iter().collect(), None, rows, today, Pace::even()))
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
        at_once(self.in_pieces(Vec::new(), Some(edits), rows, today, Pace::even()))
    }

    /// Both at once, in pieces of a few milliseconds, between which `pause` is awaited.
    ///
    /// # Errors
    /// As [`Overlay::with`].
    pub async fn next<'a>(
        &self,
        events: Vec<Event>,
        edits: Option<BTreeMap<String, Edit>>,
        rows: &Rows,
        today: Day,
        pause: &'a dyn Fn() -> Pause<'a>,
    ) -> Result<Self, OverlayError> {
        self.in_pieces(events, edits, rows, today, Pace::with(pause)).await
    }

    async fn in_pieces(
        &self,
        events: Vec<Event>,
        edits: Option<BTreeMap<String, Edit>>,
        rows: &Rows,
        today: Day,
        mut pace: Pace<'_>,
    ) -> Result<Self, OverlayError> {
        let mut parts = self.parts();
        if let Some(edits) = edits {
            parts.edits = edits;
        }
        pace.rest().await;
        parts.take(events, &mut pace).await?;
        pace.rest().await;
        parts.read(rows, &mut pace).await?;
        pace.rest().await;
        parts.overlay(today, &mut pace).await
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
        let empty = at_once(parts.overlay(today, &mut Pace::even()))?;
        Ok((empty, left, self.0.edits.clone()))
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
