//! Feedback and contacts under one category: in gaps between months, and near purchases.

use snapshot::columns::NO_CUSTOMER;
use snapshot::cubes::{Block, Cube, CubeSpec, Gap, Near, Shape, SparseCube};

use super::periods::Periods;
use super::tally::Tally;
use crate::columns::Columns;

/// Bits of a key below the number of a block: those of its cells.
const CELL_BITS: u32 = 48;

/// A column of cells in order, with how many rows lie in each.
type Cells = Vec<(u64, i64)>;

impl Columns {
    /// The gaps between the months of one category.
    pub(super) fn feedback_gaps(
        &self,
        spec: &CubeSpec,
        shape: Shape,
        months: &Periods,
        bought: &CategoryDays,
    ) -> Cube {
        let gap = |customer, day| {
            let (month, before, after) = bought.gap(months, customer, day)?;
            let stratum = self.stratum(shape, customer);
            Some(Gap { stratum, month, before, after }.cell(shape))
        };
        let mut gaps = SparseCube::zero(spec);
        for (into, cells) in gaps.columns.iter_mut().zip(self.feedback(gap)) {
            cells.into_iter().for_each(|(cell, sum)| into.push(cell, sum));
        }
        Cube::Sparse(gaps)
    }

    /// The rows near purchases of one category, block by block.
    pub(super) fn near_feedback(
        &self,
        spec: &CubeSpec,
        shape: Shape,
        bought: &CategoryDays,
    ) -> Vec<Cube> {
        let blocks: Vec<Block> = shape.blocks(spec.id, 0).collect();
        let key = |customer, day| {
            let near = self.near(shape, bought, customer, day)?;
            let (number, block) = shape.block(spec.id, 0, near.day)?;
            Some(u64::from(number) << CELL_BITS | near.cell(block))
        };
        let mut near = vec![SparseCube::zero(spec); blocks.len()];
        for (column, cells) in self.feedback(key).into_iter().enumerate() {
            for (key, sum) in cells {
                if let Some(block) = near.get_mut((key >> CELL_BITS) as usize) {
                    block.columns[column].push(key & ((1 << CELL_BITS) - 1), sum);
                }
            }
        }
        near.into_iter().map(Cube::Sparse).collect()
    }

    /// All rows of known customers by cell, a column a kind.
    fn feedback(&self, cell: impl Fn(usize, u16) -> Option<u64>) -> [Cells; 7] {
        let mut tallies: [Tally<i64>; 7] = Default::default();
        self.each_feedback(|column, customer, day| {
            if customer != NO_CUSTOMER
                && let Some(cell) = cell(customer as usize, day)
            {
                tallies[column].add(cell, 1);
            }
        });
        tallies.map(|mut tally| tally.take())
    }

    /// Where a row lies near a purchase, if it does.
    fn near(&self, shape: Shape, bought: &CategoryDays, customer: usize, day: u16) -> Option<Near> {
        let days = bought.of_customer(customer);
        let next = days.partition_point(|&bought| bought < day);
        let past = days.partition_point(|&bought| bought <= day);
        let last = past.checked_sub(1).map(|at| usize::from(days[at]));
        let next = days.get(next).map(|&day| usize::from(day));
        Near::of(self.stratum(shape, customer), usize::from(day), last, next)
    }
}

/// The days on which each customer has a line of one category.
pub(super) struct CategoryDays {
    days: Vec<u16>,
    /// Where each customer's days begin, and where the last one's end.
    offsets: Vec<usize>,
}

impl CategoryDays {
    pub fn of(columns: &Columns, is_of: impl Fn(usize) -> bool) -> Self {
        let (lines, mut days, mut offsets) = (&columns.purchases, Vec::new(), vec![0]);
        for customer in 0..columns.customers.len() {
            let start = days.len();
            let bought = columns.lines_of(customer).filter(|&line| is_of(line));
            days.extend(bought.map(|line| lines.day[line]));
            days[start..].sort_unstable();
            offsets.push(days.len());
        }
        Self { days, offsets }
    }

    fn of_customer(&self, customer: usize) -> &[u16] {
        &self.days[self.offsets[customer]..self.offsets[customer + 1]]
    }

    /// The month of a row and the months with a line around it; none if there is a line in it.
    fn gap(
        &self,
        months: &Periods,
        customer: usize,
        day: u16,
    ) -> Option<(usize, Option<usize>, Option<usize>)> {
        let days = self.of_customer(customer);
        let month = months.of_day(day);
        let at = days.partition_point(|&bought| months.of_day(bought) < month);
        let after = days.get(at).map(|&day| months.of_day(day));
        let before = at.checked_sub(1).map(|at| months.of_day(days[at]));
        (after != Some(month)).then_some((month, before, after))
    }
}
