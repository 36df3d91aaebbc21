//! A scope turned into look-ups against one snapshot's codes.

use std::ops::Range;

use snapshot::columns::{NO_CUSTOMER, NOT_SCORED};

use super::Columns;
use crate::period::DayRange;
use crate::scope::Scope;

/// A scope, ready for a pass over the columns.
pub(super) struct Lens {
    /// First day code in the range and the number of codes from there.
    from: i32,
    days: u32,
    /// True if the range covers the whole snapshot.
    pub whole_range: bool,
    /// True if a set of categories is chosen.
    pub by_category: bool,
    /// True if segments, risks or RFM segments are chosen.
    pub by_customer: bool,
    segments: Vec<bool>,
    churn: Vec<bool>,
    rfm: Vec<bool>,
    rfm_all: bool,
    categories: Vec<bool>,
}

impl Lens {
    pub fn new(columns: &Columns, scope: &Scope) -> Self {
        let (meta, labels) = (columns.meta(), &columns.meta().labels);
        let DayRange { from, to } = scope.range;
        Self {
            from: from.0.saturating_sub(meta.first_day.0),
            days: scope.range.days().unsigned_abs(),
            whole_range: from <= meta.first_day && meta.last_day <= to,
            by_category: !scope.categories.is_all(),
            by_customer: scope.restricts_customers(),
            segments: scope.segments.mask(labels.segments.len()),
            churn: scope.churn.mask(labels.churn_risks.len()),
            rfm: scope.rfm.mask(labels.rfm_segments.len()),
            rfm_all: scope.rfm.is_all(),
            categories: scope.categories.mask(labels.categories.len()),
        }
    }

    /// True if the day lies in the range.
    #[inline]
    pub fn day(&self, code: u16) -> bool {
        i32::from(code).wrapping_sub(self.from) as u32 <= self.days.wrapping_sub(1) && self.days > 0
    }

    /// True if the category is chosen.
    #[inline]
    pub fn category(&self, code: u16) -> bool {
        self.categories.get(usize::from(code)).copied().unwrap_or(false)
    }

    /// True if a purchase line's day and category are in scope.
    #[inline]
    pub fn line(&self, columns: &Columns, line: usize) -> bool {
        self.day(columns.purchases.day[line]) && self.category(columns.purchases.category[line])
    }

    /// The lines of a customer that can be in scope: all, or none where no day of theirs is.
    #[inline]
    pub fn lines(&self, columns: &Columns, customer: usize) -> Range<usize> {
        let (first, last) = columns.spans[customer];
        let lines = columns.offsets[customer] as usize..columns.offsets[customer + 1] as usize;
        let end = self.from.saturating_add_unsigned(self.days);
        if i32::from(last) < self.from || i32::from(first) >= end { 0..0 } else { lines }
    }

    /// True if a customer has a line in scope.
    #[inline]
    pub fn is_active(&self, columns: &Columns, customer: usize) -> bool {
        self.lines(columns, customer).any(|line| self.line(columns, line))
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
        self.whole_range && !self.by_category
    }

    /// True if a dated row of a customer (or of nobody) counts; `in_scope` are the customers.
    pub fn dated_row(&self, customer: u32, day: u16, in_scope: &[bool]) -> bool {
        let counts = if customer == NO_CUSTOMER {
            self.guests() && !self.by_category
        } else {
            in_scope.get(customer as usize).copied().unwrap_or(false)
        };
        counts && self.day(day)
    }
}
