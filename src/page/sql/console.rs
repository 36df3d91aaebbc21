//! The console's own connection: a query that runs away is ended with its worker, and nothing
//! else on the page waits for it.

use std::cell::RefCell;
use std::rc::Rc;

use engine::{Engine, EngineError, Query, Rows, Traffic};
use snapshot::Manifest;

use super::plan::{Scan, scans};
use crate::config::Config;
use crate::engine_http::HttpEngine;
use crate::place;
use crate::shared::Shared;

/// Rows read at most.
pub const MOST_ROWS: usize = 10_000;

/// How long a query may compute, in milliseconds.
const PATIENCE_MS: u32 = 120_000;

/// A connection that is opened when it is needed; clones share it.
#[derive(Clone, Default)]
pub struct Console(Rc<RefCell<Option<Rc<HttpEngine>>>>);

impl PartialEq for Console {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where the snapshot is.
#[derive(Clone, PartialEq)]
pub struct Place {
    /// Address of the manifest, as configured.
    pub snapshot: String,
    /// What it says.
    pub manifest: Shared<Manifest>,
}

impl Place {
    /// The snapshot of this page.
    pub fn new(config: &Config, manifest: Shared<Manifest>) -> Self {
        Self { snapshot: config.snapshot.clone(), manifest }
    }
}

/// What a query gave.
#[derive(Debug)]
pub struct Answer {
    /// Its rows.
    pub rows: Rows,
    /// True if there are more rows than are read.
    pub cut: bool,
    /// How long it took, in milliseconds.
    pub milliseconds: f64,
    /// What was fetched for it.
    pub traffic: Traffic,
}

impl Console {
    async fn open(&self, place: &Place) -> Result<Rc<HttpEngine>, EngineError> {
        if let Some(engine) = self.0.borrow().clone() {
            return Ok(engine);
        }
        let address = place::absolute(&place.snapshot);
        let scripts = place::scripts();
        let engine =
            HttpEngine::open_with(&address, &place.manifest, &scripts, PATIENCE_MS).await?;
        let engine = Rc::new(engine);
        self.0.replace(Some(engine.clone()));
        Ok(engine)
    }

    /// Ends the worker, whatever it is doing; the next query opens another one.
    pub fn stop(&self) {
        self.0.take();
    }

    /// The large tables that a statement would read as a whole.
    ///
    /// # Errors
    /// Whatever SQLite says of the statement.
    pub async fn scans(&self, place: &Place, sql: &str) -> Result<Vec<Scan>, EngineError> {
        let engine = self.open(place).await?;
        // Refused here in the words of the page, before "EXPLAIN" hides what the statement is.
        engine::statement::check_reads(sql)?;
        let explained =
            sql.trim_start().get(..7).is_some_and(|w| w.eq_ignore_ascii_case("explain"));
        if explained {
            return Ok(Vec::new());
        }
        let plan = engine.query(Query::new(format!("EXPLAIN QUERY PLAN {sql}"))).await?;
        let steps = plan.iter().map(|row| Ok(row.get::<&str>("detail")?.to_owned()));
        let steps: Vec<String> = steps.collect::<Result<_, EngineError>>()?;
        Ok(scans(sql, &steps, &place.manifest.meta))
    }

    /// Runs a statement.
    ///
    /// # Errors
    /// Whatever SQLite or the connection says.
    pub async fn run(&self, place: &Place, sql: &str) -> Result<Answer, EngineError> {
        let engine = self.open(place).await?;
        let before = engine.traffic();
        let started = now();
        let mut rows = engine.query(Query::new(limited(sql))).await?;
        let milliseconds = now() - started;
        let after = engine.traffic();
        let cut = rows.len() > MOST_ROWS;
        rows.rows.truncate(MOST_ROWS);
        let traffic = Traffic {
            requests: after.requests - before.requests,
            bytes: after.bytes - before.bytes,
        };
        Ok(Answer { rows, cut, milliseconds, traffic })
    }

    /// Tables and their columns, from the schema, which every connection has read already.
    ///
    /// # Errors
    /// Whatever the connection says.
    pub async fn tables(&self, place: &Place) -> Result<Vec<(String, Vec<String>)>, EngineError> {
        let engine = self.open(place).await?;
        let rows = engine.query(Query::new(engine::questions::TABLES)).await?;
        let mut tables: Vec<(String, Vec<String>)> = Vec::new();
        for row in rows.iter() {
            let (table, column): (&str, &str) = (row.get("table_name")?, row.get("column_name")?);
            match tables.last_mut().filter(|(last, _)| last == table) {
                Some((_, columns)) => columns.push(column.to_owned()),
                None => tables.push((table.to_owned(), vec![column.to_owned()])),
            }
        }
        Ok(tables)
    }
}

/// A query that stops at one row more than are shown; other statements as they are.
fn limited(sql: &str) -> String {
    let trimmed = sql.trim().trim_end_matches(';');
    let first: String = trimmed.chars().take_while(char::is_ascii_alphabetic).collect();
    match first.to_ascii_uppercase().as_str() {
        "SELECT" | "WITH" => format!("SELECT * FROM (\n{trimmed}\n) LIMIT {}", MOST_ROWS + 1),
        _ => sql.to_owned(),
    }
}

fn now() -> f64 {
    gloo::utils::window().performance().map_or(0.0, |performance| performance.now())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn queries_are_cut_and_other_statements_are_not() {
        assert!(limited("select 1;").contains("(\nselect 1\n) LIMIT 10001"));
        assert!(
            limited("WITH a AS (SELECT 1) SELECT * FROM a -- end")
                .ends_with("-- end\n) LIMIT 10001")
        );
        assert_eq!(limited("EXPLAIN SELECT 1"), "EXPLAIN SELECT 1");
        assert_eq!(limited("VALUES (1)"), "VALUES (1)");
    }
}
