//! Rows that cannot be taken: where they are and why.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;

use super::fields::Table;
use super::visible::visible;
use crate::progress::Progress;
use crate::sorted;

/// Rejections after which reading on tells nobody anything, beyond those that may be.
const ENOUGH: u64 = 1_000;

/// Rejections that are shown.
const SHOWN: usize = 10;

/// Kinds of rejections that are shown.
const KINDS: usize = 8;

/// Why a row cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The column at fault, if it is one.
    pub column: Option<String>,
    /// What is wrong with it.
    pub reason: String,
    /// The same without what only this row has.
    kind: String,
}

impl Reject {
    /// A row that is wrong as a whole.
    pub fn row(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { column: None, kind: reason.clone(), reason }
    }

    /// A cell that is wrong.
    pub fn cell(column: &str, reason: impl Into<String>) -> Self {
        Self { column: Some(column.to_owned()), ..Self::row(reason) }
    }

    /// A cell whose value `is` something wrong.
    pub fn value(column: &str, value: &str, is: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            reason: format!("'{}' {is}", visible(value)),
            kind: is.to_owned(),
        }
    }

    /// The same with more to say of this row alone.
    #[must_use]
    pub fn with(mut self, more: &str) -> Self {
        self.reason.push_str(more);
        self
    }

    /// The same under a name for all rejections of its kind.
    #[must_use]
    pub fn of_kind(self, kind: &str) -> Self {
        Self { kind: kind.to_owned(), ..self }
    }
}

/// So many rows, in words.
pub fn rows_of_count(count: u64) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
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

impl Rejection {
    fn kind(&self) -> String {
        match &self.reject.column {
            Some(column) => {
                format!("{}, column \"{}\": {}", self.file, visible(column), self.reject.kind)
            }
            None => format!("{}: {}", self.file, self.reject.kind),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if let Some(column) = &self.reject.column {
            write!(f, ", column \"{}\"", visible(column))?;
        }
        write!(f, ": {}", self.reject.reason)
    }
}

/// An import that came to nothing because of its rows.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// How many rows were rejected.
    pub rows: u64,
    /// How many may be.
    pub limit: u64,
    /// Kinds of rejections with how many rows each has, most frequent first.
    pub kinds: Vec<(String, u64)>,
    /// The first of them.
    pub first: Vec<Rejection>,
    message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// All rejected rows of an import.
#[derive(Debug)]
pub struct Rejects {
    limit: u64,
    counts: BTreeMap<String, u64>,
    kinds: BTreeMap<String, u64>,
    first: Vec<Rejection>,
}

impl Rejects {
    /// None yet; up to `limit` will be tolerated.
    pub fn new(limit: u64) -> Self {
        let (counts, kinds) = (BTreeMap::new(), BTreeMap::new());
        Self { limit, counts, kinds, first: Vec::new() }
    }

    /// Notes a rejected row.
    ///
    /// # Errors
    /// When there are so many that reading on tells nobody anything.
    pub fn add(&mut self, table: Table, rejection: Rejection) -> Result<()> {
        let of_table = self.counts.entry(table.name().to_owned()).or_default();
        *of_table = of_table.saturating_add(1);
        let of_kind = self.kinds.entry(rejection.kind()).or_default();
        *of_kind = of_kind.saturating_add(1);
        if self.first.len() < SHOWN {
            self.first.push(rejection);
        }
        if self.total() > self.limit.saturating_add(ENOUGH) {
            return Err(self.refusal("reading stopped there; ").into());
        }
        Ok(())
    }

    /// Number of rejected rows of a table.
    pub fn of(&self, table: Table) -> u64 {
        self.counts.get(table.name()).copied().unwrap_or(0)
    }

    /// Numbers of rejected rows by table.
    pub fn counts(&self) -> &BTreeMap<String, u64> {
        &self.counts
    }

    /// Kinds of rejections with how many rows each has, most frequent first.
    pub fn kinds(&self) -> Vec<(String, u64)> {
        let mut kinds: Vec<(String, u64)> =
            self.kinds.iter().map(|(kind, count)| (kind.clone(), *count)).collect();
        sorted::by_key(&mut kinds, |&(_, count)| std::cmp::Reverse(count));
        kinds
    }

    /// The first rejections, with their places.
    pub fn first(&self) -> Vec<String> {
        self.first.iter().map(Rejection::to_string).collect()
    }

    /// Fails if more rows were rejected than may be.
    ///
    /// # Errors
    /// Says how many of which kind, where the first ones are, and what to do.
    pub fn check(&self) -> Result<()> {
        if self.total() > self.limit {
            return Err(self.refusal("").into());
        }
        Ok(())
    }

    /// Says which rows were left out.
    pub fn report(&self, progress: &dyn Progress) {
        if self.total() > 0 {
            progress.say(&format!("{}{}", self.rejected(), self.list()));
        }
    }

    fn refusal(&self, stopped: &str) -> Refusal {
        Refusal {
            rows: self.total(),
            limit: self.limit,
            kinds: self.kinds(),
            first: self.first.clone(),
            message: self.in_words(stopped),
        }
    }

    fn in_words(&self, stopped: &str) -> String {
        let (total, limit) = (self.total(), self.limit);
        let way_out = if stopped.is_empty() {
            format!(
                ", or let the build leave them out: reject_limit = {total} in the mapping, or \
                 --reject-limit {total}"
            )
        } else {
            String::new()
        };
        format!(
            "{} and {limit} may be; {stopped}nothing was written{}\n\
             What to do: correct the mapping or these rows{way_out}.",
            self.rejected(),
            self.list()
        )
    }

    fn rejected(&self) -> String {
        let were = if self.total() == 1 { "was" } else { "were" };
        format!("{} {were} rejected", rows_of_count(self.total()))
    }

    fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Kinds, most frequent first, and the first places.
    fn list(&self) -> String {
        let mut lines = Vec::new();
        let mut kinds: Vec<(&String, &u64)> = self.kinds.iter().collect();
        sorted::by_key(&mut kinds, |&(_, &count)| std::cmp::Reverse(count));
        if self.total() > 1 {
            lines.extend(kinds.iter().take(KINDS).map(|(kind, count)| format!("{count} × {kind}")));
            lines.extend((kinds.len() > KINDS).then(|| "...".to_owned()));
            lines.push("the first of them:".to_owned());
        }
        lines.extend(self.first.iter().map(Rejection::to_string));
        let more = self.total().saturating_sub(self.first.len() as u64);
        lines.extend((more > 0).then(|| format!("and {more} more")));
        format!(":\n  {}", lines.join("\n  "))
    }
}
