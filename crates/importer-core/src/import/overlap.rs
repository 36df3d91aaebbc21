//! Rows that are in several files, word for word, as where exports of two periods overlap; and orders
//! of which several files have lines that differ.
//!
//! Two rows of one file that are the same are two rows. So a row is in an earlier file, too, as often
//! as that has it, and not more.

use std::collections::HashMap;

use super::record::Record;
use crate::keys::{long_hash, short_hash};

/// What is remembered of the rows of all files so far.
#[derive(Default)]
pub struct OverlapLook {
    /// Names of the columns that all files have.
    columns: Vec<String>,
    /// Where they stand in the file that is read.
    places: Vec<usize>,
    file: u32,
    rows: HashMap<u128, Seen>,
    /// The file in which an order was met; none where it was told that there are several.
    orders: HashMap<u64, Option<u32>>,
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

impl OverlapLook {
    /// A look at files that have columns in common.
    pub fn new(columns: Vec<String>) -> Self {
        Self { columns, ..Self::default() }
    }

    /// Begins a file with a header.
    pub fn begin(&mut self, header: &[String]) {
        self.file = self.file.saturating_add(1);
        let place = |name: &String| header.iter().position(|known| known == name);
        self.places = self.columns.iter().filter_map(place).collect();
    }

    /// Whether an earlier file has a row, too.
    pub fn is_again(&mut self, record: &Record) -> bool {
        let cells = self.places.iter().filter_map(|&at| record.cells.get(at));
        let cells: Vec<&str> = cells.map(|cell| cell.trim()).collect();
        let seen = self.rows.entry(long_hash(&cells)).or_default();
        if seen.file != self.file {
            seen.before = seen.before.max(seen.here);
            (seen.file, seen.here) = (self.file, 0);
        }
        seen.here = seen.here.saturating_add(1);
        seen.here <= seen.before
    }

    /// Whether an order has lines in an earlier file, too; told once of each.
    pub fn is_across(&mut self, order: &str) -> bool {
        let file = self.file;
        let first = self.orders.entry(short_hash(&[order])).or_insert(Some(file));
        let is_across = first.is_some_and(|first| first != file);
        if is_across {
            *first = None;
        }
        is_across
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(cells: &[&str]) -> Record {
        let cells = cells.iter().map(|&cell| cell.to_owned()).collect();
        Record { cells, ..Record::default() }
    }

    #[test]
    fn a_row_is_again_as_often_as_an_earlier_file_has_it() {
        let names = |names: &[&str]| -> Vec<String> { names.iter().map(|&n| n.into()).collect() };
        let mut look = OverlapLook::new(names(&["order", "sum"]));
        let again = |look: &mut OverlapLook, header: &[&str], rows: &[&[&str]]| -> Vec<bool> {
            look.begin(&names(header));
            rows.iter().map(|row| look.is_again(&record(row))).collect()
        };
        let first = again(&mut look, &["order", "sum"], &[&["1", "5"], &["1", "5"], &["2", "5"]]);
        assert_eq!(first, [false; 3], "rows of one file are never again");
        let second: [&[&str]; 4] =
            [&["5", "x", "1"], &["5", "", "1 "], &["5", "", "1"], &["5", "", "3"]];
        let second = again(&mut look, &["sum", "note", "order"], &second);
        assert_eq!(second, [true, true, false, false]);
        let third = again(&mut look, &["order", "sum"], &[&["1", "5"], &["3", "5"], &["4", "5"]]);
        assert_eq!(third, [true, true, false]);
    }

    #[test]
    fn orders_of_several_files_are_told_once() {
        let mut look = OverlapLook::default();
        look.begin(&[]);
        assert!(!look.is_across("1") && !look.is_across("1") && !look.is_across("2"));
        look.begin(&[]);
        assert!(look.is_across("1") && !look.is_across("1") && !look.is_across("3"));
    }
}
