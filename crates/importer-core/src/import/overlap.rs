//! Rows that are in several files, as where exports of two periods overlap; and orders of which
//! several files have lines that differ.
//!
//! Two rows of one file that are the same are two rows. So a row is in an earlier file, too, as often
//! as that has it, and not more. Rows are the same if all that is read of them is: how it is written
//! does not matter, nor what stands in columns that are not read.

use std::collections::HashMap;

use snapshot::Day;

use crate::keys::{long_hash, short_hash};
use crate::rows::Purchase;

/// Days between two lines from which on they are hardly of one order.
pub const FAR: u64 = 60;

/// What is remembered of the rows of all files so far.
#[derive(Default)]
pub struct OverlapLook {
    file: u32,
    rows: HashMap<u128, Seen>,
    orders: HashMap<u64, Met>,
}

/// How often a row was met.
#[derive(Default)]
struct Seen {
    file: u32,
    /// In the file.
    here: u32,
    /// In that of the earlier files which has it most often.
    before: u32,
}

/// Where an order was met first.
struct Met {
    file: u32,
    customer: Option<u64>,
    day: Day,
    /// Whether it was told that another file has it, too.
    is_told: bool,
}

/// What an order of an earlier file, too, seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across {
    /// The same order.
    Same,
    /// Another one of the same number: of another customer, or of quite another time.
    Another,
}

impl OverlapLook {
    /// Begins a file.
    pub fn begin(&mut self) {
        self.file = self.file.saturating_add(1);
    }

    /// Whether an earlier file has a row, too, of which this is read.
    pub fn is_again(&mut self, read: &[impl AsRef<str>]) -> bool {
        let seen = self.rows.entry(long_hash(read)).or_default();
        if seen.file != self.file {
            seen.before = seen.before.max(seen.here);
            (seen.file, seen.here) = (self.file, 0);
        }
        seen.here = seen.here.saturating_add(1);
        seen.here <= seen.before
    }

    /// Whether an order's number is that of an earlier file's.
    pub fn is_of_earlier(&mut self, row: &Purchase) -> bool {
        let (file, day) = (self.file, row.day);
        let met = self.orders.entry(short_hash(&[&row.order_id]));
        met.or_insert(Met { file, customer: None, day, is_told: false }).file != file
    }

    /// Whether an order has lines in an earlier file, too; told once of each.
    pub fn across(&mut self, row: &Purchase) -> Option<Across> {
        let customer = row.customer_id.as_ref().map(|id| short_hash(&[id]));
        let (file, day) = (self.file, row.day);
        let met = self.orders.entry(short_hash(&[&row.order_id]));
        let met = met.or_insert(Met { file, customer, day, is_told: false });
        if met.file == file || met.is_told {
            return None;
        }
        met.is_told = true;
        let is_other = met.customer.zip(customer).is_some_and(|(one, other)| one != other);
        let days = i64::from(met.day.0).abs_diff(day.0.into());
        let is_far = days > FAR;
        Some(if is_other || is_far { Across::Another } else { Across::Same })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_again_as_often_as_an_earlier_file_has_it() {
        let mut look = OverlapLook::default();
        let again = |look: &mut OverlapLook, rows: &[[&str; 2]]| -> Vec<bool> {
            look.begin();
            rows.iter().map(|row| look.is_again(row)).collect()
        };
        let first = again(&mut look, &[["1", "5"], ["1", "5"], ["2", "5"]]);
        assert_eq!(first, [false; 3], "rows of one file are never again");
        let second = again(&mut look, &[["1", "5"], ["1", "5"], ["1", "5"], ["3", "5"]]);
        assert_eq!(second, [true, true, false, false]);
        let third = again(&mut look, &[["1", "5"], ["3", "5"], ["4", "5"]]);
        assert_eq!(third, [true, true, false]);
    }

    #[test]
    fn orders_of_several_files_are_told_once_and_by_whose_they_are() {
        let line = |order: &str, customer: &str, day: i32| Purchase {
            transaction_id: String::new(),
            order_id: order.to_owned(),
            customer_id: (!customer.is_empty()).then(|| customer.to_owned()),
            product_id: None,
            day: Day(day),
            quantity: None,
            amount: 1,
        };
        let mut look = OverlapLook::default();
        let mut across =
            |order: &str, customer: &str, day: i32| look.across(&line(order, customer, day));
        assert_eq!(across("1", "a", 0), None);
        assert_eq!(across("1", "a", 0), None);
        assert_eq!(across("2", "b", 0), None);
        assert_eq!(across("3", "", 0), None);
        look.begin();
        let mut across =
            |order: &str, customer: &str, day: i32| look.across(&line(order, customer, day));
        assert_eq!(across("1", "a", 20), Some(Across::Same));
        assert_eq!(across("1", "a", 20), None);
        assert_eq!(across("2", "c", 20), Some(Across::Another));
        assert_eq!(across("3", "c", 300), Some(Across::Another));
        assert_eq!(across("4", "c", 300), None);
    }
}
