//! The source that can answer everything: all columns of a snapshot, scanned in memory.
//!
//! The columns are checked once, so that every pass may trust them.

mod check;
mod cubing;
mod feedback;
mod keys;
mod lens;
mod members;
mod points;
mod recent;
mod retention;
mod scan;
mod selection;
mod table;
mod top;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use snapshot::columns::NO_DAY;
use snapshot::cubes::ScoreSums;
use snapshot::{ContactColumns, CustomerColumns, Day, FeedbackColumns, Meta, PurchaseColumns};

use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::narrow;
use crate::period::DayRange;
use crate::scope::Scope;
use crate::source::{Origin, Source};

pub use cubing::Maker;

use feedback::Places;
use keys::Keys;
use members::LastList;
use recent::{Over, Recent};
use selection::Selections;

/// Customers, purchase lines, feedback and contacts of one snapshot.
#[derive(Debug)]
pub struct Columns {
    meta: Arc<Meta>,
    customers: CustomerColumns,
    purchases: PurchaseColumns,
    feedback: FeedbackColumns,
    contacts: ContactColumns,
    /// First purchase line of each customer, and one past the last customer's lines.
    offsets: Vec<u32>,
    /// First and last day of each customer's lines, so that most need not be looked at for a
    /// short period.
    spans: Vec<(u16, u16)>,
    /// Orders whose lines belong to more than one customer; nearly always none.
    shared_orders: HashSet<u32>,
    /// Where the feedback and the contacts of each customer are.
    feedback_at: Places,
    contacts_at: Places,
    /// One pass gives several parts, and cards ask for them one by one.
    recent: Recent,
    /// Several passes are about the same lines.
    selections: Selections,
    /// A list is read window by window.
    last_list: LastList,
    /// Satisfaction of each customer, over all time.
    scores: ScoreSums,
    /// Customers who may be drawn as points, once they were asked for.
    pool: OnceLock<Vec<u32>>,
}

/// Why columns do not make up the facts of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// A code points past the end of its list, or counts do not add up.
    #[error("this snapshot is damaged: {0}")]
    Damaged(String),
}

impl Columns {
    /// Puts decoded columns together and checks that they fit each other and the labels.
    ///
    /// # Errors
    /// [`FactsError::Damaged`] names the first thing that does not fit.
    pub fn new(
        meta: Arc<Meta>,
        customers: CustomerColumns,
        purchases: PurchaseColumns,
        feedback: Option<FeedbackColumns>,
        contacts: Option<ContactColumns>,
    ) -> Result<Self, FactsError> {
        let offsets = offsets(&customers, purchases.len())?;
        let shared_orders = shared_orders(&purchases, &offsets);
        let spans = spans(&purchases, &offsets);
        let feedback = feedback.unwrap_or_default();
        let contacts = contacts.unwrap_or_default();
        let scores = members::added_up(customers.len(), &feedback);
        let feedback_at = Places::of(&feedback.customer, customers.len())?;
        let contacts_at = Places::of(&contacts.customer, customers.len())?;
        let facts = Self {
            meta,
            customers,
            purchases,
            feedback,
            contacts,
            offsets,
            spans,
            shared_orders,
            feedback_at,
            contacts_at,
            recent: Recent::default(),
            selections: Selections::default(),
            last_list: LastList::default(),
            scores,
            pool: OnceLock::new(),
        };
        facts.check()?;
        Ok(facts)
    }

    /// These, with scores that were added up before, of who is without feedback here.
    pub(crate) fn rated(self, scores: ScoreSums) -> Self {
        Self { scores, ..self }
    }

    /// What the snapshot says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The day behind a day code of the columns, [`NO_DAY`] excepted.
    pub fn day(&self, code: u16) -> Day {
        self.meta.first_day.plus(code.into())
    }

    /// How many customers there are.
    pub(crate) fn customer_count(&self) -> usize {
        self.customers.len()
    }

    /// Days from a customer's last purchase to the as-of day; `None` for who never bought.
    pub fn recency_days(&self, customer: usize) -> Option<i32> {
        let last = self.customers.last_purchase.get(customer).copied()?;
        (last != NO_DAY).then(|| self.meta.as_of.0.saturating_sub(self.day(last).0))
    }
}

