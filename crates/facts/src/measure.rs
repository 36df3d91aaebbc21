//! What measures give: sums, distinct counts, top lists and points; from these all KPIs follow.

use serde::{Deserialize, Serialize};
use snapshot::Meta;

use crate::comparison::{Comparison, Cut};
use crate::period::BucketSize;
use crate::scope::Dimension;

/// A part of [`Totals`] that a source may know without the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Part {
    /// Revenue, units, lines, orders: sums over purchase lines.
    Sales,
    /// Customers, their lifetime value, new, ordering and repeat customers: distinct counts.
    Customers,
    /// Satisfaction scores, campaign contacts and responses.
    Feedback,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Sales, Self::Customers, Self::Feedback];
}

/// How [`Totals`] are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Grouping {
    /// Not at all: one group.
    Whole,
    /// By the values of a dimension; groups are codes.
    By(Dimension),
    /// By the buckets of the scope's range, in order.
    Over(BucketSize),
    /// By the buckets that those of another period are compared with, in order; the scope is that
    /// of the period compared with.
    Beside(BucketSize, Comparison),
    /// By what feedback tells of itself; groups are codes, and have scores alone.
    Of(Aspect),
}

impl From<Cut> for Grouping {
    fn from(cut: Cut) -> Self {
        match cut.beside {
            None => Self::Over(cut.size),
            Some(comparison) => Self::Beside(cut.size, comparison),
        }
    }
}

/// What feedback tells of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Aspect {
    /// The way by which it came.
    Channel,
    /// What it was about.
    Reason,
}

impl Aspect {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Channel, Self::Reason];

    /// The names of its values; codes are indexes. None where a snapshot does not tell.
    pub fn labels(self, meta: &Meta) -> &[String] {
        match self {
            Self::Channel => &meta.labels.channels,
            Self::Reason => &meta.labels.reasons,
        }
    }
}

impl Grouping {
    /// The dimension whose values are the groups, if they are that.
    pub fn dimension(self) -> Option<Dimension> {
        match self {
            Self::By(dimension) => Some(dimension),
            Self::Whole | Self::Over(_) | Self::Beside(..) | Self::Of(_) => None,
        }
    }

    /// How the scope's range is cut, if its buckets are the groups.
    pub fn cut(self) -> Option<Cut> {
        match self {
            Self::Over(size) => Some(size.into()),
            Self::Beside(size, comparison) => Some(Cut { size, beside: Some(comparison) }),
            Self::Whole | Self::By(_) | Self::Of(_) => None,
        }
    }
}

/// Sums and counts over a scope, or over one group of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Net amount of the lines, in money units.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub revenue: i64,
    /// Net quantity of the lines.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub units: i64,
    /// Purchase lines.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub lines: i64,
    /// Distinct orders with a positive line.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub orders: i64,
    /// Customers in scope.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub customers: i64,
    /// Sum of lifetime value (of all time) of the customers, in money units.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub lifetime_value: i64,
    /// Customers whose first purchase of all lies in the range.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub new_customers: i64,
    /// Customers with one or more orders.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub ordering_customers: i64,
    /// Customers with two or more orders.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub repeat_customers: i64,
    /// Satisfaction scores of 1, 2, 3, 4 and 5.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub scores: [i64; 5],
    /// Campaign contacts.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub contacts: i64,
    /// Contacts that were answered.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub responses: i64,
}

