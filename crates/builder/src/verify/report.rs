//! What was compared, and where it differed.

use std::fmt;

use anyhow::Result;

/// Differences shown for one check.
const SHOWN: usize = 5;

/// One thing that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What, in a few words.
    pub name: &'static str,
    /// How much of it, in words.
    pub compared: String,
    /// Where it differed; none is well.
    pub differences: Vec<String>,
}

impl Check {
    /// A check that has found nothing yet.
    pub fn new(name: &'static str) -> Self {
        Self { name, compared: String::new(), differences: Vec::new() }
    }

    /// Says how much was compared.
    #[must_use]
    pub fn of(mut self, compared: impl Into<String>) -> Self {
        self.compared = compared.into();
        self
    }

    /// Notes a difference.
    pub fn differs(&mut self, difference: impl Into<String>) {
        self.differences.push(difference.into());
    }

    /// Notes a difference unless both are the same.
    pub fn same<T: PartialEq + fmt::Debug>(&mut self, what: &str, found: &T, expected: &T) {
        if found != expected {
            self.differs(format!("{what} is {found:?}, should be {expected:?}"));
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.differences.is_empty() { "ok  " } else { "FAIL" };
        write!(f, "{mark} {}: {}", self.name, self.compared)?;
        for difference in self.differences.iter().take(SHOWN) {
            write!(f, "\n       {difference}")?;
        }
        match self.differences.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n       and {more} more"),
        }
    }
}

/// All checks of a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which they were made.
    pub checks: Vec<Check>,
}

impl Report {
    /// Adds a check; one that could not be made is a difference itself.
    pub fn add(&mut self, name: &'static str, check: Result<Check>) {
        self.checks.push(check.unwrap_or_else(|error| {
            let mut check = Check::new(name).of("could not be compared");
            check.differs(format!("{error:#}"));
            check
        }));
    }

    /// True if nothing differed.
    pub fn is_clean(&self) -> bool {
        self.checks.iter().all(|check| check.differences.is_empty())
    }

    /// The names of the checks that failed.
    pub fn failed(&self) -> Vec<&'static str> {
        let failed = self.checks.iter().filter(|check| !check.differences.is_empty());
        failed.map(|check| check.name).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for check in &self.checks {
            writeln!(f, "{check}")?;
        }
        let failed = self.failed().len();
        match failed {
            0 => write!(f, "all {} checks passed", self.checks.len()),
            _ => write!(f, "{failed} of {} checks failed", self.checks.len()),
        }
    }
}
