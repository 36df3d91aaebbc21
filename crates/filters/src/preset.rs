//! Ranges that have a name. "Last" counts back from the as-of day: the snapshot stands still.

use facts::{DayRange, View};
use snapshot::{Day, Meta};

use crate::span::span;

/// A range with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Thirty days that end with the as-of day.
    Days30,
    /// Ninety days that end with the as-of day.
    Days90,
    /// The twelve calendar months that end with the as-of day's: the default.
    Months12,
    /// From the first of January to the as-of day.
    YearToDate,
    /// Everything the snapshot has.
    All,
}

impl Preset {
    /// All presets, shortest first.
    pub const EVERY: [Self; 5] =
        [Self::Days30, Self::Days90, Self::Months12, Self::YearToDate, Self::All];

    /// Its name in a query.
    pub fn key(self) -> &'static str {
        match self {
            Self::Days30 => "30-days",
            Self::Days90 => "90-days",
            Self::Months12 => "12-months",
            Self::YearToDate => "year-to-date",
            Self::All => "all",
        }
    }

    /// The preset of a name in a query.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|preset| preset.key() == key)
    }

    /// Its range in a snapshot.
    pub fn range(self, meta: &Meta) -> DayRange {
        let back = |days: i32| DayRange { from: meta.as_of.plus(1 - days), to: meta.as_of };
        let range = match self {
            Self::Days30 => back(30),
            Self::Days90 => back(90),
            Self::Months12 => return View::default_for(meta).scope.range,
            Self::YearToDate => {
                let january = Day::from_ymd(meta.as_of.month().year(), 1, 1);
                DayRange { from: january.unwrap_or(meta.first_day), to: meta.as_of }
            }
            Self::All => View::whole(meta).scope.range,
        };
        let span = span(meta);
        DayRange { from: range.from.max(span.from), to: range.to.min(span.to) }
    }

    /// The preset of a range, if it has a name; of several the default, else the shortest.
    pub fn of(range: DayRange, meta: &Meta) -> Option<Self> {
        let first = std::iter::once(Self::Months12);
        first.chain(Self::EVERY).find(|preset| preset.range(meta) == range)
    }
}