/// What is 0 need not be written.
fn is_nothing<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Totals {
    /// Number of satisfaction scores.
    pub fn score_count(&self) -> i64 {
        self.scores.iter().fold(0, |all, &count| count.saturating_add(all))
    }

    /// Sum of satisfaction scores.
    pub fn score_sum(&self) -> i64 {
        let scores = self.scores.iter().zip(1..);
        scores.fold(0, |all, (&count, score)| count.saturating_mul(score).saturating_add(all))
    }

    /// Adds one part of other totals, which must be of other customers (or of another part).
    pub fn add(&mut self, part: Part, other: &Self) {
        self.combine(part, other, i64::saturating_add);
    }

    /// Takes away one part of other totals, which must be of some of the customers.
    pub(crate) fn take(&mut self, part: Part, other: &Self) {
        self.combine(part, other, i64::saturating_sub);
    }

    fn combine(&mut self, part: Part, other: &Self, apply: fn(i64, i64) -> i64) {
        let with = |into: &mut i64, from: i64| *into = apply(*into, from);
        match part {
            Part::Sales => {
                with(&mut self.revenue, other.revenue);
                with(&mut self.units, other.units);
                with(&mut self.lines, other.lines);
                with(&mut self.orders, other.orders);
            }
            Part::Customers => {
                with(&mut self.customers, other.customers);
                with(&mut self.lifetime_value, other.lifetime_value);
                with(&mut self.new_customers, other.new_customers);
                with(&mut self.ordering_customers, other.ordering_customers);
                with(&mut self.repeat_customers, other.repeat_customers);
            }
            Part::Feedback => {
                let scores = self.scores.iter_mut().zip(other.scores);
                scores.for_each(|(into, from)| with(into, from));
                with(&mut self.contacts, other.contacts);
                with(&mut self.responses, other.responses);
            }
        }
    }

    /// One part alone, the other fields 0.
    #[must_use]
    pub fn only(&self, part: Part) -> Self {
        let mut only = Self::default();
        only.add(part, self);
        only
    }

    /// Scores of 4 and 5.
    pub fn satisfied(&self) -> i64 {
        self.scores[3].saturating_add(self.scores[4])
    }
}

/// Customers active (with at least one purchase line in scope) in a period and the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Active in both.
    pub kept: i64,
    /// Active in the one before.
    pub before: i64,
}

impl Retention {
    /// Adds what is known of other customers.
    pub(crate) fn add(&mut self, other: Self) {
        self.kept = self.kept.saturating_add(other.kept);
        self.before = self.before.saturating_add(other.before);
    }

    /// Takes some of the customers away.
    pub(crate) fn take(&mut self, other: Self) {
        self.kept = self.kept.saturating_sub(other.kept);
        self.before = self.before.saturating_sub(other.before);
    }
}

/// One customer of a top list; names come from table `customer_360` by `customer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopCustomer {
    /// Number of the customer, `ord` in the tables.
    pub customer: u32,
    /// Net amount of all time, in money units.
    pub lifetime_value: i64,
    /// Orders of all time.
    pub orders: u32,
    /// Net amount of the lines in scope, in money units.
    pub revenue_in_scope: i64,
}

/// One customer who has bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Number of the customer, `ord` in the tables.
    pub customer: u32,
    /// Days from the last purchase to the as-of day.
    pub recency_days: i32,
    /// Orders of all time.
    pub orders: u32,
    /// Net amount of all time, in money units.
    pub lifetime_value: i64,
    /// Code of the customer segment.
    pub segment: u8,
    /// Code of the RFM segment.
    pub rfm_segment: u8,
}

/// All scored customers in scope of one customer segment and RFM segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// How many there are.
    pub customers: i64,
    /// Sum of their recency, in days.
    pub recency_days: i64,
    /// Sum of their orders.
    pub orders: i64,
    /// Sum of their lifetime value, in money units.
    pub lifetime_value: i64,
}

impl Stratum {
    /// Counts a customer.
    pub(crate) fn count(&mut self, point: &Point) {
        let Point { recency_days, orders, lifetime_value, .. } = *point;
        let (recency_days, orders) = (recency_days.into(), orders.into());
        self.add(&Self { customers: 1, recency_days, orders, lifetime_value });
    }

    /// Adds sums over other customers.
    pub(crate) fn add(&mut self, other: &Self) {
        self.customers = self.customers.saturating_add(other.customers);
        self.recency_days = self.recency_days.saturating_add(other.recency_days);
        self.orders = self.orders.saturating_add(other.orders);
        self.lifetime_value = self.lifetime_value.saturating_add(other.lifetime_value);
    }

    /// Takes sums over some of the customers away.
    pub(crate) fn take(&mut self, other: &Self) {
        self.customers = self.customers.saturating_sub(other.customers);
        self.recency_days = self.recency_days.saturating_sub(other.recency_days);
        self.orders = self.orders.saturating_sub(other.orders);
        self.lifetime_value = self.lifetime_value.saturating_sub(other.lifetime_value);
    }
}

/// Scored customers in scope: exact strata, and points to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// Scored customers in scope.
    pub customers: i64,
    /// By segment, then by RFM segment; codes are indexes.
    pub strata: Vec<Vec<Stratum>>,
    /// Points in the order of customer numbers: all, or a sample of each stratum.
    #[serde(with = "crate::recorded::by_column")]
    pub sample: Vec<Point>,
}
