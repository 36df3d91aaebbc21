//! Fills the type-ahead tables: every text a customer can be found by, and for short prefixes
//! the most valuable of the many who are found.

mod best;

use anyhow::Result;
use rusqlite::{Connection, params};
use snapshot::search;

const CUSTOMERS: &str =
    "SELECT ord, customer_id, email, first_name, last_name, total_lifetime_value
  FROM customer_360 ORDER BY ord";

const FOUND_BY: &str = "CREATE TABLE found_by (
  term TEXT, ord INTEGER, label TEXT, customer_id TEXT, value INTEGER
)";

/// Fills both tables of the attached snapshot, in the order of their keys.
///
/// # Errors
/// If `customer_360` is missing or the disk is full.
pub fn fill(work: &Connection) -> Result<()> {
    work.execute_batch(FOUND_BY)?;
    let mut insert = work.prepare("INSERT INTO found_by VALUES (?, ?, ?, ?, ?)")?;
    let mut customers = work.prepare(CUSTOMERS)?;
    let mut rows = customers.query([])?;
    while let Some(row) = rows.next()? {
        let (ord, value): (u32, i64) = (row.get(0)?, row.get(5)?);
        let texts = [1, 2, 3, 4].map(|column| row.get_ref(column).ok()?.as_str().ok());
        let [id, email, first, last] = texts.map(|text| text.unwrap_or("").trim());
        let name = format!("{first} {last}").trim().to_owned();
        let label = if name.is_empty() { id } else { &name };
        for term in search::terms(id, email, first, last) {
            insert.execute(params![term, ord, label, id, value])?;
        }
    }
    work.execute_batch(
        "CREATE INDEX found_by_term ON found_by (term, ord, label, customer_id, value);
         INSERT INTO snapshot.customer_search
         SELECT term, ord, label, customer_id FROM found_by ORDER BY term, ord",
    )?;
    best::fill(work)
}
