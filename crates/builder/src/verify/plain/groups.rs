//! Sums and distinct counts, grouped.

use anyhow::{Context, Result};
use facts::{Aspect, BucketSize, Comparison, Dimension, Grouping, Part, Scope, Totals};
use rusqlite::Row;

use super::super::compared::counterparts;
use super::Plain;
use super::scope::column;

/// How rows are put into groups.
struct Groups {
    /// How many there are.
    count: usize,
    /// The group of a row: a number below that, or NULL for none.
    place: &'static str,
    /// Joins the calendar as `bucket`, where days are the groups.
    with: String,
}

impl Plain<'_> {
    pub(super) fn groups(
        &self,
        scope: &Scope,
        grouping: Grouping,
        part: Part,
    ) -> Result<Vec<Totals>> {
        let groups = self.grouped(scope, grouping)?;
        let mut totals = vec![Totals::default(); groups.count];
        let no_lines = matches!(grouping, Grouping::Of(_)) && part != Part::Feedback;
        let no_feedback = grouping == Grouping::By(Dimension::Category) && part == Part::Feedback;
        if no_lines || no_feedback {
            return Ok(totals);
        }
        match part {
            Part::Sales => self.sales(scope, &groups, &mut totals)?,
            Part::Customers => self.customers(scope, grouping, &groups, &mut totals)?,
            Part::Feedback => self.feedback(scope, &groups, &mut totals)?,
        }
        Ok(totals)
    }

    fn grouped(&self, scope: &Scope, grouping: Grouping) -> Result<Groups> {
        let labels = &self.meta.labels;
        let none = String::new();
        Ok(match grouping {
            Grouping::Whole => Groups { count: 1, place: "0", with: none },
            Grouping::By(dimension) => {
                let count = match dimension {
                    Dimension::Segment => labels.segments.len(),
                    Dimension::Churn => labels.churn_risks.len(),
                    Dimension::Rfm => labels.rfm_segments.len(),
                    Dimension::Category => labels.categories.len(),
                };
                Groups { count, place: column(dimension), with: none }
            }
            Grouping::Of(aspect) => {
                let place = match aspect {
                    Aspect::Channel => "channel",
                    Aspect::Reason => "reason",
                };
                Groups { count: aspect.labels(self.meta).len(), place, with: none }
            }
            Grouping::Over(size) => self.calendar(scope, size)?,
            Grouping::Beside(size, comparison) => self.beside(&comparison, size)?,
        })
    }

    /// The calendar's days, weeks or months in scope.
    fn calendar(&self, scope: &Scope, size: BucketSize) -> Result<Groups> {
        let of = match size {
            BucketSize::Day => "of_day",
            BucketSize::Week => "of_week",
            BucketSize::Month => "of_month",
        };
        let (from, to) = self.days(scope.range);
        let bucket = format!(
            "SELECT day, DENSE_RANK() OVER (ORDER BY {of}) - 1 AS place \
             FROM calendar WHERE day BETWEEN {from} AND {to}"
        );
        let sql = format!("SELECT COALESCE(MAX(place) + 1, 0) FROM ({bucket})");
        let count = self.database.query_row(&sql, [], |row| row.get(0))?;
        Ok(Groups::over(&bucket, count))
    }

    /// Days that others are compared with.
    fn beside(&self, comparison: &Comparison, size: BucketSize) -> Result<Groups> {
        let buckets = counterparts(self.database, comparison, size)?;
        let rows: Vec<String> = (0..)
            .zip(&buckets)
            .map(|(place, bucket): (usize, _)| {
                let (from, to) = self.days(*bucket);
                format!("({place}, {from}, {to})")
            })
            .collect();
        // No row without buckets: NULL is between nothing.
        let rows = if rows.is_empty() { "(0, NULL, NULL)".to_owned() } else { rows.join(", ") };
        let bucket = format!(
            "SELECT day, column1 AS place FROM (VALUES {rows}) \
             JOIN calendar ON day BETWEEN column2 AND column3"
        );
        Ok(Groups::over(&bucket, buckets.len()))
    }

    fn sales(&self, scope: &Scope, groups: &Groups, totals: &mut [Totals]) -> Result<()> {
        let Groups { place, with, .. } = groups;
        let sql = format!(
            "{with}SELECT {place}, SUM(amount), SUM(quantity), COUNT(*), \
               COUNT(DISTINCT CASE WHEN amount > 0 THEN number END) \
             FROM sold {} WHERE {} AND {place} IS NOT NULL GROUP BY 1",
            groups.bucket_of("sold"),
            self.lines(scope)
        );
        self.each(&sql, totals, |row, totals| {
            totals.revenue = row.get(1)?;
            totals.units = row.get::<_, Option<i64>>(2)?.unwrap_or(0);
            totals.lines = row.get(3)?;
            totals.orders = row.get(4)?;
            Ok(())
        })
    }

    fn customers(
        &self,
        scope: &Scope,
        grouping: Grouping,
        groups: &Groups,
        totals: &mut [Totals],
    ) -> Result<()> {
        let Groups { place, with, .. } = groups;
        let by_line = matches!(
            grouping,
            Grouping::Over(_) | Grouping::Beside(..) | Grouping::By(Dimension::Category)
        );
        let everybody = self.is_everybody(scope) && !by_line;
        let active = format!(
            "SELECT {place} AS place, customer, \
               COUNT(DISTINCT CASE WHEN amount > 0 THEN number END) AS orders \
             FROM sold {} WHERE {} AND customer IS NOT NULL AND {place} IS NOT NULL GROUP BY 1, 2",
            groups.bucket_of("sold"),
            self.lines(scope)
        );
        let (from, to) = self.days(scope.range);
        // New is who has the first purchase of all in the group's own days.
        let (born, is_new) = match grouping {
            Grouping::Over(_) | Grouping::Beside(..) => (
                "LEFT JOIN bucket AS born ON born.day = first_day",
                "born.place = active.place".to_owned(),
            ),
            _ => ("", format!("first_day BETWEEN {from} AND {to}")),
        };
        let (place, people) = match everybody {
            true => (*place, "person LEFT JOIN active ON customer = ord"),
            false => ("active.place", "active JOIN person ON ord = customer"),
        };
        let common = if with.is_empty() { "WITH " } else { &format!("{}, ", with.trim_end()) };
        let sql = format!(
            "{common}active AS MATERIALIZED ({active}) \
             SELECT {place}, COUNT(*), SUM(value), COALESCE(SUM({is_new}), 0), \
               COALESCE(SUM(active.orders >= 1), 0), COALESCE(SUM(active.orders >= 2), 0) \
             FROM {people} {born} WHERE {} AND {place} IS NOT NULL GROUP BY 1",
            // Whoever is in `active` is in scope.
            if everybody { self.people(scope) } else { "TRUE".to_owned() },
        );
        self.each(&sql, totals, |row, totals| {
            totals.customers = row.get(1)?;
            totals.lifetime_value = row.get(2)?;
            totals.new_customers = row.get(3)?;
            totals.ordering_customers = row.get(4)?;
            totals.repeat_customers = row.get(5)?;
            Ok(())
        })
    }

    fn feedback(&self, scope: &Scope, groups: &Groups, totals: &mut [Totals]) -> Result<()> {
        let (Groups { place, with, .. }, bucket) = (groups, groups.bucket_of("dated"));
        let rows = format!("{bucket} WHERE {} AND {place} IS NOT NULL", self.dated(scope));
        let sql = format!(
            "{with}SELECT {place}, SUM(score = 1), SUM(score = 2), SUM(score = 3), \
               SUM(score = 4), SUM(score = 5) FROM score AS dated {rows} GROUP BY 1"
        );
        self.each(&sql, totals, |row, totals| {
            for (at, count) in (1..).zip(&mut totals.scores) {
                *count = row.get(at)?;
            }
            Ok(())
        })?;
        if matches!(*place, "channel" | "reason") {
            return Ok(());
        }
        let sql = format!(
            "{with}SELECT {place}, COUNT(*), SUM(responded) FROM contact AS dated {rows} GROUP BY 1"
        );
        self.each(&sql, totals, |row, totals| {
            (totals.contacts, totals.responses) = (row.get(1)?, row.get(2)?);
            Ok(())
        })
    }

    /// Reads the rows of groups, each of which begins with the group's number.
    fn each(
        &self,
        sql: &str,
        totals: &mut [Totals],
        read: impl Fn(&Row<'_>, &mut Totals) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.database.prepare(sql).with_context(|| sql.to_owned())?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let totals = totals.get_mut(row.get::<_, usize>(0)?).context("a group too many")?;
            read(row, totals)?;
        }
        Ok(())
    }
}

impl Groups {
    /// Groups by a table of days with the number of their bucket.
    fn over(bucket: &str, count: usize) -> Self {
        let with = format!("WITH bucket AS MATERIALIZED ({bucket}) ");
        Self { count, place: "bucket.place", with }
    }

    /// Joins the bucket of a table's day, where buckets are the groups.
    fn bucket_of(&self, table: &str) -> String {
        match self.with.is_empty() {
            true => String::new(),
            false => format!("JOIN bucket ON bucket.day = {table}.day"),
        }
    }
}
