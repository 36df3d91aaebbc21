//! Rows of text, whether they come from a CSV file or from a table of a SQLite file.

use anyhow::{Result, bail};

use super::csv_file::CsvFile;
use super::fields::Table;
use super::file_kind::{self, FileKind};
use super::gzip;
use super::mapping::{Mapping, TableMapping};
use super::near::did_you_mean;
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
    /// Opens the rows of a table in a source: a folder, a CSV file or a SQLite file.
    ///
    /// # Errors
    /// If the file or table is not there, or its header cannot be read.
    pub fn open(
        from: &dyn Files,
        table: Table,
        mapped: &TableMapping,
        all: &Mapping,
    ) -> Result<Self> {
        let only = from.only();
        if let Some(only) = &only
            && file_kind::of(from, only)? == FileKind::Sqlite
        {
            if let Some(file) = &mapped.file {
                bail!(
                    "{} is a SQLite file, so [{}] has no file '{file}': leave file out of the \
                     mapping, or name a table of the SQLite file with table",
                    from.called(only),
                    table.name()
                );
            }
            let name = mapped.table.as_deref().unwrap_or(table.name());
            return Ok(Self::Sqlite(SqliteTable::open(from, only, name)?));
        }
        let name = file_of(from, table, mapped)?;
        if file_kind::of(from, &name)? == FileKind::Sqlite {
            bail!(
                "{} is a SQLite file, not a CSV file: give it itself with --from, and its tables \
                 with table in the mapping",
                from.called(&name)
            );
        }
        if let (Some(table), true) = (&mapped.table, only.is_some()) {
            bail!(
                "{} is text, not a SQLite file, so it has no table '{table}': leave table out of \
                 the mapping to read it as CSV, or give the SQLite file with --from",
                from.called(&name)
            );
        }
        let wanted = mapped.columns.values().filter(|column| !column.is_empty()).cloned();
        let wanted = wanted.collect();
        let file = CsvFile::open(from, &name, &mapped.format.or(&all.format), wanted)?;
        Ok(Self::Csv(Box::new(file)))
    }

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

    /// Hands over every row in order.
    ///
    /// # Errors
    /// If the disk fails, or `take` does.
    pub fn each(self, take: &mut dyn FnMut(&Record) -> Result<()>) -> Result<()> {
        match self {
            Self::Csv(file) => file.each(take),
            Self::Sqlite(table) => table.each(take),
        }
    }
}

fn file_of(from: &dyn Files, table: Table, mapped: &TableMapping) -> Result<String> {
    if let Some(only) = from.only() {
        if table != Table::Purchases {
            bail!(
                "--from is one file, so the mapping can have [purchase_transactions] only, not [{}]",
                table.name()
            );
        }
        return Ok(only);
    }
    let name = mapped.file.clone().unwrap_or_else(|| format!("{}.csv", table.name()));
    if !from.has(&name) {
        let packed = format!("{name}{}", gzip::ENDING);
        if from.has(&packed) {
            return Ok(packed);
        }
        bail!(
            "{} is missing; it is what [{}] reads{}",
            from.called(&name),
            table.name(),
            did_you_mean(&name, from.names().iter().map(String::as_str))
        );
    }
    Ok(name)
}

/// The file in a folder that is called like a table which the mapping does not have.
pub fn unread(from: &dyn Files, table: Table, mapping: &Mapping) -> Option<String> {
    if from.only().is_some() {
        return None;
    }
    let own = format!("{}.csv", table.name());
    let is_read = |name: &str| {
        let mapped = Table::ALL.into_iter().filter_map(|other| mapping.table(other));
        mapped.into_iter().any(|mapped| mapped.file.as_deref() == Some(name))
    };
    let mut names = from.names().into_iter();
    names.find(|name| gzip::unpacked_name(name).eq_ignore_ascii_case(&own) && !is_read(name))
}
