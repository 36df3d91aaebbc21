//! Fills the type-ahead table: every text a customer can be found by, in lower case.

use anyhow::Result;
use rusqlite::{Connection, params};

/// Longest term kept, in characters; nobody types more before choosing.
const LONGEST_TERM: usize = 64;

const CUSTOMERS: &str = "SELECT ord, customer_id, email, first_name, last_name
  FROM customer_360 ORDER BY ord";

/// A text as it is searched: trimmed and in lower case, whatever the script.
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase().chars().take(LONGEST_TERM).collect()
}

/// Fills table `customer_search` of the attached snapshot, in the order of its key.
///
/// # Errors
/// If `customer_360` is missing or the disk is full.
pub fn fill(work: &Connection) -> Result<()> {
    work.execute_batch("CREATE TABLE found_by (term TEXT, ord INTEGER, label TEXT)")?;
    let mut insert = work.prepare("INSERT INTO found_by VALUES (?, ?, ?)")?;
    let mut customers = work.prepare(CUSTOMERS)?;
    let mut rows = customers.query([])?;
    while let Some(row) = rows.next()? {
        let ord: u32 = row.get(0)?;
        let texts = [1, 2, 3, 4].map(|column| row.get_ref(column).ok()?.as_str().ok());
        let [id, email, first, last] = texts.map(|text| text.unwrap_or("").trim());
        let name = format!("{first} {last}").trim().to_owned();
        let label = if name.is_empty() { id } else { &name };
        let mut terms: Vec<String> = [id, email, first, last, &name].map(fold).to_vec();
        terms.sort_unstable();
        terms.dedup();
        for term in terms.iter().filter(|term| !term.is_empty()) {
            insert.execute(params![term, ord, label])?;
        }
    }
    work.execute_batch(
        "INSERT INTO snapshot.customer_search SELECT * FROM found_by ORDER BY term, ord",
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folding_knows_scripts() {
        assert_eq!(fold("  O'Néill "), "o'néill");
        assert_eq!(fold("ЕКАТЕРИНА"), "екатерина");
        assert_eq!(fold("山田"), "山田");
        assert_eq!(fold(&"x".repeat(100)).len(), 64);
    }
}
