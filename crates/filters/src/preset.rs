//! Ranges that have a name. "Last" counts back from the as-of day: the snapshot stands still.

use facts::{DayRange, RangeKind, View};
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

    /// What kind of range it is.
    pub fn kind(self) -> RangeKind {
        match self {
            Self::Days30 | Self::Days90 => RangeKind::LastDays,
            Self::YearToDate => RangeKind::YearToDate,
            Self::Months12 | Self::All => RangeKind::Dates,
        }
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
        range.clipped(span(meta))
    }

    /// True if a range is, or once was, of this kind: so many days, or from the first of January.
    pub(crate) fn fits(self, range: DayRange, meta: &Meta) -> bool {
        let (_, month, date) = range.from.ymd();
        range == self.range(meta)
            || match self {
                Self::Days30 => range.days() == 30,
                Self::Days90 => range.days() == 90,
                Self::YearToDate => (month, date) == (1, 1),
                Self::Months12 | Self::All => false,
            }
    }

    /// The preset that a view's kind is named by in a link, if it needs a name.
    pub(crate) fn naming(view: &View, meta: &Meta) -> Option<Self> {
        let named = |preset: &Self| {
            view.kind != RangeKind::Dates
                && preset.kind() == view.kind
                && preset.fits(view.scope.range, meta)
        };
        Self::EVERY.into_iter().find(named)
    }

    /// The preset that a view shows, if its range has a name.
    pub fn of(view: &View, meta: &Meta) -> Option<Self> {
        let shown = (view.scope.range, view.kind);
        Self::EVERY.into_iter().find(|preset| (preset.range(meta), preset.kind()) == shown)
    }
}
