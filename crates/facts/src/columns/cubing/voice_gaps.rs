//! Feedback and contacts in the gaps between the months of a category.

use snapshot::columns::NO_CUSTOMER;
use snapshot::cubes::{Gap, Shape, SparseColumn, VoiceGaps};

use super::tally::{Sum, Tally};
use crate::columns::Columns;

impl Columns {
    /// The gaps of one category.
    pub(super) fn voice_gaps(&self, shape: Shape, category: u16) -> VoiceGaps {
        let months = CategoryMonths::of(self, shape, category);
        let column = |rows: &mut dyn Iterator<Item = (u32, u16)>| {
            let mut tally = Tally::default();
            for (customer, day) in rows {
                if customer != NO_CUSTOMER
                    && let Some(gap) = months.gap(self, shape, customer as usize, day)
                {
                    tally.add(gap.cell(shape), Sum::of(1));
                }
            }
            let mut column = SparseColumn::default();
            tally.take().into_iter().for_each(|(cell, sum)| column.push(cell, sum.count));
            column
        };
        let (feedback, contacts) = (&self.feedback, &self.contacts);
        let rows = || feedback.customer.iter().copied().zip(feedback.day.iter().copied());
        let scored = |score: u8| {
            let of = rows().zip(&feedback.score).filter(move |&(_, &found)| found == score);
            column(&mut of.map(|(row, _)| row))
        };
        let asked = || contacts.customer.iter().copied().zip(contacts.day.iter().copied());
        let answered = asked().zip(&contacts.responded).filter(|&(_, &responded)| responded != 0);
        VoiceGaps {
            scores: [1, 2, 3, 4, 5].map(scored),
            contacts: column(&mut asked()),
            responses: column(&mut answered.map(|(row, _)| row)),
        }
    }
}

/// The months in which each customer has a line of one category.
struct CategoryMonths {
    months: Vec<usize>,
    /// Where each customer's months begin, and where the last one's end.
    offsets: Vec<usize>,
    month_of: Vec<usize>,
}

impl CategoryMonths {
    fn of(columns: &Columns, shape: Shape, category: u16) -> Self {
        let month_of: Vec<usize> = (0..shape.days).map(|day| columns.month(day as u16)).collect();
        let (lines, mut months, mut offsets) = (&columns.purchases, Vec::new(), vec![0]);
        for customer in 0..columns.customers.len() {
            let start = months.len();
            let bought = columns.lines_of(customer).filter(|&at| lines.category[at] == category);
            months.extend(bought.map(|line| month_of[usize::from(lines.day[line])]));
            months[start..].sort_unstable();
            offsets.push(months.len());
        }
        Self { months, offsets, month_of }
    }

    /// The gap that a row lies in; none if there is a line in its month.
    fn gap(&self, columns: &Columns, shape: Shape, customer: usize, day: u16) -> Option<Gap> {
        let months = &self.months[self.offsets[customer]..self.offsets[customer + 1]];
        let month = self.month_of[usize::from(day)];
        let at = months.partition_point(|&bought| bought < month);
        let after = months.get(at).copied();
        let before = at.checked_sub(1).map(|at| months[at]);
        let stratum = columns.stratum(shape, customer);
        (after != Some(month)).then_some(Gap { stratum, month, before, after })
    }
}
