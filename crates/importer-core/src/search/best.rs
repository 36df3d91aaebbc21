//! The table for short prefixes: of the many customers found by a few letters, the best.
//!
//! A prefix is there unless a shorter one already has all its terms; so the greatest prefix that
//! does not exceed a text says everything about it.

use std::cmp::Reverse;
use std::collections::HashSet;

use anyhow::Result;
use rusqlite::{Connection, Statement, params};
use snapshot::search::{BEST, LONGEST_BEST, prefix};

const TABLE: &str = "CREATE TABLE best_found (
  prefix TEXT, place INTEGER, term TEXT, ord INTEGER, label TEXT, customer_id TEXT,
  found INTEGER, complete INTEGER, PRIMARY KEY (prefix, place)
) WITHOUT ROWID";

const TERMS: &str = "SELECT term, ord, label, customer_id, value FROM found_by ORDER BY term, ord";

const PUBLISH: &str = "INSERT INTO snapshot.customer_search_best
  SELECT * FROM best_found AS best
  WHERE NOT EXISTS (
    SELECT 1 FROM best_found AS shorter
    WHERE shorter.prefix = substr(best.prefix, 1, length(best.prefix) - 1)
      AND shorter.place = 0 AND shorter.complete
  )
  ORDER BY prefix, place";

/// Fills `customer_search_best` from the work table `found_by`.
///
/// # Errors
/// If a table is missing or the disk is full.
pub fn fill(work: &Connection) -> Result<()> {
    work.execute_batch(TABLE)?;
    let mut insert = work.prepare("INSERT INTO best_found VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut terms = work.prepare(TERMS)?;
    let mut rows = terms.query([])?;
    // The group of each length that the terms are passing through.
    let mut open: Vec<Group> = Vec::new();
    while let Some(row) = rows.next()? {
        let term: String = row.get(0)?;
        let (ord, label, id) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let hit = Hit { term, ord, label, id, value: row.get(4)? };
        let kept = open.iter().take_while(|group| hit.term.starts_with(&group.prefix)).count();
        for group in open.drain(kept..) {
            group.close(&mut insert)?;
        }
        for length in (1..=LONGEST_BEST).skip(open.len()) {
            let Some(prefix) = prefix(&hit.term, length) else { break };
            open.push(Group::of(prefix));
        }
        open.iter_mut().for_each(|group| group.take(&hit));
    }
    for group in open {
        group.close(&mut insert)?;
    }
    work.execute_batch(PUBLISH)?;
    Ok(())
}

/// One term of one customer.
#[derive(Clone)]
struct Hit {
    term: String,
    ord: u32,
    label: String,
    id: String,
    value: i64,
}

/// What begins with one prefix, while the terms pass by in order.
#[derive(Default)]
struct Group {
    prefix: String,
    terms: usize,
    first: Vec<Hit>,
    customers: HashSet<u32>,
    best: Vec<Hit>,
}

impl Group {
    fn of(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), ..Self::default() }
    }

    fn take(&mut self, hit: &Hit) {
        self.terms = self.terms.saturating_add(1);
        if self.terms <= BEST {
            self.first.push(hit.clone());
        }
        // A customer found by two terms is one suggestion.
        if !self.customers.insert(hit.ord) {
            return;
        }
        let at = self.best.partition_point(|other| rank(other) <= rank(hit));
        if at < BEST {
            self.best.insert(at, hit.clone());
            self.best.truncate(BEST);
        }
    }

    /// All terms if they are few, else the best customers, each once.
    fn close(mut self, insert: &mut Statement) -> Result<()> {
        let complete = self.terms <= BEST;
        self.first.sort_by_key(rank);
        let found = self.customers.len();
        let hits = if complete { &self.first } else { &self.best };
        for (place, hit) in hits.iter().enumerate() {
            let Hit { term, ord, label, id, .. } = hit;
            insert.execute(params![self.prefix, place, term, ord, label, id, found, complete])?;
        }
        Ok(())
    }
}

/// The most valuable first, then by number.
fn rank(hit: &Hit) -> (Reverse<i64>, u32) {
    (Reverse(hit.value), hit.ord)
}
