//! Compares the list of orders of several customers with the purchase lines.

use anyhow::Result;
use rusqlite::Connection;

use super::report::Check;

const SHARED: &str = include_str!("shared.sql");

/// Every line of such an order is listed, and no other.
///
/// # Errors
/// If a table is missing.
pub fn compare(database: &Connection) -> Result<Check> {
    let mut check = Check::new("shared orders");
    let mut differing = database.prepare(SHARED)?;
    let mut rows = differing.query([])?;
    while let Some(row) = rows.next()? {
        let (order, line): (String, i64) = (row.get(0)?, row.get(1)?);
        let should = if row.get(2)? { "is listed, and should not be" } else { "is not listed" };
        check.differs(format!("line {line} of order {order} {should}"));
    }
    let lines = "SELECT COUNT(*) FROM shared_orders";
    let lines: i64 = database.query_row(lines, [], |row| row.get(0))?;
    Ok(check.of(format!("{lines} lines of orders of several customers")))
}
