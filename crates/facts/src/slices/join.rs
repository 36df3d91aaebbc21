//! Columns of the rows that were read.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "numbers of rows and orders, of which there are at most as many as 32 bits count"
)]

use std::collections::HashMap;
use std::sync::Arc;

use snapshot::slices::{Amounts, Lines, Slices};
use snapshot::{ContactColumns, FeedbackColumns, Meta, PurchaseColumns};

use crate::columns::{Columns, FactsError};

/// Puts slices together to columns, in an order as that of all rows: customer by customer, the
/// lines of an order together, guests last.
pub(super) fn columns(meta: Arc<Meta>, slices: Slices) -> Result<Columns, FactsError> {
    let Slices { mut customers, lines, amounts, scores, answers } = slices;
    let all = lines.iter().fold(0, |all: usize, lines| all.saturating_add(lines.day.len()));
    // One less than there are numbers of 32 bits, since that stands for no order.
    if u32::try_from(all).map_or(true, |all| all == u32::MAX) {
        return Err(FactsError::Damaged("too many lines".to_owned()));
    }
    let mut rows = Rows::default();
    for lines in lines {
        let at = amounts.binary_search_by_key(&lines.block, |amounts| amounts.block);
        rows.append(lines, at.ok().and_then(|at| amounts.get(at)))?;
    }
    customers.lines = vec![0; customers.len()];
    for &customer in &rows.customer {
        // Guests' is the one after the last.
        if let Some(lines) = customers.lines.get_mut(customer as usize) {
            *lines += 1;
        }
    }
    let count = customers.len();
    let (scores, answers) = (joined_scores(&scores, count), joined_answers(&answers, count));
    Columns::new(meta, customers, rows.joined(count), Some(scores), Some(answers))
}

/// Lines of all blocks, one block after the other.
#[derive(Default)]
struct Rows {
    customer: Vec<u32>,
    number: Vec<u32>,
    shared: Vec<u32>,
    lines: PurchaseColumns,
}

impl Rows {
    fn append(&mut self, read: Lines, amounts: Option<&Amounts>) -> Result<(), FactsError> {
        let rows = read.day.len();
        match amounts {
            None => {
                // Whether it is positive is all that counts of it.
                let sign = read.returned.iter().map(|&returned| i64::from(returned == 0));
                self.lines.amount.extend(sign);
                self.lines.quantity.resize(self.lines.quantity.len() + rows, 0);
            }
            Some(Amounts { amount, quantity, .. }) => {
                let same = |(&amount, &returned): (&i64, &u8)| (amount <= 0) == (returned != 0);
                if amount.len() != rows || !amount.iter().zip(&read.returned).all(same) {
                    let what = format!("amounts of other lines than those of block {}", read.block);
                    return Err(FactsError::Damaged(what));
                }
                self.lines.amount.extend(amount);
                self.lines.quantity.extend(quantity);
            }
        }
        self.customer.extend(read.customer);
        self.number.extend(read.order);
        self.shared.extend(read.shared);
        self.lines.category.resize(self.lines.category.len() + rows, read.category);
        self.lines.day.extend(read.day);
        Ok(())
    }

    /// The lines in their order, with numbers of their orders.
    fn joined(self, customers: usize) -> PurchaseColumns {
        let Self { customer, number, shared, lines } = self;
        let place = |at: &u32| {
            let at = *at as usize;
            match shared[at] {
                0 => (customer[at], 0, lines.day[at], number[at]),
                // On whichever day, it is the same one.
                shared => (customer[at], shared, 0, 0),
            }
        };
        let (mut order, ends) = by_customer(&customer, customers);
        let mut from = 0;
        for to in ends {
            // Most have a few; one after the other they are in order already.
            let own = &mut order[from..to as usize];
            if !own.is_sorted_by_key(place) {
                own.sort_by_key(place);
            }
            from = to as usize;
        }
        let (mut numbers, mut next, mut last) = (HashMap::new(), 0, None);
        let mut orders = Vec::with_capacity(order.len());
        for at in &order {
            let place = place(at);
            if last.is_none_or(|(before, _)| before != place) {
                let fresh = match place.1 {
                    0 => next,
                    shared => *numbers.entry(shared).or_insert(next),
                };
                next += u32::from(fresh == next);
                last = Some((place, fresh));
            }
            orders.extend(last.map(|(_, number)| number));
        }
        PurchaseColumns {
            day: picked(&lines.day, &order),
            category: picked(&lines.category, &order),
            amount: picked(&lines.amount, &order),
            quantity: picked(&lines.quantity, &order),
            order: orders,
        }
    }
}

fn joined_scores(blocks: &[FeedbackColumns], customers: usize) -> FeedbackColumns {
    let customer = blocks.iter().flat_map(|block| &block.customer).copied().collect::<Vec<_>>();
    let (order, _) = by_customer(&customer, customers);
    let bytes = |of: fn(&FeedbackColumns) -> &Vec<u8>| {
        picked(&blocks.iter().flat_map(of).copied().collect::<Vec<_>>(), &order)
    };
    let day = blocks.iter().flat_map(|block| &block.day).copied().collect::<Vec<_>>();
    FeedbackColumns {
        customer: picked(&customer, &order),
        day: picked(&day, &order),
        score: bytes(|block| &block.score),
        channel: bytes(|block| &block.channel),
        reason: bytes(|block| &block.reason),
    }
}

fn joined_answers(blocks: &[ContactColumns], customers: usize) -> ContactColumns {
    let customer = blocks.iter().flat_map(|block| &block.customer).copied().collect::<Vec<_>>();
    let (order, _) = by_customer(&customer, customers);
    let day = blocks.iter().flat_map(|block| &block.day).copied().collect::<Vec<_>>();
    let responded = blocks.iter().flat_map(|block| &block.responded).copied().collect::<Vec<_>>();
    ContactColumns {
        customer: picked(&customer, &order),
        day: picked(&day, &order),
        responded: picked(&responded, &order),
    }
}

/// Numbers of rows by their customers, those of each in the order in which they come, and where
/// each customer's end; who is none of so many comes last.
fn by_customer(customer: &[u32], customers: usize) -> (Vec<u32>, Vec<u32>) {
    let of = |customer: u32| (customer as usize).min(customers);
    let mut ends = vec![0_u32; customers + 1];
    for &customer in customer {
        ends[of(customer)] += 1;
    }
    let mut start = 0;
    for count in &mut ends {
        (*count, start) = (start, start + *count);
    }
    let mut order = vec![0; customer.len()];
    for (row, &customer) in (0..).zip(customer) {
        let next = &mut ends[of(customer)];
        order[*next as usize] = row;
        *next += 1;
    }
    (order, ends)
}

fn picked<T: Copy>(column: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|&at| column[at as usize]).collect()
}
