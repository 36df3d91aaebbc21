//! Counts tests by what their runners print.

use std::fmt;

use anyhow::{Result, bail};

use crate::process::Run;

/// How many tests have passed and failed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// Runs a test runner, shows what it prints, and counts.
    ///
    /// # Errors
    /// When it cannot be started or does not succeed.
    pub fn watch(&mut self, runner: Run) -> Result<()> {
        let succeeded = runner.each_line(|line| {
            println!("{line}");
            self.read(line);
        })?;
        if !succeeded {
            bail!("not every test has passed");
        }
        Ok(())
    }

    /// Counts one test that no runner reports.
    pub fn count_passed(&mut self) {
        self.passed += 1;
    }

    /// A run that failed shall never end with "0 failed".
    pub fn count_failed_stage(&mut self) {
        self.failed = self.failed.max(1);
    }

    /// Adds what one line of output says: cargo's `test result: ok. 3 passed; 1 failed; …`,
    /// Playwright's `3 passed (2.1s)`, or `3 passed, 1 failed` of our own runners.
    fn read(&mut self, line: &str) {
        let line = line.trim();
        let counts = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "));
        match counts {
            Some((_, counts)) => counts.split("; ").for_each(|count| self.add(count)),
            None => line.split(", ").for_each(|count| self.add(count)),
        }
    }

    fn add(&mut self, count: &str) {
        let mut words = count.split(' ');
        let number = words.next().and_then(|word| word.parse::<u32>().ok());
        let (Some(number), Some(what)) = (number, words.next()) else { return };
        // Only a duration may follow, as in "3 passed (2.1s)".
        if words.next().is_some_and(|rest| !rest.starts_with('(')) {
            return;
        }
        match what {
            "passed" => self.passed += number,
            "failed" => self.failed += number,
            _ => {}
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        tally
    }

    #[test]
    fn cargo_results_add_up() {
        let tally = after(&[
            "running 12 tests",
            "test a ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out",
        ]);
        assert_eq!(tally, Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn playwright_results_add_up() {
        let tally = after(&["Running 5 tests using 1 worker", "  1 failed", "  4 passed (12.3s)"]);
        assert_eq!(tally, Tally { passed: 4, failed: 1 });
    }

    #[test]
    fn results_of_our_own_runners_add_up() {
        let tally = after(&["ok   deno tokens: alg none -> 401 bad_token", "594 passed, 2 failed"]);
        assert_eq!(tally, Tally { passed: 594, failed: 2 });
    }

    #[test]
    fn ordinary_text_counts_nothing() {
        let tally = after(&["7 passed by the river", "it has 3 passed", "passed", ""]);
        assert_eq!(tally, Tally::default());
    }

    #[test]
    fn a_failed_stage_is_at_least_one_failure() {
        let mut tally = after(&["4 passed (1s)"]);
        tally.count_failed_stage();
        assert_eq!(tally.to_string(), "4 passed, 1 failed");
    }
}
