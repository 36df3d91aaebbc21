//! What the page shows: a scope, what kind of range it has, and what it is compared with.

use serde::{Deserialize, Serialize};
use snapshot::{Meta, Month};

use crate::period::{DayRange, edges};
use crate::scope::Scope;

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

/// What a range is beside its days; decides what it is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RangeKind {
    /// From one date to another: whole months among such ranges are months.
    #[default]
    Dates,
    /// So many days that end with the as-of day: never months.
    LastDays,
    /// From the first of January to the as-of day.
    YearToDate,
}

impl RangeKind {
    /// What such a range is compared with unless its reader says otherwise.
    pub fn compared_with(self) -> Compare {
        match self {
            Self::Dates | Self::LastDays => Compare::Previous,
            Self::YearToDate => Compare::YearBefore,
        }
    }
}

/// What the page shows: a scope and what it is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct View {
    /// The filter in force.
    pub scope: Scope,
    /// What kind of range that has.
    pub kind: RangeKind,
    /// What trends compare with.
    pub compare: Compare,
}

impl View {
    /// The twelve calendar months that end with the month of the as-of day, as far as there is
    /// data, against those before.
    pub fn default_for(meta: &Meta) -> Self {
        let months = DayRange::of_months(meta.as_of.month().plus(-11), 12);
        Self::of(Scope::of_range(months.clipped(edges(meta))))
    }

    /// The whole snapshot, compared with nothing.
    pub fn whole(meta: &Meta) -> Self {
        let scope = Scope::of_range(edges(meta));
        Self { compare: Compare::None, ..Self::of(scope) }
    }

    /// A scope from one date to another, against the period before.
    pub fn of(scope: Scope) -> Self {
        Self { scope, kind: RangeKind::default(), compare: Compare::default() }
    }

    /// The month in which the data ends before the month does, if the view shows it as a month.
    pub fn running_month(&self, meta: &Meta) -> Option<Month> {
        let month = meta.as_of.month();
        let shown = self.kind != RangeKind::LastDays && self.scope.range.contains(meta.as_of);
        (shown && meta.as_of < month.last_day()).then_some(month)
    }

    /// True if both show the same period.
    pub fn same_period(&self, other: &Self) -> bool {
        (self.scope.range, self.kind) == (other.scope.range, other.kind)
    }
}
