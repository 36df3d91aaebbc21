//! Date ranges, the period compared with, and the buckets of a time axis.

use serde::{Deserialize, Serialize};
use snapshot::{Day, Meta, Month};

use crate::scope::Scope;

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
        (self.to.0 - self.from.0 + 1).max(0)
    }

    /// True if the range holds the day.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The range made of whole calendar months, as (first month, number of months).
    fn whole_months(self) -> Option<(Month, i32)> {
        let (first, last) = (self.from.month(), self.to.month());
        let whole = first.first_day() == self.from && last.last_day() == self.to;
        (whole && first <= last).then(|| (first, last.0 - first.0 + 1))
    }

    fn of_months(first: Month, months: i32) -> Self {
        Self { from: first.first_day(), to: first.plus(months - 1).last_day() }
    }

    /// The period of equal length just before: as many months for whole months, else as many days.
    pub fn previous(self) -> Self {
        match self.whole_months() {
            Some((first, months)) => Self::of_months(first.plus(-months), months),
            None => Self { from: self.from.plus(-self.days()), to: self.from.plus(-1) },
        }
    }

    /// The same period a year before; 29 February becomes the 28th.
    pub fn year_before(self) -> Self {
        match self.whole_months() {
            Some((first, months)) => Self::of_months(first.plus(-12), months),
            None => Self { from: year_before(self.from), to: year_before(self.to) },
        }
    }

    /// The part of the range inside another.
    fn clipped(self, outer: Self) -> Self {
        Self { from: self.from.max(outer.from), to: self.to.min(outer.to) }
    }
}

fn year_before(day: Day) -> Day {
    let (year, month, date) = day.ymd();
    Day::from_ymd(year - 1, month, date)
        .or_else(|| Day::from_ymd(year - 1, month, 28))
        .unwrap_or(day)
}

/// What a period is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Compare {
    /// The period of equal length just before.
    #[default]
    Previous,
    /// The same period a year before.
    YearBefore,
    /// Nothing.
    None,
}

/// What the page shows: a scope and what it is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct View {
    /// The filter in force.
    pub scope: Scope,
    /// What trends compare with.
    pub compare: Compare,
}

impl View {
    /// The twelve calendar months that end with the month of the as-of day, against those before.
    pub fn default_for(meta: &Meta) -> Self {
        let range = DayRange::of_months(meta.as_of.month().plus(-11), 12);
        Self { scope: Scope::of_range(range), compare: Compare::default() }
    }

    /// The whole snapshot, compared with nothing.
    pub fn whole(meta: &Meta) -> Self {
        let range = DayRange { from: meta.first_day, to: meta.last_day };
        Self { scope: Scope::of_range(range), compare: Compare::None }
    }

    /// The scope that trends compare with, if any.
    pub fn compared(&self) -> Option<Scope> {
        let range = self.scope.range;
        match self.compare {
            Compare::Previous => Some(self.scope.over(range.previous())),
            Compare::YearBefore => Some(self.scope.over(range.year_before())),
            Compare::None => None,
        }
    }
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

    /// The uncut bucket that holds a day.
    pub fn around(self, day: Day) -> DayRange {
        match self {
            Self::Day => DayRange { from: day, to: day },
            Self::Week => DayRange { from: day.monday(), to: day.monday().plus(6) },
            Self::Month => DayRange::of_months(day.month(), 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: &str, to: &str) -> DayRange {
        DayRange { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn whole_months_are_compared_with_whole_months() {
        let year = range("2025-07-01", "2026-06-30");
        assert_eq!(year.previous(), range("2024-07-01", "2025-06-30"));
        assert_eq!(range("2024-02-01", "2024-02-29").previous(), range("2024-01-01", "2024-01-31"));
        assert_eq!(
            range("2024-02-01", "2024-02-29").year_before(),
            range("2023-02-01", "2023-02-28")
        );
    }

    #[test]
    fn other_ranges_are_compared_day_for_day() {
        assert_eq!(range("2024-03-02", "2024-03-04").previous(), range("2024-02-28", "2024-03-01"));
        assert_eq!(
            range("2024-02-29", "2024-03-04").year_before(),
            range("2023-02-28", "2023-03-04")
        );
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
