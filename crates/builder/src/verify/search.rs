//! Compares the type-ahead table with the customers.

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::Connection;

use super::report::Check;

const CUSTOMERS: &str = "SELECT ord, customer_id, COALESCE(email, ''),
    TRIM(COALESCE(first_name, '')), TRIM(COALESCE(last_name, ''))
  FROM derived_customer ORDER BY ord";

const TERMS: &str = "SELECT ord, term, label FROM customer_search ORDER BY ord, term";

/// Every customer is found by every text, and by nothing else.
///
/// # Errors
/// If a table is missing.
pub fn compare(database: &Connection) -> Result<Check> {
    let mut check = Check::new("type-ahead");
    let mut stored = database.prepare(TERMS)?;
    let mut stored = stored.query([])?;
    let mut next = stored.next()?;
    let mut customers = database.prepare(CUSTOMERS)?;
    let mut rows = customers.query([])?;
    let mut terms = 0;
    while let Some(row) = rows.next()? {
        let ord: u32 = row.get(0)?;
        let text = |column| row.get::<_, String>(column);
        let (id, email, first, last) = (text(1)?, text(2)?, text(3)?, text(4)?);
        let name = [first.as_str(), last.as_str()].join(" ").trim().to_owned();
        let label = if name.is_empty() { id.clone() } else { name.clone() };
        let expected: BTreeSet<String> = [&id, &email, &first, &last, &name]
            .into_iter()
            .map(|text| text.trim().to_lowercase().chars().take(64).collect::<String>())
            .filter(|term| !term.is_empty())
            .collect();
        let mut found = BTreeSet::new();
        while let Some(row) = next
            && row.get::<_, u32>(0)? == ord
        {
            found.insert(row.get::<_, String>(1)?);
            check.same(&format!("label of {id}"), &row.get::<_, String>(2)?, &label);
            next = stored.next()?;
        }
        terms += expected.len();
        check.same(&format!("terms of {id}"), &found, &expected);
    }
    if next.is_some() {
        check.differs("there are terms of customers who do not exist");
    }
    Ok(check.of(format!("{terms} terms")))
}
