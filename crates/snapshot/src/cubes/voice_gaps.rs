//! Feedback and contacts that a category leaves out: those between two of a customer's months.
//!
//! Under a category, a row counts in a period of whole months if its customer has a line of the
//! category there. With one in the row's own month it always does. Any other row lies in a gap:
//! after the last month with such a line before it (or after none), before the first one behind
//! it (or before none), and is left out of exactly the periods that lie within the gap. So a cube
//! of gaps, taken from all rows, gives every period and every month in it.

use super::shape::Shape;
use super::sparse::SparseColumn;
use crate::pack::{EncodedPack, PackError, PackReader, PackWriter};

/// Rows in gaps between the months in which their customers bought of one category.
///
/// Each column has one cell a [`Gap`]: how many rows lie in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoiceGaps {
    /// Scores of 1, 2, 3, 4 and 5.
    pub scores: [SparseColumn; 5],
    /// Campaign contacts.
    pub contacts: SparseColumn,
    /// Contacts that were answered.
    pub responses: SparseColumn,
}

/// Where a row lies. Months count from the first.
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
    /// True if the period from one month to another, both included, holds the row and not a
    /// month with a line.
    pub fn holds(self, first: usize, last: usize) -> bool {
        first <= self.month
            && self.month <= last
            && self.before.is_none_or(|before| before < first)
            && self.after.is_none_or(|after| after > last)
    }

    /// The number of the gap's cell.
    pub fn cell(self, shape: Shape) -> u64 {
        let before = self.before.map_or(0, |before| before + 1) as u64;
        let after = self.after.unwrap_or(shape.months) as u64;
        let row = self.stratum as u64 * shape.months as u64 + self.month as u64;
        (row * width(shape) + before) * width(shape) + after
    }

    /// The gap of a cell.
    pub fn of(shape: Shape, cell: u64) -> Self {
        // Without months there are no cells.
        let (width, months) = (width(shape), (shape.months as u64).max(1));
        let row = cell / width / width;
        let (before, after) = ((cell / width % width) as usize, (cell % width) as usize);
        Self {
            stratum: (row / months) as usize,
            month: (row % months) as usize,
            before: before.checked_sub(1),
            after: Some(after).filter(|&after| after < shape.months),
        }
    }
}

/// Months on one side of a row, and none.
fn width(shape: Shape) -> u64 {
    shape.months as u64 + 1
}

impl VoiceGaps {
    /// The columns: scores of 1 to 5, contacts, responses.
    pub fn columns(&self) -> impl Iterator<Item = &SparseColumn> {
        self.scores.iter().chain([&self.contacts, &self.responses])
    }

    /// Encodes all cells.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self) -> Result<EncodedPack, PackError> {
        let mut pack = PackWriter::default();
        for column in self.columns() {
            column.write(&mut pack);
        }
        pack.finish()
    }

    /// Reads the pack of a snapshot of some shape.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn decode(pack: &EncodedPack, shape: Shape) -> Result<Self, PackError> {
        let below = (shape.strata() * shape.months) as u64 * width(shape).pow(2);
        let (mut reader, mut read) = (PackReader::open(pack)?, Self::default());
        let columns = read.scores.iter_mut().chain([&mut read.contacts, &mut read.responses]);
        for column in columns {
            *column = SparseColumn::read(&mut reader, below)?;
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cubes::Grain;

    const SHAPE: Shape = Shape {
        segments: 2,
        risks: 1,
        categories: 1,
        rfm_segments: 11,
        aspects: 0,
        grain: Grain::Coarse,
        months: 3,
        days: 90,
    };

    #[test]
    fn every_gap_has_its_cell() {
        for stratum in 0..2 {
            for month in 0..3 {
                for before in [None].into_iter().chain((0..month).map(Some)) {
                    for after in [None].into_iter().chain((month + 1..3).map(Some)) {
                        let gap = Gap { stratum, month, before, after };
                        assert_eq!(Gap::of(SHAPE, gap.cell(SHAPE)), gap);
                    }
                }
            }
        }
    }

    #[test]
    fn a_gap_holds_the_periods_between_its_months() {
        let gap = Gap { stratum: 0, month: 3, before: Some(1), after: Some(5) };
        let held = (0..7).flat_map(|first| (first..7).map(move |last| (first, last)));
        let held: Vec<_> = held.filter(|&(first, last)| gap.holds(first, last)).collect();
        assert_eq!(held, [(2, 3), (2, 4), (3, 3), (3, 4)]);
        assert!(Gap { before: None, after: None, ..gap }.holds(0, 6));
    }

    #[test]
    fn cells_round_trip_and_have_a_shape() {
        let mut gaps = VoiceGaps::default();
        gaps.scores[4].push(95, 7);
        gaps.responses.push(0, 1);
        let pack = gaps.encode().unwrap();
        assert_eq!(VoiceGaps::decode(&pack, SHAPE), Ok(gaps));
        assert!(VoiceGaps::decode(&pack, Shape { segments: 1, ..SHAPE }).is_err());
    }
}
