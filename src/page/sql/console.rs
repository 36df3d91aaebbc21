//! The console's own connection: a query that runs away is ended with its worker, and nothing
//! else on the page waits for it.

use std::cell::RefCell;
use std::rc::Rc;

use engine::{Engine, EngineError, Query, Rows, Traffic};
use snapshot::Manifest;

use super::bounds::{BOUNDS, MOST_ROWS};
use super::plan::{Scan, scans};
use crate::host::place;
use crate::host::shared::Shared;
use crate::host::timing::now;
use crate::session::config::Config;
use crate::session::engine_http::{HttpEngine, LeftOut};

/// How long a query may compute, in milliseconds.
const PATIENCE_MS: u32 = 120_000;

/// A connection that is opened when it is needed; clones share it.
#[derive(Clone, Default)]
pub struct Console(Rc<RefCell<Option<Opened>>>);

/// A connection, and the id of the snapshot to which it leads.
type Opened = (String, Rc<HttpEngine>);

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
    /// The snapshot that gave it.
    pub of: Shared<Manifest>,
    /// Its rows, as far as they are kept.
    pub rows: Rows,
    /// What of them is not.
    pub left: LeftOut,
    /// How long it took, in milliseconds.
    pub milliseconds: f64,
    /// What was fetched for it.
    pub traffic: Traffic,
}

impl Console {
    async fn open(&self, place: &Place) -> Result<Rc<HttpEngine>, EngineError> {
        let id = &place.manifest.meta.snapshot_id;
        if let Some((of, engine)) = &*self.0.borrow()
            && of == id
        {
            return Ok(engine.clone());
        }
        let address = place::absolute(&place.snapshot);
        let scripts = place::scripts();
        let engine =
            HttpEngine::open_with(&address, &place.manifest, &scripts, PATIENCE_MS).await?;
        let engine = Rc::new(engine);
        self.0.replace(Some((id.clone(), engine.clone())));
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
        let sql = engine::statement::bare(sql);
        if is_explained(&sql) {
            return Ok(Vec::new());
        }
        let plan = engine.query(Query::new(format!("EXPLAIN QUERY PLAN {sql}"))).await?;
        let steps = plan.iter().map(|row| Ok(row.get::<&str>("detail")?.to_owned()));
        let steps: Vec<String> = steps.collect::<Result<_, EngineError>>()?;
        Ok(scans(&sql, &steps, &place.manifest.meta))
    }

    /// Runs a statement.
    ///
    /// # Errors
    /// Whatever SQLite or the connection says.
    pub async fn run(&self, place: &Place, sql: &str) -> Result<Answer, EngineError> {
        let engine = self.open(place).await?;
        let before = engine.traffic();
        let started = now();
        let (rows, left) = engine.query_within(Query::new(limited(sql)), BOUNDS).await?;
        let milliseconds = now() - started;
        let after = engine.traffic();
        let traffic = Traffic {
            requests: after.requests - before.requests,
            bytes: after.bytes - before.bytes,
        };
        Ok(Answer { of: place.manifest.clone(), rows, left, milliseconds, traffic })
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

/// A statement that gives at most one row more than are shown; a plan is short as it is.
fn limited(sql: &str) -> String {
    let sql = engine::statement::bare(sql);
    if is_explained(&sql) {
        return sql;
    }
    format!("SELECT * FROM (\n{sql}\n) LIMIT {}", MOST_ROWS + 1)
}

/// True for a bare statement that asks for a plan.
fn is_explained(sql: &str) -> bool {
    sql.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("explain"))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn queries_are_cut_whatever_stands_before_them_and_plans_are_not() {
        for sql in ["select 1;", "-- why\nselect 1", "/* a */ /* b */ select 1 -- LIMIT 5"] {
            assert_eq!(limited(sql), "SELECT * FROM (\nselect 1\n) LIMIT 10001", "{sql}");
        }
        for sql in ["WITH a AS (SELECT 1) SELECT * FROM a", "VALUES (1)"] {
            assert_eq!(limited(sql), format!("SELECT * FROM (\n{sql}\n) LIMIT 10001"));
        }
        assert_eq!(limited("-- why\nEXPLAIN SELECT 1"), "EXPLAIN SELECT 1");
    }
}
