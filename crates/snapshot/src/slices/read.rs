//! Slices as they were read.

use super::{
    CUSTOMERS, Grid, PACK_AMOUNTS, PACK_ANSWERS, PACK_KINDS, PACK_LINES, PACK_SCORES, PACK_VALUES,
};
use crate::columns::{ContactColumns, CustomerColumns, FeedbackColumns, NO_DAY, days_in};
use crate::pack::{EncodedPack, PackError, PackReader};

/// The lines of a category in a span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Number of the block.
    pub block: u32,
    /// Code of the category.
    pub category: u16,
    /// Number of the customer, ascending; that of guests is the one after the last.
    pub customer: Vec<u32>,
    /// Day of the line.
    pub day: Vec<u16>,
    /// Number of the order within the customer's day; 0 for a line that is not positive.
    pub order: Vec<u32>,
    /// Number of an order of several days or customers, from 1; 0 for all others.
    pub shared: Vec<u32>,
    /// 1 where the amount is not positive.
    pub returned: Vec<u8>,
}

/// Amounts and quantities of the lines of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Number of the block.
    pub block: u32,
    /// Amount in money units.
    pub amount: Vec<i64>,
    /// Units sold.
    pub quantity: Vec<i32>,
}

/// Slices of one snapshot, as far as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slices {
    /// Customers, without numbers of lines; of who was not read what they are worth, nothing.
    pub customers: CustomerColumns,
    /// By block.
    pub lines: Vec<Lines>,
    /// By block.
    pub amounts: Vec<Amounts>,
    /// By span.
    pub scores: Vec<FeedbackColumns>,
    /// By span.
    pub answers: Vec<ContactColumns>,
}

impl Slices {
    /// Takes a block of a snapshot of so many customers; those of a pack in the order of their
    /// numbers. Other packs are left alone.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the block is not what was written.
    pub fn take(
        &mut self,
        grid: Grid,
        customers: usize,
        name: &str,
        block: u32,
        pack: &EncodedPack,
    ) -> Result<(), PackError> {
        let span = || Ok(block as usize).and_then(|span| within(span < grid.spans).map(|()| span));
        match name {
            PACK_KINDS => self.kinds(customers, pack),
            PACK_VALUES => self.values(customers, pack),
            PACK_LINES => {
                let at = grid.of_block(block).ok_or(OTHER)?;
                let lines = Lines::decode(grid, at, customers, block, pack)?;
                self.lines.push(lines);
                Ok(())
            }
            PACK_AMOUNTS => {
                let (mut reader, mut read) =
                    (PackReader::open(pack)?, Amounts { block, ..Amounts::default() });
                reader.column(&mut read.amount)?;
                reader.column(&mut read.quantity)?;
                within(read.amount.len() == read.quantity.len())?;
                self.amounts.push(read);
                Ok(())
            }
            PACK_SCORES => {
                let (span, read) = (span()?, FeedbackColumns::decode(pack)?);
                within_span(grid, span, &read.day)?;
                self.scores.push(read);
                Ok(())
            }
            PACK_ANSWERS => {
                let (span, read) = (span()?, ContactColumns::decode(pack)?);
                within_span(grid, span, &read.day)?;
                self.answers.push(read);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Makes sure that all customers are there.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if some are missing.
    pub fn close(&mut self, customers: usize) -> Result<(), PackError> {
        let read = &mut self.customers;
        within(read.segment.len() == customers)?;
        if read.first_purchase.is_empty() {
            read.first_purchase.resize(customers, NO_DAY);
            read.last_purchase.resize(customers, NO_DAY);
            read.orders.resize(customers, 0);
            read.lifetime_value.resize(customers, 0);
        }
        within(read.first_purchase.len() == customers)
    }

    fn kinds(&mut self, customers: usize, pack: &EncodedPack) -> Result<(), PackError> {
        let (mut reader, mut rfm) = (PackReader::open(pack)?, Vec::<u8>::new());
        let read = &mut self.customers;
        let from = read.segment.len();
        reader.column(&mut read.segment)?;
        reader.column(&mut read.churn)?;
        reader.column(&mut rfm)?;
        read.rfm_segment.extend(rfm.iter().map(|code| code.wrapping_sub(1)));
        let lengths = [read.segment.len(), read.churn.len(), read.rfm_segment.len()];
        full(from, customers, &lengths)
    }

    fn values(&mut self, customers: usize, pack: &EncodedPack) -> Result<(), PackError> {
        let (mut reader, mut days) = (PackReader::open(pack)?, Vec::new());
        let read = &mut self.customers;
        let from = read.first_purchase.len();
        reader.column(&mut days)?;
        days_in(&mut days, &mut read.first_purchase)?;
        reader.column(&mut days)?;
        days_in(&mut days, &mut read.last_purchase)?;
        reader.column(&mut read.orders)?;
        reader.column(&mut read.lifetime_value)?;
        let lengths = [
            read.first_purchase.len(),
            read.last_purchase.len(),
            read.orders.len(),
            read.lifetime_value.len(),
        ];
        full(from, customers, &lengths)
    }
}

impl Lines {
    fn decode(
        grid: Grid,
        (category, span): (usize, usize),
        customers: usize,
        block: u32,
        pack: &EncodedPack,
    ) -> Result<Self, PackError> {
        let category = u16::try_from(category).map_err(|_| OTHER)?;
        let mut reader = PackReader::open(pack)?;
        let mut read = Self { block, category, ..Self::default() };
        reader.column(&mut read.customer)?;
        reader.column(&mut read.day)?;
        reader.column(&mut read.order)?;
        reader.column(&mut read.shared)?;
        reader.column(&mut read.returned)?;
        let rows = read.customer.len();
        let lengths = [read.day.len(), read.order.len(), read.shared.len(), read.returned.len()];
        within(lengths == [rows; 4] && read.customer.is_sorted())?;
        within(read.customer.last().is_none_or(|&last| last as usize <= customers))?;
        let start = u16::try_from(grid.days(span).start).map_err(|_| OTHER)?;
        for day in &mut read.day {
            *day = day.saturating_add(start);
        }
        within_span(grid, span, &read.day)?;
        Ok(read)
    }
}

const OTHER: PackError = PackError::Damaged("a slice of another shape");

fn within(holds: bool) -> Result<(), PackError> {
    if holds { Ok(()) } else { Err(OTHER) }
}

fn within_span(grid: Grid, span: usize, days: &[u16]) -> Result<(), PackError> {
    let span = grid.days(span);
    within(days.iter().all(|&day| span.contains(&usize::from(day))))
}

/// Every block but the last has as many customers as any.
fn full(from: usize, customers: usize, lengths: &[usize]) -> Result<(), PackError> {
    let to = customers.min(from + CUSTOMERS);
    within(from < customers && lengths.iter().all(|&length| length == to))
}
