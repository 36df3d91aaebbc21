//! A scope turned into look-ups against one snapshot's codes.

use snapshot::columns::NOT_SCORED;

use super::Columns;
use super::table::Table;
use crate::scope::Scope;

/// A scope, ready for a pass over the columns.
pub(super) struct Lens {
    /// First day code in the range and the number of codes from there.
    from: i32,
    days: u32,
    /// True if a customer counts without a purchase line in scope.
    everybody: bool,
    /// True if a set of categories is chosen.
    pub by_category: bool,
    /// True if segments, risks or RFM segments are chosen.
    pub by_customer: bool,
    segments: Vec<bool>,
    churn: Vec<bool>,
    rfm: Vec<bool>,
    rfm_all: bool,
    categories: Table<bool>,
}

impl Lens {
    pub fn new(columns: &Columns, scope: &Scope) -> Self {
        let (meta, labels) = (columns.meta(), &columns.meta().labels);
        Self {
            from: scope.range.from.0.saturating_sub(meta.first_day.0),
            days: scope.range.days().unsigned_abs(),
            everybody: scope.takes_everybody(meta),
            by_category: !scope.categories.is_all(),
            by_customer: scope.restricts_customers(),
            segments: scope.segments.mask(labels.segments.len()),
            churn: scope.churn.mask(labels.churn_risks.len()),
            rfm: scope.rfm.mask(labels.rfm_segments.len()),
            rfm_all: scope.rfm.is_all(),
            categories: Table::of(false, scope.categories.mask(labels.categories.len())),
        }
    }

    /// True if the day lies in the range.
    #[inline]
    #[expect(clippy::cast_sign_loss, reason = "a day before the range becomes a very late one")]
    pub fn day(&self, code: u16) -> bool {
        i32::from(code).wrapping_sub(self.from) as u32 <= self.days.wrapping_sub(1) && self.days > 0
    }

    /// True if the category is chosen.
    #[inline]
    pub fn category(&self, code: u16) -> bool {
        self.categories.at(code)
    }

    /// True if a day between these two may lie in the range.
    #[inline]
    pub fn meets(&self, (first, last): (u16, u16)) -> bool {
        let end = self.from.saturating_add_unsigned(self.days);
        i32::from(last) >= self.from && i32::from(first) < end
    }

    /// True if the customer is in the segments, risks and RFM segments.
    #[inline]
    pub fn customer(&self, columns: &Columns, customer: usize) -> bool {
        let rfm = columns.customers.rfm_segment[customer];
        self.segments[usize::from(columns.customers.segment[customer])]
            && self.churn[usize::from(columns.customers.churn[customer])]
            && (self.rfm_all || (rfm != NOT_SCORED && self.rfm[usize::from(rfm)]))
    }

    /// True if rows of nobody known count.
    pub fn guests(&self) -> bool {
        !self.by_customer
    }

    /// True if a customer counts without a purchase line in scope.
    pub fn without_purchase(&self) -> bool {
        self.everybody
    }
}
