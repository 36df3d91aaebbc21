//! Columns of which most cells are 0: where the others are, and what is in them.

use std::ops::Range;

use crate::pack::{PackError, PackReader, PackWriter, Step};

/// The cells of a column that are not 0, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SparseColumn {
    cells: Vec<u64>,
    values: Vec<i64>,
}

impl SparseColumn {
    /// Appends a cell, whose number must be above those before; a value of 0 is left out.
    pub fn push(&mut self, cell: u64, value: i64) {
        if value != 0 {
            self.cells.push(cell);
            self.values.push(value);
        }
    }

    /// All cells with their values, by number.
    pub fn iter(&self) -> impl Iterator<Item = (u64, i64)> {
        self.cells.iter().copied().zip(self.values.iter().copied())
    }

    /// How many cells are not 0.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> u64 {
        (self.cells.len() as u64).saturating_mul(16)
    }

    /// True if all cells are 0.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Places in the list of the cells whose numbers lie in a range.
    pub fn places(&self, cells: Range<u64>) -> Range<usize> {
        let from = self.cells.partition_point(|&cell| cell < cells.start);
        let count = self.cells[from..].partition_point(|&cell| cell < cells.end);
        from..from.saturating_add(count)
    }

    /// The cells of a range with their values.
    pub fn within(&self, cells: Range<u64>) -> impl Iterator<Item = (u64, i64)> {
        let places = self.places(cells);
        let values = self.values[places.clone()].iter().copied();
        self.cells[places].iter().copied().zip(values)
    }

    /// The sum of a range of cells.
    pub fn sum(&self, cells: Range<u64>) -> i64 {
        self.values[self.places(cells)].iter().fold(0, |all, &value| value.saturating_add(all))
    }

    /// Appends the column to a pack.
    pub(super) fn write(&self, pack: &mut PackWriter) {
        pack.column(Step::Difference, self.cells.iter().map(|&cell| cell.cast_signed()));
        pack.column(Step::Plain, self.values.iter().copied());
    }

    /// Reads the next column of a pack, whose cells must be below a number.
    pub(super) fn read(pack: &mut PackReader, below: u64) -> Result<Self, PackError> {
        let mut column = Self::default();
        pack.column(&mut column.cells)?;
        pack.column(&mut column.values)?;
        let ascend = column.cells.windows(2).all(|pair| pair[0] < pair[1]);
        let inside = column.cells.last().is_none_or(|&last| last < below);
        if ascend && inside && column.cells.len() == column.values.len() {
            Ok(column)
        } else {
            Err(PackError::Damaged("a cube of another shape"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column() -> SparseColumn {
        let mut column = SparseColumn::default();
        for (cell, value) in [(2, 5), (3, 0), (700, -1), (1 << 40, 8)] {
            column.push(cell, value);
        }
        column
    }

    fn stored() -> PackReader {
        let mut pack = PackWriter::default();
        column().write(&mut pack);
        PackReader::open(&pack.finish().unwrap()).unwrap()
    }

    #[test]
    fn what_is_written_is_read_and_summed() {
        let read = SparseColumn::read(&mut stored(), (1 << 40) + 1).unwrap();
        assert_eq!(read, column());
        assert_eq!(read.len(), 3);
        assert_eq!([0..2, 2..3, 2..701, 3..u64::MAX].map(|cells| read.sum(cells)), [0, 5, 4, 7]);
        assert_eq!(SparseColumn::default().sum(0..9), 0);
    }

    #[test]
    fn cells_past_the_end_or_out_of_order_are_damage() {
        assert!(SparseColumn::read(&mut stored(), 1 << 40).is_err());
        let mut pack = PackWriter::default();
        pack.column(Step::Difference, [3, 3]).column(Step::Plain, [1, 1]);
        let mut pack = PackReader::open(&pack.finish().unwrap()).unwrap();
        assert!(SparseColumn::read(&mut pack, 9).is_err());
    }
}
