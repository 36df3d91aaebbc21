//! How the rows of a scope are put into groups.

use snapshot::Day;
use snapshot::columns::{NO_DAY, NOT_SCORED};

use super::Columns;
use super::table::Table;
use crate::period::Bucket;
use crate::scope::Dimension;

/// In a table of groups: of none.
pub(super) const NO_GROUP: u16 = u16::MAX;

/// How rows are put into groups.
pub(super) enum Keys<'a> {
    /// All into one.
    One,
    /// By a code of their customer.
    Customer(&'a [u8]),
    /// By the category of a line.
    Category(Table<u16>),
    /// By their day.
    Day(Table<u16>),
}

impl<'a> Keys<'a> {
    /// The values of a dimension, and how many there are.
    pub fn by(columns: &'a Columns, dimension: Dimension) -> (Self, usize) {
        let (labels, customers) = (&columns.meta().labels, &columns.customers);
        match dimension {
            Dimension::Segment => (Self::Customer(&customers.segment), labels.segments.len()),
            Dimension::Churn => (Self::Customer(&customers.churn), labels.churn_risks.len()),
            Dimension::Rfm => (Self::Customer(&customers.rfm_segment), labels.rfm_segments.len()),
            Dimension::Category => {
                let count = labels.categories.len();
                (Self::Category(Table::of(NO_GROUP, (0..NO_GROUP).take(count))), count)
            }
        }
    }

    /// The buckets of a range; none has days of another.
    pub fn over(columns: &Columns, buckets: &[Bucket]) -> Self {
        let mut groups = Table::filled(NO_GROUP);
        let code = |day: Day| {
            let code = day.0.saturating_sub(columns.meta().first_day.0);
            code.clamp(0, i32::from(NO_DAY)).unsigned_abs() as usize
        };
        for (bucket, group) in buckets.iter().zip(0..NO_GROUP) {
            groups.fill(code(bucket.range.from), code(bucket.range.to.plus(1)), group);
        }
        Self::Day(groups)
    }

    /// The group of a customer as a whole, where groups are made of customers.
    #[inline]
    pub fn of_customer(&self, customer: usize) -> Option<usize> {
        match self {
            Self::One => Some(0),
            Self::Customer(codes) => {
                codes.get(customer).filter(|&&code| code != NOT_SCORED).copied().map(usize::from)
            }
            Self::Category(_) | Self::Day(_) => None,
        }
    }
}
