//! One row, from whatever file.

use super::rejects::Reject;

/// One row as read.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Line in the file, from 1; number of the row for a SQLite table.
    pub line: u64,
    /// The same, counted on from file to file where a table is read from several.
    pub number: u64,
    /// Its cells, as many as the header has.
    pub cells: Vec<String>,
    /// Why the row cannot be read at all.
    pub problem: Option<Reject>,
    /// True if no cell has anything in it.
    pub blank: bool,
    /// True if it stands on several lines, because a cell has line breaks.
    pub broken: bool,
}
