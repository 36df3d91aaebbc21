//! Where answers come from: a source answers exactly or not at all.

use crate::measure::{Points, Retention, TopCustomer, Totals};
use crate::period::BucketSize;
use crate::scope::{Dimension, Scope};

/// Something that can answer some measures exactly; `None` means "not from here".
///
/// What each measure means is documented on [`crate::Facts`], which asks its sources in turn.
#[allow(unused_variables, reason = "a source that knows nothing answers nothing")]
pub trait Source: Send + Sync {
    /// [`crate::Facts::totals`].
    fn totals(&self, scope: &Scope) -> Option<Totals> {
        None
    }

    /// [`crate::Facts::by`].
    fn by(&self, scope: &Scope, dimension: Dimension) -> Option<Vec<Totals>> {
        None
    }

    /// [`crate::Facts::over_time`].
    fn over_time(&self, scope: &Scope, size: BucketSize) -> Option<Vec<Totals>> {
        None
    }

    /// [`crate::Facts::retention`].
    fn retention(&self, scope: &Scope) -> Option<Retention> {
        None
    }

    /// [`crate::Facts::retention_over_time`].
    fn retention_over_time(&self, scope: &Scope, size: BucketSize) -> Option<Vec<Retention>> {
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

    /// Bytes that the source takes in memory, about.
    fn memory_bytes(&self) -> usize {
        0
    }
}
