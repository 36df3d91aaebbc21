//! Tables of names and rules that statements look things up in.

use anyhow::Result;
use rusqlite::{Connection, params};

/// Fills a table with values by their codes.
///
/// # Errors
/// If the table is not there.
pub fn fill<T: rusqlite::ToSql>(database: &Connection, table: &str, values: &[T]) -> Result<()> {
    let mut insert = database.prepare(&format!("INSERT INTO {table} VALUES (?, ?)"))?;
    for (code, value) in (0_i64..).zip(values) {
        insert.execute(params![code, value])?;
    }
    Ok(())
}
