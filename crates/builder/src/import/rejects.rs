//! Rows that cannot be taken: where they are and why.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, bail};

use super::fields::Table;
use crate::progress::Progress;

/// Rejections kept word for word; the rest is counted.
const KEPT: usize = 1_000;

/// Rejections that are shown.
const SHOWN: usize = 20;

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The column at fault, if it is one.
    pub column: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

impl Reject {
    /// A row that is wrong as a whole.
    pub fn row(reason: impl Into<String>) -> Self {
        Self { column: None, reason: reason.into() }
    }

    /// A cell that is wrong.
    pub fn cell(column: &str, reason: impl Into<String>) -> Self {
        Self { column: Some(column.to_owned()), reason: reason.into() }
    }
}

/// A rejected row and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// File or table.
    pub file: String,
    /// Line in the file, or number of the row.
    pub line: u64,
    /// What was wrong.
    pub reject: Reject,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if let Some(column) = &self.reject.column {
            write!(f, ", column \"{column}\"")?;
        }
        write!(f, ": {}", self.reject.reason)
    }
}

/// All rejected rows of an import.
#[derive(Debug)]
pub struct Rejects {
    limit: u64,
    counts: BTreeMap<String, u64>,
    kept: Vec<Rejection>,
}

impl Rejects {
    /// None yet; up to `limit` will be tolerated.
    pub fn new(limit: u64) -> Self {
        Self { limit, counts: BTreeMap::new(), kept: Vec::new() }
    }

    /// Notes a rejected row.
    ///
    /// # Errors
    /// When there are so many that reading on tells nobody anything.
    pub fn add(&mut self, table: Table, rejection: Rejection) -> Result<()> {
        *self.counts.entry(table.name().to_owned()).or_default() += 1;
        if self.kept.len() < KEPT {
            self.kept.push(rejection);
        }
        if self.total() > self.limit.saturating_add(KEPT as u64) { self.check() } else { Ok(()) }
    }

    /// Number of rejected rows of a table.
    pub fn of(&self, table: Table) -> u64 {
        self.counts.get(table.name()).copied().unwrap_or(0)
    }

    /// Numbers of rejected rows by table.
    pub fn counts(&self) -> &BTreeMap<String, u64> {
        &self.counts
    }

    /// Fails if more rows were rejected than may be.
    ///
    /// # Errors
    /// Lists the rejected rows.
    pub fn check(&self) -> Result<()> {
        let (total, limit) = (self.total(), self.limit);
        if total > limit {
            bail!(
                "{total} rows were rejected and {limit} may be; nothing was written{}",
                self.list()
            );
        }
        Ok(())
    }

    /// Says which rows were left out.
    pub fn report(&self, progress: Progress) {
        if self.total() > 0 {
            progress.say(&format!("{} rows were left out{}", self.total(), self.list()));
        }
    }

    fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    fn list(&self) -> String {
        let mut lines: Vec<String> =
            self.kept.iter().take(SHOWN).map(|rejection| format!("\n  {rejection}")).collect();
        let more = self.total().saturating_sub(lines.len() as u64);
        if more > 0 {
            lines.push(format!("\n  and {more} more"));
        }
        format!(":{}", lines.concat())
    }
}
