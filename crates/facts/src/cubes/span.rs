//! Which periods of a cube a range of days is.

use snapshot::Meta;
use snapshot::cubes::{Axis, Span};

use crate::period::DayRange;

/// Periods from one to another, both included, or none.
pub(super) type Periods = Option<Span>;

/// The periods of an axis that a range is exactly, or `None` if it cuts one.
pub(super) fn periods(meta: &Meta, axis: Axis, range: DayRange) -> Option<Periods> {
    match axis {
        Axis::Month => months(meta, range),
        Axis::Day => Some(days(meta, range)),
        Axis::Always => range.covers(meta).then_some(Some((0, 0))),
    }
}

/// The months of a snapshot that a range is exactly, or `None` if it cuts one.
///
/// A range that reaches past the snapshot's first or last day takes that month whole.
pub(super) fn months(meta: &Meta, range: DayRange) -> Option<Periods> {
    let Some(range) = inside(meta, range) else { return Some(None) };
    let (first, last) = (range.from.month(), range.to.month());
    let whole = (range.from == first.first_day() || range.from == meta.first_day)
        && (range.to == last.last_day() || range.to == meta.last_day);
    let begins = meta.first_day.month().0;
    let index = |month: snapshot::Month| usize::try_from(month.0.checked_sub(begins)?).ok();
    whole.then(|| index(first).zip(index(last)))
}

/// The days of a snapshot that lie in a range.
pub(super) fn days(meta: &Meta, range: DayRange) -> Periods {
    let range = inside(meta, range)?;
    let index = |day: snapshot::Day| usize::try_from(day.0.checked_sub(meta.first_day.0)?).ok();
    index(range.from).zip(index(range.to))
}

/// The part of a range inside the snapshot.
fn inside(meta: &Meta, range: DayRange) -> Option<DayRange> {
    let inside = DayRange { from: range.from.max(meta.first_day), to: range.to.min(meta.last_day) };
    (inside.from <= inside.to).then_some(inside)
}
