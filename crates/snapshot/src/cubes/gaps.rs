//! Feedback and contacts that a category leaves out: those between two of a customer's months.
//!
//! Under a category, a row counts in a period of whole months if its customer has a line of the
//! category there. With one in the row's own month it always does. Any other row lies in a gap:
//! after the last month with such a line before it (or after none), before the first one behind
//! it (or before none), and is left out of exactly the periods that lie within the gap. So a cube
//! of gaps, taken from all rows, gives every period and every month in it.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the shape passed `Shape::check`: strata by months fit 32 bits, by gaps 64"
)]

use super::shape::Shape;

/// Where rows lie: a cell of a cube of gaps. Months count from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Stratum of the customer.
    pub stratum: usize,
    /// Month of the row.
    pub month: usize,
    /// The customer's last month with a line before that.
    pub before: Option<usize>,
    /// The customer's first month with a line after that.
    pub after: Option<usize>,
}

impl Gap {
    /// The number of the gap's cell.
    pub fn cell(self, shape: Shape) -> u64 {
        let before = self.before.map_or(0, |before| before + 1);
        let after = self.after.unwrap_or(shape.months) as u64;
        let row = (self.stratum * shape.months + self.month) as u64;
        (row * width(shape) + before as u64) * width(shape) + after
    }

    /// True if the gap of a cell ends after a period's last month.
    pub fn outlasts(shape: Shape, cell: u64, last: usize) -> bool {
        cell % width(shape) > last as u64
    }
}

impl Shape {
    /// Cells of a cube of gaps.
    pub fn gaps(self) -> u64 {
        (self.strata() * self.months) as u64 * width(self).pow(2)
    }
}

/// Months on one side of a row, and none.
pub(super) fn width(shape: Shape) -> u64 {
    shape.months as u64 + 1
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::cubes::{SMALL, Stretch};

    const SHAPE: Shape = Shape { risks: 1, months: 3, days: 90, ..SMALL };

    fn gaps(stratum: usize) -> impl Iterator<Item = Gap> {
        let sides = |month: usize| {
            let before = [None].into_iter().chain((0..month).map(Some));
            let after = move || [None].into_iter().chain((month + 1..3).map(Some));
            before.flat_map(move |before| after().map(move |after| (before, after)))
        };
        let gap = move |month, (before, after)| Gap { stratum, month, before, after };
        (0..3).flat_map(move |month| sides(month).map(move |sides| gap(month, sides)))
    }

    #[test]
    fn every_gap_has_its_cell() {
        let all = || gaps(0).chain(gaps(1)).map(|gap| gap.cell(SHAPE));
        assert!(all().all(|cell| cell < SHAPE.gaps()));
        assert_eq!(all().collect::<BTreeSet<_>>().len(), all().count());
    }

    #[test]
    fn a_gap_holds_the_periods_between_its_months() {
        for gap in gaps(1) {
            for (first, last) in [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)] {
                if !(first..=last).contains(&gap.month) {
                    continue;
                }
                let bought = [gap.before, gap.after].into_iter().flatten();
                let without = !bought.into_iter().any(|month| (first..=last).contains(&month));
                let begun = Stretch::of_gaps(SHAPE, (gap.month, gap.month), (first, last));
                let begun = begun.ranges(&[1]).any(|cells| cells.contains(&gap.cell(SHAPE)));
                let found = begun && Gap::outlasts(SHAPE, gap.cell(SHAPE), last);
                assert_eq!(found, without, "{gap:?} in {first}-{last}");
            }
        }
    }
}
