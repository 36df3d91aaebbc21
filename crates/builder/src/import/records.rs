//! Rows of text, whether they come from a CSV file or from a table of a SQLite file.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::csv_file::CsvFile;
use super::fields::Table;
use super::file_kind::{self, FileKind};
use super::mapping::{Mapping, TableMapping};
use super::near::did_you_mean;
use super::record::Record;
use super::sqlite_file::SqliteTable;

/// Something with a header and rows.
pub enum Records {
    /// A text file.
    Csv(Box<CsvFile>),
    /// A table of a SQLite file.
    Sqlite(SqliteTable),
}

impl Records {
    /// Opens the rows of a table in the source at `from`: a folder, a CSV file or a SQLite file.
    ///
    /// # Errors
    /// If the file or table is not there, or its header cannot be read.
    pub fn open(from: &Path, table: Table, mapped: &TableMapping, all: &Mapping) -> Result<Self> {
        if !from.is_dir() && file_kind::of(from)? == FileKind::Sqlite {
            if let Some(file) = &mapped.file {
                bail!(
                    "{} is a SQLite file, so [{}] has no file '{file}': leave file out of the \
                     mapping, or name a table of the SQLite file with table",
                    from.display(),
                    table.name()
                );
            }
            let name = mapped.table.as_deref().unwrap_or(table.name());
            return Ok(Self::Sqlite(SqliteTable::open(from, name)?));
        }
        let path = file_of(from, table, mapped)?;
        if file_kind::of(&path)? == FileKind::Sqlite {
            bail!(
                "{} is a SQLite file, not a CSV file: give it itself with --from, and its tables \
                 with table in the mapping",
                path.display()
            );
        }
        if let (Some(table), true) = (&mapped.table, from.is_file()) {
            bail!(
                "{} is text, not a SQLite file, so it has no table '{table}': leave table out of \
                 the mapping to read it as CSV, or give the SQLite file with --from",
                path.display()
            );
        }
        let wanted = mapped.columns.values().filter(|column| !column.is_empty()).cloned();
        let wanted = wanted.collect();
        let file = CsvFile::open(&path, &mapped.format.or(&all.format), wanted)?;
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

fn file_of(from: &Path, table: Table, mapped: &TableMapping) -> Result<PathBuf> {
    if from.is_file() {
        if table != Table::Purchases {
            bail!(
                "--from is one file, so the mapping can have [purchase_transactions] only, not [{}]",
                table.name()
            );
        }
        return Ok(from.to_owned());
    }
    let name = mapped.file.clone().unwrap_or_else(|| format!("{}.csv", table.name()));
    let path = from.join(&name);
    if !path.exists() {
        bail!(
            "{} is missing; it is what [{}] reads{}",
            path.display(),
            table.name(),
            did_you_mean(&name, files_in(from).iter().map(String::as_str))
        );
    }
    Ok(path)
}

/// The file in a folder that is called like a table which the mapping does not have.
pub fn unread(from: &Path, table: Table, mapping: &Mapping) -> Option<String> {
    let own = format!("{}.csv", table.name());
    let is_read = |name: &str| {
        let mapped = Table::ALL.into_iter().filter_map(|other| mapping.table(other));
        mapped.into_iter().any(|mapped| mapped.file.as_deref() == Some(name))
    };
    let mut names = files_in(from).into_iter();
    names.find(|name| name.eq_ignore_ascii_case(&own) && !is_read(name))
}

/// Names of the files in a folder, in order.
fn files_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}
