//! A period and the one it is compared with, and their buckets in pairs.
//!
//! All that compares takes its periods from here: key figures, charts, lists and files.

use serde::{Deserialize, Serialize};
use snapshot::Meta;

use crate::period::{Bucket, BucketSize, DayRange, edges, months_later};
use crate::view::{Compare, RangeKind, View};

/// A period and the one it is compared with; both have the same elapsed days, or months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Comparison {
    /// The days shown that have passed: up to the as-of day.
    pub shown: DayRange,
    /// The days compared with.
    pub compared: DayRange,
    rule: Rule,
}

/// How a day shown is moved to the one it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Rule {
    /// By a number of days.
    Days,
    /// By a number of months.
    Months,
    /// To the same date a year before.
    Year,
}

/// Why a view is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCompared {
    /// Nobody wants it.
    NotAsked,
    /// The period compared with begins before the data.
    BeforeData,
}

/// A bucket and the days it is compared with, if it has a counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The bucket shown.
    pub shown: Bucket,
    /// Its counterpart: none for a day that the month, or year, compared with does not have.
    pub compared: Option<DayRange>,
}

impl View {
    /// The period shown, cut to the days of which there is data.
    pub fn shown(&self, meta: &Meta) -> DayRange {
        self.scope.range.clipped(edges(meta))
    }

    /// Width of the buckets in which the period is shown. A month that the data cuts is a month.
    pub fn bucket_size(&self, meta: &Meta) -> BucketSize {
        let (shown, edges) = (self.shown(meta), edges(meta));
        let months = self.kind != RangeKind::LastDays;
        let begins = months && shown.from == edges.from;
        let ends = months && shown.to >= meta.as_of;
        BucketSize::for_range(DayRange {
            from: if begins { shown.from.month().first_day() } else { shown.from },
            to: if ends { shown.to.month().last_day() } else { shown.to },
        })
    }

    /// The period compared with.
    ///
    /// # Errors
    /// Why there is none.
    pub fn comparison(&self, meta: &Meta) -> Result<Comparison, NotCompared> {
        if self.compare == Compare::None {
            return Err(NotCompared::NotAsked);
        }
        let elapsed = self.shown(meta);
        let shown = DayRange { to: elapsed.to.min(meta.as_of), ..elapsed };
        let comparison = Comparison::of(shown, self.kind, self.compare, meta);
        let within = shown.days() > 0 && edges(meta).holds(comparison.compared);
        if within { Ok(comparison) } else { Err(NotCompared::BeforeData) }
    }

    /// The scope that trends compare with, if any.
    pub fn compared(&self, meta: &Meta) -> Option<crate::Scope> {
        self.comparison(meta).ok().map(|comparison| self.scope.over(comparison.compared))
    }

    /// The buckets of the period shown, each with what it is compared with.
    pub fn pairs(&self, meta: &Meta) -> Vec<Pair> {
        let (shown, comparison) = (self.shown(meta), self.comparison(meta).ok());
        let size = self.bucket_size(meta);
        let pair = |shown: Bucket| {
            let compared = comparison.and_then(|comparison| comparison.counterpart(shown));
            Pair { shown, compared }
        };
        size.buckets(shown).into_iter().map(pair).collect()
    }
}

impl Comparison {
    fn of(shown: DayRange, kind: RangeKind, compare: Compare, meta: &Meta) -> Self {
        let months = months_of(shown, meta);
        let (compared, rule) = match (compare, months) {
            (Compare::YearBefore, Some(_)) => (by_months(shown, 12), Rule::Year),
            (Compare::YearBefore, None) => (same_dates(shown), Rule::Year),
            (_, Some(months)) if kind != RangeKind::LastDays => {
                (by_months(shown, months), Rule::Months)
            }
            _ => (shown.days_before(), Rule::Days),
        };
        Self { shown, compared, rule }
    }

