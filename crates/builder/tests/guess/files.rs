//! Files to guess about, and a build by what was guessed that has to agree with it.

use std::fs;
use std::path::{Path, PathBuf};

use builder::build::{self, Options};
use builder::disk::{self, guess_files};
use builder::progress::Progress;
use builder::publish::PublishMode;
use builder::{inspect, open};
use importer_core::guess::found::{Guess, Question};
use importer_core::import::mapping::Mapping;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::german::assert_known;
use crate::told_in_german::assert_told;

/// A scratch folder with files.
pub struct Files(TempDir);

impl Files {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let files = Self::new();
        files.write(name, content);
        files
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    /// What is guessed about some files, held against a build.
    pub fn guess(&self, names: &[&str]) -> Result<Guess, String> {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        let guess = guess_files(&paths).map_err(|error| format!("{error:#}"));
        let guess = guess.inspect_err(|refusal| assert_known(refusal))?;
        assert_told(&guess);
        assert_agrees(&guess);
        Ok(guess)
    }
}

/// What is guessed about a file, held against a build.
pub fn guess(content: impl AsRef<[u8]>) -> Guess {
    Files::with("sales.csv", content)
        .guess(&["sales.csv"])
        .unwrap_or_else(|error| panic!("{error}"))
}

/// What is left to be done by hand for a file in which nothing usable is found.
pub fn by_hand(content: impl AsRef<[u8]>) -> Guess {
    let found = guess(content);
    assert_by_hand(&found);
    found
}

/// Nothing is told that was not found, and what is missing is a problem.
pub fn assert_by_hand(found: &Guess) {
    assert!(!found.usable && !found.builds && !found.sure, "{}", found.mapping);
    assert!(found.totals.is_none() && found.rows.is_empty() && found.questions.is_empty());
    assert!(!found.other_columns.is_empty() && !found.from.is_empty());
    let said = found.problems.join("\n");
    assert!(said.starts_with("nothing usable was found. "), "{said}");
    assert!(found.mapping.contains("# PROBLEM: nothing usable was found."), "{}", found.mapping);
}

/// Why nothing can be guessed about a file.
pub fn refusal(content: impl AsRef<[u8]>) -> String {
    Files::with("sales.csv", content).guess(&["sales.csv"]).map(|guess| guess.mapping).unwrap_err()
}

/// A build by the unchanged mapping takes it exactly when the guess says so, and counts the same.
fn assert_agrees(guess: &Guess) {
    let mapping = Mapping::parse(&guess.mapping)
        .unwrap_or_else(|error| panic!("{error:#}\n{}", guess.mapping));
    let out = tempfile::tempdir().unwrap();
    let options = Options {
        out: out.path().join("out"),
        publish: PublishMode::Single,
        built_at: None,
        covers: 0,
        pairs_from: None,
        progress: Progress::Silent,
    };
    let import = disk::import(&guess.from, mapping);
    let built = build::build(&options, |loader| import.feed(loader, &Progress::Silent));
    if let Err(error) = &built {
        assert_known(&format!("{error:#}"));
    }
    assert_eq!(built.is_ok(), guess.builds, "{built:?}\n{:?}\n{}", guess.problems, guess.mapping);
    assert!(guess.builds || !guess.sure, "what is sure builds");
    assert!(guess.builds || !guess.problems.is_empty(), "what does not build says why");
    assert!(guess.usable || !guess.builds, "what builds is usable");
    if !guess.builds {
        return;
    }
    let opened = open::open(&options.out).unwrap();
    let shown = inspect::inspect(&opened).unwrap();
    let whole = &shown["kpis"]["whole_period"];
    let kpi = |id: &str| whole[id]["value"].as_str().map(str::to_owned);
    let totals = guess.totals.as_ref().unwrap();
    assert_eq!(kpi("total_revenue").as_deref(), Some(totals.revenue.as_str()));
    assert_eq!(kpi("total_orders"), Some(totals.orders.to_string()));
    // Where everybody is a guest the page has no such number.
    if totals.customers > 0 {
        assert_eq!(kpi("total_customers"), Some(totals.customers.to_string()));
    }
    assert_eq!(kpi("units_sold"), totals.units);
    assert_eq!(shown["meta"]["currency"]["code"], Value::from(totals.currency.as_str()));
    let database = Connection::open(&opened.path).unwrap();
    let ask = |sql: &str| -> String { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    let lines = "SELECT CAST(COUNT(*) AS TEXT) FROM purchase_transactions";
    assert_eq!(ask(lines), totals.lines.to_string());
    let first = "SELECT MIN(transaction_date) FROM purchase_transactions";
    let last = "SELECT MAX(transaction_date) FROM purchase_transactions";
    assert_eq!(Some(ask(first)), totals.first_day);
    assert_eq!(Some(ask(last)), totals.last_day);
    let guests =
        "SELECT CAST(COUNT(*) AS TEXT) FROM purchase_transactions WHERE customer_id IS NULL";
    assert_eq!(ask(guests), totals.guest_lines.to_string());
}

/// The column of a field of the purchases.
pub fn column<'a>(guess: &'a Guess, field: &str) -> Option<&'a str> {
    let of = |found: &&importer_core::guess::found::Field| {
        found.table == "purchase_transactions" && found.field == field
    };
    guess.fields.iter().find(of).map(|found| found.column.as_str())
}

/// Columns of fields as pairs.
pub fn columns(guess: &Guess) -> Vec<(&str, &str)> {
    guess.fields.iter().map(|found| (found.field, found.column.as_str())).collect()
}

/// What a setting is.
pub fn setting<'a>(guess: &'a Guess, name: &str) -> Option<&'a str> {
    guess.settings.iter().find(|setting| setting.name == name).map(|setting| setting.value.as_str())
}

/// Revenue, orders and customers.
pub fn sums(guess: &Guess) -> (&str, u64, u64) {
    let totals = guess.totals.as_ref().unwrap_or_else(|| panic!("{:?}", guess.problems));
    (&totals.revenue, totals.orders, totals.customers)
}

/// First and last day.
pub fn days(guess: &Guess) -> (&str, &str) {
    let totals = guess.totals.as_ref().unwrap();
    (totals.first_day.as_deref().unwrap(), totals.last_day.as_deref().unwrap())
}

/// A question that is asked.
pub fn asked<'a>(guess: &'a Guess, id: &str) -> &'a Question {
    let known: Vec<&str> = guess.questions.iter().map(|question| question.id).collect();
    let found = guess.questions.iter().find(|question| question.id == id);
    found.unwrap_or_else(|| panic!("{id} is not asked, only {known:?}"))
}

/// Names of all questions.
pub fn questions(guess: &Guess) -> Vec<&str> {
    guess.questions.iter().map(|question| question.id).collect()
}
