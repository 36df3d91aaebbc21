//! Blocks of days, in which the variants of a cube of pairs of days are stored.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "the shape passed `Shape::check`: strata by days fit 32 bits, by pairs of days 64"
)]

use super::layer::Place;
use super::shape::Shape;
use super::spec::{Counts, CubeId};
use crate::pack::PackError;

/// Days of the longest range that near rows can tell.
pub const NEAREST: usize = 92;

/// Distances on one side of a row, and none.
pub(super) const WIDTH: u64 = NEAREST as u64 + 1;

/// Cells of a day's rows.
pub(super) const ROW: u64 = WIDTH * WIDTH;

/// Blocks of all categories together at most; each alone have twice as many together, or one each.
const MOST_BLOCKS: usize = 64;

/// Some days of which pairs are stored together: those on which windows begin, or those of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// First day.
    pub first: usize,
    /// Number of days.
    pub days: usize,
    /// Days from its first to the last of all.
    pub reach: usize,
}

impl Shape {
    /// All blocks of a variant of a cube, in order.
    pub fn blocks(self, cube: CubeId, variant: u32) -> impl Iterator<Item = Block> {
        let length = self.block_days(cube, variant);
        (0..self.days).step_by(length).map(move |first| Block {
            first,
            days: length.min(self.days - first),
            reach: self.days - first,
        })
    }

    /// The number of the block that holds a day, and the block.
    pub fn block(self, cube: CubeId, variant: u32, day: usize) -> Option<(u32, Block)> {
        let number = day / self.block_days(cube, variant);
        Some((u32::try_from(number).ok()?, self.blocks(cube, variant).nth(number)?))
    }

    /// Days of a block. All categories together have more pairs of days than each alone, where
    /// windows that began before, which every block has, weigh more. A long time or many
    /// categories make blocks longer, so that there are not too many to be listed.
    fn block_days(self, cube: CubeId, variant: u32) -> usize {
        let of_all = self.days.saturating_mul(self.categories);
        match (cube.spec().counts, variant) {
            (Counts::Customers, 0) => self.days.div_ceil(MOST_BLOCKS).max(32),
            (Counts::Customers, _) => of_all.div_ceil(2 * MOST_BLOCKS).max(96),
            _ => of_all.div_ceil(MOST_BLOCKS).max(2 * NEAREST),
        }
    }
}

impl Place {
    /// Its block of days in a snapshot of some shape; none past the last day.
    pub fn days(self, shape: Shape) -> Option<Block> {
        shape.blocks(self.cube, self.variant).nth(self.block as usize)
    }

    /// How many cells there are, of which most are 0.
    pub(super) fn sparse_cells(self, shape: Shape) -> Result<u64, PackError> {
        let spec = self.cube.spec();
        let shape = spec.shape(shape);
        if !spec.has_blocks() {
            return Ok(shape.gaps());
        }
        let block = self.days(shape).ok_or(PackError::Damaged("a block past the last day"))?;
        Ok(match spec.counts {
            Counts::Customers => block.cell(shape.strata(), 0, block.first),
            _ => block.near_cells(shape),
        })
    }
}

/// Cells of distinct customers.
///
/// A customer is counted on a day of a window if the customer's day before (with a line, or an
/// order) lies before the window: once a window, then, on the first day there. So what counts is
/// pairs of days (before, day), and a window sums those with `before < first <= day <= last`.
///
/// A block serves the windows that begin in its days. Its row 0 has all pairs whose first day lies
/// before the block, its row r those with the block's r-th day: a window that begins on the block's
/// k-th day (from 0) is the sum of rows 0 to k over its days.
impl Block {
    /// The cell of a stratum, a row and a day.
    pub fn cell(self, stratum: usize, row: usize, day: usize) -> u64 {
        let start = (stratum * self.days + row) as u64 * self.reach as u64;
        start + day.saturating_sub(self.first) as u64
    }
}

impl Block {
    /// The number of a stratum's day.
    pub(super) fn row(self, stratum: usize, day: usize) -> u64 {
        stratum as u64 * self.days as u64 + day.saturating_sub(self.first) as u64
    }

    /// All cells of near rows.
    pub(super) fn near_cells(self, shape: Shape) -> u64 {
        self.row(shape.strata(), self.first) * ROW
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cubes::{SMALL, Stretch};

    const SHAPE: Shape = SMALL;

    #[test]
    fn blocks_cover_all_days_and_their_cells_do_not_meet() {
        for (cube, variant) in
            [(CubeId::DayWindows, 0), (CubeId::DayWindows, 1), (CubeId::NearFeedback, 1)]
        {
            let blocks: Vec<Block> = SHAPE.blocks(cube, variant).collect();
            assert_eq!(blocks.iter().map(|block| block.days).sum::<usize>(), SHAPE.days);
            for day in 0..SHAPE.days {
                let (number, block) = SHAPE.block(cube, variant, day).unwrap();
                assert_eq!(Place { cube, variant, block: number }.days(SHAPE), Some(block));
                assert!((block.first..block.first + block.days).contains(&day));
                assert_eq!(blocks[number as usize], block);
            }
            assert_eq!(SHAPE.block(cube, variant, 200), None);
        }
        let large = Shape { days: 10_000, categories: 500, ..SHAPE };
        assert_eq!(large.blocks(CubeId::DayWindows, 0).count(), 64);
        assert_eq!(large.blocks(CubeId::DayWindows, 1).count(), 1);
        let (_, block) = SHAPE.block(CubeId::DayWindows, 0, 97).unwrap();
        let rows = (0..2).flat_map(|stratum| (0..4).map(move |row| (stratum, row)));
        let cells: Vec<u64> = rows
            .flat_map(|(stratum, row)| (96..100).map(move |day| block.cell(stratum, row, day)))
            .collect();
        assert_eq!(cells, (0..32).collect::<Vec<_>>());
    }

    #[test]
    fn a_window_is_the_rows_up_to_its_first_day() {
        let (_, block) = SHAPE.block(CubeId::DayWindows, 0, 66).unwrap();
        let stretch = Stretch::of_day_window(block, (66, 70));
        let ranges: Vec<_> = stretch.ranges(&[1]).collect();
        let rows = (0..3).map(|row| block.cell(1, row, 66)..block.cell(1, row, 70) + 1);
        assert_eq!(ranges, rows.collect::<Vec<_>>());
    }
}
