//! Compares the type-ahead tables with the customers, and with each other.

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::Connection;
use snapshot::search::{BEST, LONGEST_BEST, fold};

use super::report::Check;

const CUSTOMERS: &str = "SELECT ord, customer_id, COALESCE(email, ''),
    TRIM(COALESCE(first_name, '')), TRIM(COALESCE(last_name, ''))
  FROM derived_customer ORDER BY ord";

const TERMS: &str = "SELECT ord, term, label, customer_id FROM customer_search ORDER BY ord, term";

/// Every customer is found by every text, and by nothing else; short prefixes have the best.
///
/// # Errors
/// If a table is missing.
pub fn compare(database: &Connection) -> Result<Check> {
    let mut check = Check::new("type-ahead");
    let terms = all_terms(database, &mut check)?;
    let prefixes = best(database, &mut check)?;
    Ok(check.of(format!("{terms} terms, {prefixes} short prefixes")))
}

fn all_terms(database: &Connection, check: &mut Check) -> Result<usize> {
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
        let expected = expected(&[&id, &email, &name, &format!("{last} {first}")], &name);
        let mut found = BTreeSet::new();
        while let Some(row) = next
            && row.get::<_, u32>(0)? == ord
        {
            found.insert(row.get::<_, String>(1)?);
            check.same(&format!("label of {id}"), &row.get::<_, String>(2)?, &label);
            check.same(&format!("id of {id}"), &row.get::<_, String>(3)?, &id);
            next = stored.next()?;
        }
        terms += expected.len();
        check.same(&format!("terms of {id}"), &found, &expected);
    }
    if next.is_some() {
        check.differs("there are terms of customers who do not exist");
    }
    Ok(terms)
}

/// The texts and each word of the name, without those that another one begins with.
fn expected(texts: &[&str], name: &str) -> BTreeSet<String> {
    let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
    let all: BTreeSet<String> = texts.iter().map(|text| fold(text)).chain(words).collect();
    let begins_another = |term: &String| all.iter().any(|o| o != term && o.starts_with(term));
    all.iter().filter(|term| !term.is_empty() && !begins_another(term)).cloned().collect()
}

/// What `customer_search` says of each short prefix.
const PREFIXES: &str = "SELECT substr(term, 1, ?1) AS prefix, COUNT(*), COUNT(DISTINCT ord)
  FROM customer_search WHERE length(term) >= ?1 GROUP BY 1";

const STORED: &str =
    "SELECT group_concat(ord), max(found), min(found), max(complete), min(complete),
    SUM(substr(term, 1, length(prefix)) <> prefix) FROM (
    SELECT * FROM customer_search_best WHERE prefix = ?1 ORDER BY place)";

const BEST_NOW: &str = "SELECT group_concat(ord) FROM (
  SELECT ord FROM customer_search JOIN customer_360 USING (ord)
  WHERE term >= ?1 AND term < ?1 || char(1114111)
  GROUP BY ord, iif(?2, term, '')
  ORDER BY total_lifetime_value DESC, ord LIMIT ?3)";

fn best(database: &Connection, check: &mut Check) -> Result<usize> {
    let mut stored = database.prepare(STORED)?;
    let mut best_now = database.prepare(BEST_NOW)?;
    let mut expected = 0;
    // Prefixes one letter shorter that have all their terms.
    let mut complete: BTreeSet<String> = BTreeSet::new();
    for length in 1..=LONGEST_BEST {
        let mut prefixes = database.prepare(PREFIXES)?;
        let mut rows = prefixes.query([length])?;
        let mut now_complete = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let (prefix, terms, found): (String, usize, usize) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let all = terms <= BEST;
            if all {
                now_complete.insert(prefix.clone());
            }
            let mut shorter = prefix.clone();
            shorter.pop();
            if complete.contains(&shorter) {
                continue;
            }
            expected += 1;
            type Row = (Option<String>, [Option<usize>; 5]);
            let row: Row = stored.query_row([&prefix], |row| {
                let numbers = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
                Ok((row.get(0)?, numbers))
            })?;
            let best: Option<String> =
                best_now.query_row((&prefix, all, BEST), |row| row.get(0))?;
            let all = Some(usize::from(all));
            let numbers = [Some(found), Some(found), all, all, Some(0)];
            check.same(&format!("the best of '{prefix}'"), &row, &(best, numbers));
        }
        complete = now_complete;
    }
    let sql = "SELECT COUNT(DISTINCT prefix) FROM customer_search_best";
    let stored: usize = database.query_row(sql, [], |row| row.get(0))?;
    check.same("short prefixes", &stored, &expected);
    Ok(expected)
}