    /// The days that a bucket of the period shown is compared with.
    fn counterpart(&self, bucket: Bucket) -> Option<DayRange> {
        let range = bucket.range.clipped(self.shown);
        if range.days() == 0 {
            return None;
        }
        let days = self.shown.from.0.saturating_sub(self.compared.from.0);
        let months = self.shown.from.month().0.saturating_sub(self.compared.from.month().0);
        let moved = match (self.rule, bucket.size) {
            (Rule::Months | Rule::Year, BucketSize::Month) => {
                by_months(range, months).clipped(self.compared)
            }
            (Rule::Days | Rule::Months, _) => range.moved(days.saturating_neg()),
            (Rule::Year, _) => same_dates_within(range, self.shown),
        };
        (moved.days() > 0 && self.compared.holds(moved)).then_some(moved)
    }

    /// How the period compared with is cut, so that its buckets are those compared with.
    pub fn cut(self, size: BucketSize) -> Cut {
        let calendar = Cut::from(size);
        let beside = Cut { beside: Some(self), ..calendar };
        let same = beside.buckets(self.compared) == calendar.buckets(self.compared);
        if same { calendar } else { beside }
    }
}

/// How a range is cut into the buckets of a time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    /// Width of the buckets.
    pub size: BucketSize,
    /// Where the buckets are not the calendar's: those of the period shown, moved.
    pub beside: Option<Comparison>,
}

impl From<BucketSize> for Cut {
    fn from(size: BucketSize) -> Self {
        Self { size, beside: None }
    }
}

impl Cut {
    /// The buckets of a range in order, none with days of another.
    pub fn buckets(self, range: DayRange) -> Vec<Bucket> {
        let Some(comparison) = self.beside else { return self.size.buckets(range) };
        let shown = self.size.buckets(comparison.shown).into_iter();
        let moved = shown.filter_map(|bucket| comparison.counterpart(bucket));
        moved.map(|range| Bucket { range, size: self.size }).collect()
    }
}

/// The period of equal length just before a range: as many months before whole months, else as
/// many days, of those that have passed.
pub(crate) fn just_before(range: DayRange, kind: RangeKind, meta: &Meta) -> DayRange {
    let elapsed = DayRange { to: range.to.min(meta.as_of), ..range };
    match range.whole_months().filter(|_| kind != RangeKind::LastDays) {
        Some((first, months)) if elapsed == range => {
            DayRange::of_months(first.plus(months.saturating_neg()), months)
        }
        _ => elapsed.days_before(),
    }
}

/// How many calendar months a range is; the running month is whole up to the as-of day.
fn months_of(range: DayRange, meta: &Meta) -> Option<i32> {
    let running = range.to == meta.as_of;
    let to = if running { range.to.month().last_day() } else { range.to };
    DayRange { to, ..range }.whole_months().map(|(_, months)| months)
}

/// The same dates so many months before; the end of a month is the end of its counterpart.
fn by_months(range: DayRange, months: i32) -> DayRange {
    let back = months.saturating_neg();
    let to = match range.to.month() {
        month if month.last_day() == range.to => month.plus(back).last_day(),
        _ => months_later(range.to, back),
    };
    DayRange { from: months_later(range.from, back), to }
}

/// The same dates a year before; 29 February becomes the 28th.
fn same_dates(range: DayRange) -> DayRange {
    DayRange { from: months_later(range.from, -12), to: months_later(range.to, -12) }
}

/// As [`same_dates`], of a part of a range, so that no day is in two parts: 29 February belongs
/// to the 28th where it is the first day of all or has the 28th in its part, else it has no
/// counterpart.
fn same_dates_within(part: DayRange, shown: DayRange) -> DayRange {
    let moved = same_dates(part);
    let (_, month, date) = part.from.ymd();
    let leap = (month, date) == (2, 29) && part.from > shown.from;
    DayRange { from: moved.from.plus(i32::from(leap)), ..moved }
}
