//! Distinct customers of every window of days, in blocks by the day on which windows begin.
//!
//! A customer is counted on a day of a window if the customer's day before (with a line, or an
//! order) lies before the window: once a window, then, on the first day there. So what counts is
//! pairs of days (before, day), and a window sums those with `before < first <= day <= last`.
//!
//! A block serves the windows that begin in so many days from its first on. Its row 0 has all
//! pairs whose first day lies before the block, its row r those with the block's r-th day: a
//! window that begins on the block's k-th day (from 0) is the sum of rows 0 to k over its days.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the shape passed `Shape::check`: strata by days fit 32 bits, by pairs of days 64"
)]

use std::ops::Range;

use super::shape::Shape;
use super::sparse::SparseColumn;
use crate::pack::{EncodedPack, PackError, PackReader, PackWriter, Step};

/// Blocks of all categories together at most; each alone have twice as many together, or one each.
const MOST_BLOCKS: usize = 64;

/// Distinct customers of the windows of days that begin in one block of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayWindowCells {
    /// Customers with a purchase line.
    pub customers: SparseColumn,
    /// Their lifetime value, in money units, one a cell of `customers`.
    pub lifetime_value: Vec<i64>,
    /// Those of them whose first purchase of all lies in the window.
    pub new_customers: SparseColumn,
    /// Customers with an order, less `customers`.
    pub ordering: SparseColumn,
    /// Customers by their first and, once more, by their second order: customers with two orders
    /// are these less those with one.
    pub orders: SparseColumn,
}

/// Which windows a block serves, and where its cells lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayBlock {
    /// First day on which its windows begin.
    pub first: usize,
    /// Days on which its windows begin; its rows.
    pub starts: usize,
    /// Days from its first to the last of all; its cells a row.
    pub days: usize,
}

impl Shape {
    /// Days of a block of a variant. All categories together have more pairs of days than each
    /// alone, where row 0, which every block has, weighs more. A long time or many categories
    /// make blocks longer, so that there are not too many to be listed.
    pub fn block_days(self, variant: u32) -> usize {
        match variant {
            0 => self.days.div_ceil(MOST_BLOCKS).max(32),
            _ => self.days.saturating_mul(self.categories).div_ceil(2 * MOST_BLOCKS).max(96),
        }
    }

    /// All blocks of a variant, in order.
    pub fn day_blocks(self, variant: u32) -> impl Iterator<Item = DayBlock> {
        let length = self.block_days(variant);
        (0..self.days).step_by(length).map(move |first| DayBlock {
            first,
            starts: length.min(self.days - first),
            days: self.days - first,
        })
    }

    /// The number of the block for windows that begin on a day, and the block.
    pub fn day_block(self, variant: u32, day: usize) -> Option<(u32, DayBlock)> {
        let number = day / self.block_days(variant);
        Some((u32::try_from(number).ok()?, self.day_blocks(variant).nth(number)?))
    }
}

impl DayBlock {
    /// Cells of a stratum's row from one day to another, both included.
    pub fn row(self, stratum: usize, row: usize, days: (usize, usize)) -> Range<u64> {
        let start = (stratum * self.starts + row) as u64 * self.days as u64;
        let at = |day: usize| start + day.saturating_sub(self.first) as u64;
        at(days.0)..at(days.1) + 1
    }
}

impl DayWindowCells {
    /// Bytes in memory.
    pub fn bytes(&self) -> u64 {
        let columns = [&self.customers, &self.new_customers, &self.ordering, &self.orders];
        columns.into_iter().map(SparseColumn::bytes).sum::<u64>()
            + self.lifetime_value.len() as u64 * 8
    }

    /// Encodes all cells.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self) -> Result<EncodedPack, PackError> {
        let mut pack = PackWriter::default();
        self.customers.write(&mut pack);
        pack.column(Step::Plain, self.lifetime_value.iter().copied());
        for column in [&self.new_customers, &self.ordering, &self.orders] {
            column.write(&mut pack);
        }
        pack.finish()
    }

    /// Reads the pack of a block of a snapshot of some shape.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn decode(pack: &EncodedPack, shape: Shape, block: DayBlock) -> Result<Self, PackError> {
        let below = (shape.strata() * block.starts) as u64 * block.days as u64;
        let mut reader = PackReader::open(pack)?;
        let customers = SparseColumn::read(&mut reader, below)?;
        let mut lifetime_value = Vec::new();
        reader.column(&mut lifetime_value)?;
        if lifetime_value.len() != customers.len() {
            return Err(PackError::Damaged("a cube of another shape"));
        }
        let mut next = || SparseColumn::read(&mut reader, below);
        let (new_customers, ordering, orders) = (next()?, next()?, next()?);
        Ok(Self { customers, lifetime_value, new_customers, ordering, orders })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cubes::Grain;

    const SHAPE: Shape = Shape {
        segments: 2,
        risks: 2,
        categories: 1,
        rfm_segments: 11,
        aspects: 0,
        grain: Grain::Coarse,
        months: 4,
        days: 100,
    };

    #[test]
    fn blocks_cover_all_days_and_their_cells_do_not_meet() {
        for variant in 0..2 {
            let blocks: Vec<DayBlock> = SHAPE.day_blocks(variant).collect();
            assert_eq!(blocks.iter().map(|block| block.starts).sum::<usize>(), SHAPE.days);
            for day in 0..SHAPE.days {
                let (number, block) = SHAPE.day_block(variant, day).unwrap();
                assert_eq!(blocks[number as usize], block);
                assert!((block.first..block.first + block.starts).contains(&day));
            }
            assert_eq!(SHAPE.day_block(variant, 200), None);
        }
        let large = Shape { days: 10_000, categories: 500, ..SHAPE };
        assert_eq!(large.day_blocks(0).count(), 64);
        assert_eq!(large.day_blocks(1).count(), 1);
        let (_, block) = SHAPE.day_block(0, 97).unwrap();
        let rows =
            (0..2).flat_map(|stratum| (0..4).map(move |row| block.row(stratum, row, (96, 99))));
        let cells: Vec<u64> = rows.flatten().collect();
        assert_eq!(cells, (0..32).collect::<Vec<_>>());
    }

    #[test]
    fn blocks_round_trip_and_have_a_shape() {
        let (_, block) = SHAPE.day_block(0, 64).unwrap();
        let mut cells = DayWindowCells::default();
        cells.customers.push(block.row(1, 3, (70, 70)).start, 2);
        cells.lifetime_value.push(-990);
        cells.orders.push(4607, 1);
        let pack = cells.encode().unwrap();
        assert_eq!(DayWindowCells::decode(&pack, SHAPE, block).as_ref(), Ok(&cells));
        let (_, smaller) = SHAPE.day_block(0, 99).unwrap();
        assert!(DayWindowCells::decode(&pack, SHAPE, smaller).is_err());
        cells.lifetime_value.clear();
        assert!(DayWindowCells::decode(&cells.encode().unwrap(), SHAPE, block).is_err());
    }
}
