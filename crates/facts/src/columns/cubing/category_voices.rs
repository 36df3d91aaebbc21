//! Feedback and contacts under one category: in gaps between months, and near purchases.

use snapshot::columns::NO_CUSTOMER;
use snapshot::cubes::{Gap, Near, NearBlock, Shape, SparseVoices};

use super::tally::{Sum, Tally};
use crate::columns::Columns;

/// Bits of a key below the number of a block: those of its cells.
const CELL_BITS: u32 = 48;

/// A column of cells in order, with how many rows lie in each.
type Cells = Vec<(u64, Sum)>;

impl Columns {
    /// The gaps between the months of one category.
    pub(super) fn voice_gaps(&self, shape: Shape, bought: &CategoryDays) -> SparseVoices {
        let cell = |customer, day| Some(self.gap(shape, bought, customer, day)?.cell(shape));
        let mut gaps = SparseVoices::default();
        for (into, cells) in gaps.columns_mut().zip(self.voices(cell)) {
            cells.into_iter().for_each(|(cell, sum)| into.push(cell, sum.count));
        }
        gaps
    }

    /// The rows near purchases of one category, block by block.
    pub(super) fn near_voices(&self, shape: Shape, bought: &CategoryDays) -> Vec<SparseVoices> {
        let blocks: Vec<NearBlock> = shape.near_blocks().collect();
        let key = |customer, day| {
            let near = self.near(shape, bought, customer, day)?;
            let number = shape.near_block(near.day);
            Some((number as u64) << CELL_BITS | near.cell(*blocks.get(number)?))
        };
        let mut near = vec![SparseVoices::default(); blocks.len()];
        for (column, cells) in self.voices(key).into_iter().enumerate() {
            for (key, sum) in cells {
                let block = near.get_mut((key >> CELL_BITS) as usize);
                if let Some(into) = block.and_then(|block| block.columns_mut().nth(column)) {
                    into.push(key & ((1 << CELL_BITS) - 1), sum.count);
                }
            }
        }
        near
    }

    /// All rows of known customers by cell, a column a kind.
    fn voices(&self, cell: impl Fn(usize, u16) -> Option<u64>) -> [Cells; 7] {
        let cell = |customer: u32, day| match customer {
            NO_CUSTOMER => None,
            customer => cell(customer as usize, day),
        };
        let mut tallies: [Tally; 7] = Default::default();
        let (feedback, contacts) = (&self.feedback, &self.contacts);
        for ((&customer, &day), &score) in
            feedback.customer.iter().zip(&feedback.day).zip(&feedback.score)
        {
            if let Some(cell) = cell(customer, day) {
                tallies[usize::from(score) - 1].add(cell, Sum::of(1));
            }
        }
        for ((&customer, &day), &responded) in
            contacts.customer.iter().zip(&contacts.day).zip(&contacts.responded)
        {
            if let Some(cell) = cell(customer, day) {
                tallies[5].add(cell, Sum::of(1));
                if responded != 0 {
                    tallies[6].add(cell, Sum::of(1));
                }
            }
        }
        tallies.map(|mut tally| tally.take())
    }

    /// The gap that a row lies in; none if there is a line in its month.
    fn gap(&self, shape: Shape, bought: &CategoryDays, customer: usize, day: u16) -> Option<Gap> {
        let days = bought.of_customer(customer);
        let month_of = |day: u16| bought.month_of[usize::from(day)];
        let month = month_of(day);
        let at = days.partition_point(|&bought| month_of(bought) < month);
        let after = days.get(at).copied().map(month_of);
        let before = at.checked_sub(1).map(|at| month_of(days[at]));
        let stratum = self.stratum(shape, customer);
        (after != Some(month)).then_some(Gap { stratum, month, before, after })
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
    month_of: Vec<usize>,
}

impl CategoryDays {
    pub fn of(columns: &Columns, shape: Shape, category: u16) -> Self {
        let (lines, mut days, mut offsets) = (&columns.purchases, Vec::new(), vec![0]);
        for customer in 0..columns.customers.len() {
            let start = days.len();
            let bought = columns.lines_of(customer).filter(|&at| lines.category[at] == category);
            days.extend(bought.map(|line| lines.day[line]));
            days[start..].sort_unstable();
            offsets.push(days.len());
        }
        Self { days, offsets, month_of: columns.months(shape) }
    }

    fn of_customer(&self, customer: usize) -> &[u16] {
        &self.days[self.offsets[customer]..self.offsets[customer + 1]]
    }
}
