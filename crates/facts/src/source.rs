//! Where answers come from: a source answers exactly or not at all.

use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::period::DayRange;
use crate::scope::Scope;

/// What answers are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Written down when they were computed elsewhere: at the build, or in a worker.
    Record,
    /// Sums and distinct counts made at the build.
    Cubes,
    /// Every row, scanned now.
    Columns,
}

/// Something that can answer some measures exactly; `None` means "not from here".
///
/// What each measure means is documented on [`crate::Facts`], which asks its sources in turn.
#[allow(unused_variables, reason = "a source that knows nothing answers nothing")]
pub trait Source: Send + Sync {
    /// [`crate::Facts::groups`], of one part; other fields stay 0.
    fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Vec<Totals>> {
        None
    }

    /// [`crate::Facts::retention`].
    fn retention(&self, scope: &Scope, before: DayRange) -> Option<Retention> {
        None
    }

    /// [`crate::Facts::retention_over_time`].
    fn retention_over_time(&self, scope: &Scope, cut: Cut) -> Option<Vec<Retention>> {
        None
    }

    /// [`crate::Facts::top`].
    fn top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        None
    }

    /// [`crate::Facts::points`].
    fn points(&self, scope: &Scope, most: usize) -> Option<Points> {
        None
    }

    /// [`crate::Facts::members`].
    fn members(&self, ask: &MembersAsk) -> Option<Members> {
        None
    }

    /// What the answers are made of.
    fn origin(&self) -> Origin {
        Origin::Record
    }

    /// Bytes that the source takes in memory, about.
    fn memory_bytes(&self) -> usize {
        0
    }
}
