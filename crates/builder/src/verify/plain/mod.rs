//! Any question answered by plain SQL on the source tables: what the other sources must say.
//!
//! Sums, `COUNT(DISTINCT …)` and `IN (SELECT …)` over rows; nothing is added up beforehand.

mod groups;
mod people;
mod scope;

use std::cell::RefCell;

use anyhow::{Context, Result};
use facts::{BucketSize, Comparison, DayRange, Points, Question, Reply, Retention, Scope};
use rusqlite::{Connection, Row};
use snapshot::Meta;

use super::compared::counterparts;
use super::fill::fill;

const TABLES: &str = include_str!("tables.sql");

const PARAMETERS: &str = "
  CREATE TEMP TABLE span (first_day TEXT, last_day TEXT);
  CREATE TEMP TABLE category_label (code INTEGER, name TEXT UNIQUE);
  CREATE TEMP TABLE rfm_label (code INTEGER, name TEXT UNIQUE);
  CREATE TEMP TABLE channel_label (code INTEGER, name TEXT UNIQUE);
  CREATE TEMP TABLE reason_label (code INTEGER, name TEXT UNIQUE);";

/// The source tables of a snapshot, ready to be asked.
pub struct Plain<'a> {
    database: &'a Connection,
    meta: &'a Meta,
    /// The last points: how many may be drawn of them is asked next.
    last_points: RefCell<Option<(Scope, Points)>>,
}

impl<'a> Plain<'a> {
    /// Makes the tables that questions read, from those that were derived of the sources.
    ///
    /// # Errors
    /// If a table is missing.
    pub fn of(database: &'a Connection, meta: &'a Meta) -> Result<Self> {
        database.execute_batch(PARAMETERS)?;
        let span = [meta.first_day.to_string(), meta.last_day.to_string()];
        database.execute("INSERT INTO span VALUES (?, ?)", span)?;
        let labels = &meta.labels;
        fill(database, "category_label", &labels.categories)?;
        fill(database, "rfm_label", &labels.rfm_segments)?;
        fill(database, "channel_label", &labels.channels)?;
        fill(database, "reason_label", &labels.reasons)?;
        database.execute_batch(TABLES).context("preparing the source tables")?;
        Ok(Self { database, meta, last_points: RefCell::default() })
    }

    /// What a question must be answered. Points come all of them, however few were asked for.
    ///
    /// # Errors
    /// If SQLite cannot say.
    pub fn reply(&self, question: &Question) -> Result<Reply> {
        Ok(match question {
            Question::Groups { scope, grouping, part } => {
                Reply::Groups(self.groups(scope, *grouping, *part)?)
            }
            Question::Retention { scope, before } => {
                Reply::Retention(self.kept(scope, *before, scope.range)?)
            }
            Question::RetentionOverTime { scope, size, beside } => {
                Reply::RetentionOverTime(self.chain(scope, *size, beside.as_ref())?)
            }
            Question::Top { scope, count } => Reply::Top(self.top(scope, *count)?),
            Question::Points { scope, .. } => Reply::Points(self.all_points(scope)?),
            Question::Members(ask) => Reply::Members(self.members(ask)?),
        })
    }

    fn all_points(&self, scope: &Scope) -> Result<Points> {
        let mut last = self.last_points.borrow_mut();
        if let Some((_, points)) = last.as_ref().filter(|(asked, _)| asked == scope) {
            return Ok(points.clone());
        }
        let points = self.points(scope)?;
        *last = Some((scope.clone(), points.clone()));
        Ok(points)
    }

    /// Customers with a line in scope in one period and in another.
    fn kept(&self, scope: &Scope, before: DayRange, now: DayRange) -> Result<Retention> {
        let active = |range: DayRange| {
            let lines = self.lines(&scope.over(range));
            format!("SELECT customer FROM sold WHERE {lines} AND customer IS NOT NULL")
        };
        let sql = format!(
            "SELECT COUNT(*), COALESCE(SUM(customer IN ({})), 0) FROM (SELECT DISTINCT customer FROM ({}))",
            active(now),
            active(before)
        );
        let read = |row: &Row<'_>| Ok(Retention { before: row.get(0)?, kept: row.get(1)? });
        Ok(self.database.query_row(&sql, [], read)?)
    }

    /// Each bucket against the one before it, the first against one of full width before it.
    fn chain(
        &self,
        scope: &Scope,
        size: BucketSize,
        beside: Option<&Comparison>,
    ) -> Result<Vec<Retention>> {
        let buckets = match beside {
            Some(comparison) => counterparts(self.database, comparison, size)?,
            None => size.buckets(scope.range).into_iter().map(|bucket| bucket.range).collect(),
        };
        let mut before = size.ending(scope.range.from.plus(-1));
        let mut chain = Vec::new();
        for bucket in buckets {
            chain.push(self.kept(scope, before, bucket)?);
            before = bucket;
        }
        Ok(chain)
    }

    fn all<T>(
        &self,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.database.prepare(sql).with_context(|| sql.to_owned())?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
