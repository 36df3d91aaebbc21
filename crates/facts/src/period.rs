//! Date ranges, the days of which there is data, and the buckets of a time axis.

use serde::{Deserialize, Serialize};
use snapshot::{Day, Meta, Month};

/// A range of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRange {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl DayRange {
    /// Number of days; 0 for a range that ends before it begins.
    pub fn days(self) -> i32 {
        self.to.0.saturating_sub(self.from.0).saturating_add(1).max(0)
    }

    /// True if a snapshot has no day outside the range.
    pub fn covers(self, meta: &Meta) -> bool {
        self.from <= meta.first_day && meta.last_day <= self.to
    }

    /// True if the range holds the day.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The range made of whole calendar months, as (first month, number of months).
    pub(crate) fn whole_months(self) -> Option<(Month, i32)> {
        let (first, last) = (self.from.month(), self.to.month());
        let whole = first.first_day() == self.from && last.last_day() == self.to;
        let months = last.0.saturating_sub(first.0).saturating_add(1);
        (whole && first <= last).then_some((first, months))
    }

    pub(crate) fn of_months(first: Month, months: i32) -> Self {
        Self { from: first.first_day(), to: first.plus(months.saturating_sub(1)).last_day() }
    }

    /// As many days just before.
    #[must_use]
    pub fn days_before(self) -> Self {
        self.moved(self.days().saturating_neg())
    }

    /// The range so many days later.
    pub(crate) fn moved(self, days: i32) -> Self {
        Self { from: self.from.plus(days), to: self.to.plus(days) }
    }

    /// The part of the range inside another; it may be empty.
    #[must_use]
    pub fn clipped(self, outer: Self) -> Self {
        Self { from: self.from.max(outer.from), to: self.to.min(outer.to) }
    }

    /// True if the other lies in this one.
    pub(crate) fn holds(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

/// The days of which there is data: before and after, nothing is known.
pub fn edges(meta: &Meta) -> DayRange {
    DayRange { from: meta.first_day, to: meta.last_day.max(meta.as_of) }
}

/// Width of the buckets of a time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BucketSize {
    /// Calendar days.
    Day,
    /// ISO weeks, Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
}

/// One bucket of a time axis, cut to the range shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bucket {
    /// The days it holds.
    pub range: DayRange,
    /// Width it was made with.
    pub size: BucketSize,
}

impl BucketSize {
    /// The width that shows a range well: days up to a month, weeks up to a quarter, else months.
    pub fn for_range(range: DayRange) -> Self {
        match range.days() {
            ..=31 => Self::Day,
            32..=92 => Self::Week,
            _ => Self::Month,
        }
    }

    /// The buckets of a range in order, the first and last cut to it.
    pub fn buckets(self, range: DayRange) -> Vec<Bucket> {
        let mut buckets = Vec::new();
        let mut day = range.from;
        while day <= range.to {
            let whole = self.around(day);
            buckets.push(Bucket { range: whole.clipped(range), size: self });
            day = whole.to.plus(1);
        }
        buckets
    }

    /// The bucket of full width that ends with a day: what comes before an axis that begins after.
    pub fn ending(self, day: Day) -> DayRange {
        match self {
            Self::Day => DayRange { from: day, to: day },
            Self::Week => DayRange { from: day.plus(-6), to: day },
            Self::Month => DayRange { from: months_later(day.plus(1), -1), to: day },
        }
    }

    /// The uncut bucket that holds a day.
    pub fn around(self, day: Day) -> DayRange {
        match self {
            Self::Day => DayRange { from: day, to: day },
            Self::Week => DayRange { from: day.monday(), to: day.monday().plus(6) },
            Self::Month => DayRange::of_months(day.month(), 1),
        }
    }
}

impl Bucket {
    /// True if the data ends within it, before its calendar's end.
    pub fn is_running(self, as_of: Day) -> bool {
        self.range.contains(as_of) && as_of < self.size.around(as_of).to
    }

    /// True if it is less than its calendar has.
    pub fn is_partial(self) -> bool {
        self.range != self.size.around(self.range.from)
    }
}

/// The same date so many months later, or that month's last.
pub(crate) fn months_later(day: Day, months: i32) -> Day {
    let (month, date) = (day.month().plus(months), day.ymd().2);
    let first = month.first_day();
    first.plus(date.cast_signed().saturating_sub(1)).min(month.last_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: &str, to: &str) -> DayRange {
        DayRange { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn the_bucket_before_ends_the_day_before() {
        let ending = |size: BucketSize, day: &str| size.ending(day.parse().unwrap());
        assert_eq!(ending(BucketSize::Day, "2024-03-01"), range("2024-03-01", "2024-03-01"));
        assert_eq!(ending(BucketSize::Week, "2024-03-01"), range("2024-02-24", "2024-03-01"));
        assert_eq!(ending(BucketSize::Month, "2024-02-29"), range("2024-02-01", "2024-02-29"));
        assert_eq!(ending(BucketSize::Month, "2024-03-14"), range("2024-02-15", "2024-03-14"));
    }

    #[test]
    fn buckets_cover_a_range_without_gap_or_overlap() {
        for (from, to) in [("2024-02-27", "2024-05-03"), ("2023-12-31", "2024-01-01")] {
            let whole = range(from, to);
            for size in [BucketSize::Day, BucketSize::Week, BucketSize::Month] {
                let buckets = size.buckets(whole);
                assert_eq!(buckets.iter().map(|b| b.range.days()).sum::<i32>(), whole.days());
                assert!(buckets.windows(2).all(|two| two[0].range.to.plus(1) == two[1].range.from));
            }
        }
        assert!(BucketSize::Day.buckets(range("2024-01-02", "2024-01-01")).is_empty());
    }
}
