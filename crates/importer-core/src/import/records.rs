//! Rows of text, whether they come from a CSV file or from a table of a SQLite file.

use anyhow::Result;

use super::csv_file::CsvFile;
use super::fields::Table;
use super::gzip;
use super::mapping::Mapping;
use super::record::Record;
use super::sqlite_file::SqliteTable;
use crate::files::Files;

/// Something with a header and rows.
pub enum Records {
    /// A text file.
    Csv(Box<CsvFile>),
    /// A table of a SQLite file.
    Sqlite(SqliteTable),
}

impl Records {
    /// What may be wrong with a header in which a column is missing; empty if nothing shows.
    pub fn advice(&self, column: &str) -> String {
        match self {
            Self::Csv(file) => file.advice(column),
            Self::Sqlite(_) => String::new(),
        }
    }

    /// What stands between two cells of a text file.
    pub fn delimiter(&self) -> Option<char> {
        match self {
            Self::Csv(file) => Some(file.delimiter()),
            Self::Sqlite(_) => None,
        }
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        match self {
            Self::Csv(file) => file.header(),
            Self::Sqlite(table) => table.header(),
        }
    }

    /// What messages call the file.
    pub fn name(&self) -> &str {
        match self {
            Self::Csv(file) => file.name(),
            Self::Sqlite(table) => table.name(),
        }
    }

    /// Line on which the header ends; 0 for a table, which has none.
    pub fn header_line(&self) -> u64 {
        match self {
            Self::Csv(file) => file.header_line(),
            Self::Sqlite(_) => 0,
        }
    }

    /// Numbers rows on from a number, which stands for the header.
    pub fn number_from(&mut self, begin: u64) {
        match self {
            Self::Csv(file) => file.number_from(begin),
            Self::Sqlite(table) => table.number_from(begin),
        }
    }

    /// Hands over every row in order; gives the number of the last one.
    ///
    /// # Errors
    /// If the disk fails, or `take` does.
    pub fn each(self, take: &mut dyn FnMut(&Record) -> Result<()>) -> Result<u64> {
        match self {
            Self::Csv(file) => file.each(take),
            Self::Sqlite(table) => table.each(take),
        }
    }
}

/// The file in a folder that is called like a table which the mapping does not have.
pub fn unread(from: &dyn Files, table: Table, mapping: &Mapping) -> Option<String> {
    if from.only().is_some() {
        return None;
    }
    let own = format!("{}.csv", table.name());
    let is_read = |name: &str| {
        let mapped = Table::ALL.into_iter().filter_map(|other| mapping.table(other));
        mapped.into_iter().any(|mapped| mapped.file.as_ref().is_some_and(|files| files.has(name)))
    };
    let mut names = from.names().into_iter();
    names.find(|name| gzip::unpacked_name(name).eq_ignore_ascii_case(&own) && !is_read(name))
}
