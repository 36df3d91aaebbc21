//! Feedback and contacts near a purchase of a category, for short ranges of any days.
//!
//! Under a category, a row counts in a range if its customer has a line of the category there. In
//! a range of at most [`NEAREST`] days that has to be a line less than so many days before or
//! after the row: rows that have one are kept, by their distance in days to the nearest on each
//! side; all others count in no such range.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the shape passed `Shape::check`: strata by days fit 32 bits, by `WIDTH` squared 64"
)]

use super::blocks::{Block, NEAREST, WIDTH};

/// Where near rows lie: a cell of their cube. Days count from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// Stratum of the customer.
    pub stratum: usize,
    /// Day of the row.
    pub day: usize,
    /// Days back to the customer's last day with a line, the row's own day included.
    pub before: Option<usize>,
    /// Days on to the customer's next day with a line, the row's own day included.
    pub after: Option<usize>,
}

impl Near {
    /// A row and the nearest days with a line around it, if one of them is near.
    pub fn of(
        stratum: usize,
        day: usize,
        last: Option<usize>,
        next: Option<usize>,
    ) -> Option<Self> {
        let near = |distance: usize| (distance < NEAREST).then_some(distance);
        let before = last.and_then(|last| near(day - last));
        let after = next.and_then(|next| near(next - day));
        (before.is_some() || after.is_some()).then_some(Self { stratum, day, before, after })
    }

    /// True if a range of at most [`NEAREST`] days around the row has a line of the customer.
    pub fn counts(self, first: usize, last: usize) -> bool {
        self.before.is_some_and(|before| self.day >= first + before)
            || self.after.is_some_and(|after| self.day + after <= last)
    }

    /// The number of the cell in the day's block.
    pub fn cell(self, block: Block) -> u64 {
        let side = |distance: Option<usize>| distance.map_or(0, |distance| distance as u64 + 1);
        let row = block.row(self.stratum, self.day);
        (row * WIDTH + side(self.before)) * WIDTH + side(self.after)
    }

    /// What lies in a cell of a block.
    pub fn at(block: Block, cell: u64) -> Self {
        let row = cell / WIDTH / WIDTH;
        let side = |side: u64| usize::try_from(side).ok()?.checked_sub(1);
        let days = (block.days as u64).max(1);
        Self {
            stratum: (row / days) as usize,
            day: block.first + (row % days) as usize,
            before: side(cell / WIDTH % WIDTH),
            after: side(cell % WIDTH),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cubes::{CubeId, SMALL, Shape, Stretch};

    const SHAPE: Shape = Shape { risks: 1, months: 13, days: 400, ..SMALL };

    #[test]
    fn every_near_row_has_its_cell() {
        for (day, stratum) in [(0, 0), (183, 1), (184, 0), (399, 1)] {
            let (_, block) = SHAPE.block(CubeId::NearFeedback, 1, day).unwrap();
            for (last, next) in [(Some(day), Some(day)), (None, Some(day + 91))] {
                let near = Near::of(stratum, day, last, next).unwrap();
                let cell = near.cell(block);
                let lies = |stratum, first| {
                    let days = Stretch::of_near(block, (first, 999));
                    days.ranges(&[stratum]).any(|cells| cells.contains(&cell))
                };
                assert_eq!(Near::at(block, cell), near);
                assert!(cell < block.near_cells(SHAPE));
                assert!(lies(stratum, day));
                assert!(!lies(stratum, day + 1));
                assert!(!lies(1 - stratum, 0));
            }
        }
        assert_eq!(Near::of(0, 100, Some(8), Some(192)), None);
    }

    #[test]
    fn a_row_counts_where_a_day_with_a_line_is() {
        let near = Near::of(0, 100, Some(90), Some(130)).unwrap();
        let ranges = [(91, 129), (90, 100), (100, 130), (91, 130)];
        let counts = ranges.map(|(first, last)| near.counts(first, last));
        assert_eq!(counts, [false, true, true, true]);
    }
}
