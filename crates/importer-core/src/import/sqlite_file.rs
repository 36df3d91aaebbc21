//! Reads a table of somebody's SQLite file as rows of text.

use anyhow::{Context, Error, Result, anyhow, bail};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode};

use super::near::did_you_mean;
use super::record::Record;
use super::rejects::Reject;
use crate::files::Files;

/// A table of a SQLite file.
pub struct SqliteTable {
    name: String,
    file: Connection,
    sql: String,
    header: Vec<String>,
    /// The number before that of the first row.
    begin: u64,
}

impl SqliteTable {
    /// Opens a table; nothing is written to the file.
    ///
    /// # Errors
    /// If the file has no such table.
    pub fn open(files: &dyn Files, name: &str, table: &str) -> Result<Self> {
        let called = files.called(name);
        let file = database(files, name)?;
        let known: bool = file
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ? AND type IN ('table', 'view'))",
                [table],
                |row| row.get(0),
            )
            .map_err(|error| damaged(&called, &error))?;
        if !known {
            let tables = tables(&file)?;
            let near = did_you_mean(table, tables.iter().map(String::as_str));
            bail!("{called} has no table '{table}'{near}; it has: {}", tables.join(", "));
        }
        let sql = format!("SELECT * FROM \"{}\"", table.replace('"', "\"\""));
        let statement = file.prepare(&sql)?;
        let header = statement.column_names().map(str::to_owned).collect();
        drop(statement);
        Ok(Self { name: format!("table {table}"), file, sql, header, begin: 0 })
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Name of the table.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Numbers rows on from a number.
    pub fn number_from(&mut self, begin: u64) {
        self.begin = begin;
    }

    /// Hands over every row; gives the number of the last one.
    ///
    /// # Errors
    /// If the file is damaged, or `take` fails.
    pub fn each(self, take: &mut dyn FnMut(&Record) -> Result<()>) -> Result<u64> {
        let mut statement = self.file.prepare(&self.sql)?;
        let mut rows = statement.query([]).with_context(|| self.name.clone())?;
        let mut record =
            Record { cells: vec![String::new(); self.header.len()], ..Record::default() };
        while let Some(row) = rows.next().with_context(|| self.name.clone())? {
            record.line = record.line.saturating_add(1);
            record.number = record.line.saturating_add(self.begin);
            record.problem = None;
            for (at, cell) in record.cells.iter_mut().enumerate() {
                match text(row.get_ref(at)?) {
                    Ok(text) => *cell = text,
                    Err(problem) => {
                        record.problem = Some(Reject::cell(&self.header[at], problem));
                    }
                }
            }
            take(&record)?;
        }
        Ok(record.line.saturating_add(self.begin))
    }
}

/// Names of all tables and views of a file.
///
/// # Errors
/// If it cannot be read.
pub fn tables_of(files: &dyn Files, name: &str) -> Result<Vec<String>> {
    let file = database(files, name)?;
    let damaged = |error| damaged(&files.called(name), &error);
    let sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    let mut statement = file.prepare(sql).map_err(damaged)?;
    let names = statement.query_map([], |row| row.get(0)).map_err(damaged)?;
    names.collect::<rusqlite::Result<_>>().map_err(damaged)
}

fn database(files: &dyn Files, name: &str) -> Result<Connection> {
    files.database(name).with_context(|| format!("cannot read {}", files.called(name)))
}

/// Why a file that begins as a database is none.
fn damaged(name: &str, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => anyhow!(
            "{name} begins as a SQLite file but is damaged, or encrypted: copy or export it anew"
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            anyhow!("{name} is in use by another program: close that, or give a copy of the file")
        }
        _ => anyhow!("{name} cannot be read as a SQLite file: {error}"),
    }
}

/// Names of all tables and views.
fn tables(file: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name";
    let mut statement = file.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

fn text(value: ValueRef<'_>) -> Result<String, String> {
    match value {
        ValueRef::Null => Ok(String::new()),
        ValueRef::Integer(whole) => Ok(whole.to_string()),
        // With as many digits as tell it from every other REAL; which of them were meant is for
        // whoever reads an amount.
        ValueRef::Real(real) => Ok(real.to_string()),
        ValueRef::Text(bytes) => {
            String::from_utf8(bytes.to_vec()).map_err(|_| "a text that is not UTF-8".to_owned())
        }
        ValueRef::Blob(_) => Err("a BLOB where a text or number should be".to_owned()),
    }
}