impl Source for Columns {
    fn origin(&self) -> Origin {
        Origin::Columns
    }

    fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Vec<Totals>> {
        let over = match (grouping, part) {
            (Grouping::Of(_), _) | (_, Part::Feedback) => Over::Feedback,
            (_, Part::Sales | Part::Customers) => Over::Lines,
        };
        Some(self.recent.get_or(scope, grouping, over, || {
            let (keys, groups) = match grouping {
                Grouping::Of(aspect) => return vec![(grouping, self.scan_aspect(scope, aspect))],
                Grouping::Whole => (Keys::One, 1),
                Grouping::By(dimension) => Keys::by(self, dimension),
                Grouping::Over(_) | Grouping::Beside(..) => {
                    let buckets = grouping.cut().map(|cut| cut.buckets(scope.range));
                    let buckets = buckets.unwrap_or_default();
                    (Keys::over(self, &buckets), buckets.len())
                }
            };
            match (over, &keys) {
                (Over::Feedback, _) => vec![(grouping, self.scan_feedback(scope, &keys, groups))],
                (Over::Lines, Keys::One | Keys::Customer(_)) => self.scan_customers(scope),
                (Over::Lines, Keys::Category(_) | Keys::Day(_)) => {
                    vec![(grouping, self.scan_lines(scope, &keys, groups))]
                }
            }
        }))
    }

    fn retention(&self, scope: &Scope, before: DayRange) -> Option<Retention> {
        Some(self.scan_retention(scope, before))
    }

    fn retention_over_time(&self, scope: &Scope, cut: Cut) -> Option<Vec<Retention>> {
        Some(self.scan_retention_over_time(scope, &cut.buckets(scope.range)))
    }

    fn top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        Some(self.scan_top(scope, count))
    }

    fn points(&self, scope: &Scope, most: usize) -> Option<Points> {
        Some(self.scan_points(scope, most))
    }

    fn members(&self, ask: &MembersAsk) -> Option<Members> {
        Some(self.scan_members(ask))
    }

    fn memory_bytes(&self) -> usize {
        let rows = [
            (self.customers.len(), 35),
            (self.purchases.len(), 20),
            (self.feedback.day.len(), 7),
            (self.contacts.day.len(), 7),
            (self.offsets.len(), 16),
        ];
        rows.into_iter()
            .fold(0, |all, (rows, of_one)| all.saturating_add(rows.saturating_mul(of_one)))
    }
}

fn offsets(customers: &CustomerColumns, lines: usize) -> Result<Vec<u32>, FactsError> {
    let mut offsets = Vec::with_capacity(customers.len().saturating_add(1));
    let mut at = 0_u32;
    offsets.push(at);
    for &count in &customers.lines {
        at = at
            .checked_add(count)
            .ok_or_else(|| FactsError::Damaged("too many lines".to_owned()))?;
        offsets.push(at);
    }
    if at as usize > lines {
        return Err(FactsError::Damaged(format!("{at} lines of customers among {lines}")));
    }
    Ok(offsets)
}

/// First and last day of each customer's lines; of who has none, a last before a first.
fn spans(lines: &PurchaseColumns, offsets: &[u32]) -> Vec<(u16, u16)> {
    let span = |pair: &[u32]| {
        let days = lines.day.get(pair[0] as usize..pair[1] as usize).unwrap_or_default();
        days.iter().fold((u16::MAX, 0), |(first, last), &day| (first.min(day), last.max(day)))
    };
    offsets.windows(2).map(span).collect()
}

/// Orders that appear again after another customer's lines began.
fn shared_orders(lines: &PurchaseColumns, offsets: &[u32]) -> HashSet<u32> {
    let mut shared = HashSet::new();
    let mut next = 0_u32;
    let mut start = 0_usize;
    for &end in offsets.iter().skip(1).chain([&narrow::row(lines.len())]) {
        let floor = next;
        for &order in lines.order.get(start..end as usize).unwrap_or_default() {
            if order < floor {
                shared.insert(order);
            }
            next = next.max(order.saturating_add(1));
        }
        start = end as usize;
    }
    shared
}
