//! Runs the pipeline's SQL in order and counts the rows through each of its links.

use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use snapshot::LineageLink;
use snapshot::tables::{CUSTOMER_360, LINEAGE};

use crate::progress::Progress;

/// The steps that need nothing but the source tables, in order.
const TEMP_TABLES: [(&str, &str); 6] = [
    ("temp_basic_info", include_str!("../../../data/pipeline/10_temp_basic_info.sql")),
    ("temp_purchase_stats", include_str!("../../../data/pipeline/20_temp_purchase_stats.sql")),
    ("temp_favorites", include_str!("../../../data/pipeline/30_temp_favorites.sql")),
    ("temp_customer_service", include_str!("../../../data/pipeline/40_temp_customer_service.sql")),
    (
        "temp_campaign_engagement",
        include_str!("../../../data/pipeline/50_temp_campaign_engagement.sql"),
    ),
    ("temp_website_behavior", include_str!("../../../data/pipeline/60_temp_website_behavior.sql")),
];

const FILL_CUSTOMER_360: &str = include_str!("../../../data/pipeline/70_customer_360.sql");

/// Fills the temp tables from the source tables.
///
/// # Errors
/// If a step fails, naming it; sums that overflow 64 bits are such a failure.
pub fn fill_temp_tables(work: &Connection, progress: &dyn Progress) -> Result<()> {
    for (table, sql) in TEMP_TABLES {
        let stage = progress.stage(&format!("Pipeline: {table}"), None);
        work.execute_batch(sql).with_context(|| format!("pipeline step {table}"))?;
        stage.end(&rows(count(work, table)?));
    }
    Ok(())
}

/// Joins the temp tables and the classification into `customer_360`.
///
/// # Errors
/// If the step fails.
pub fn fill_customer_360(work: &Connection, progress: &dyn Progress) -> Result<()> {
    let stage = progress.stage("Pipeline: customer_360", None);
    work.execute_batch(FILL_CUSTOMER_360).context("pipeline step customer_360")?;
    stage.end(&rows(count(work, CUSTOMER_360)?));
    Ok(())
}

fn rows(count: u64) -> String {
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}

/// Counts the rows through each link and stores them in table `lineage`.
///
/// A temp table's rows out of the link to `customer_360` are the customers that took values from
/// it.
///
/// # Errors
/// If a table is missing.
pub fn record_lineage(work: &Connection) -> Result<Vec<LineageLink>> {
    let mut links = Vec::with_capacity(LINEAGE.len());
    for (step, (source, target)) in (1_u32..).zip(LINEAGE) {
        let rows_in = count(work, source)?;
        let rows_out = if target == CUSTOMER_360 {
            let sql =
                format!("SELECT COUNT(*) FROM {source} JOIN classification USING (customer_id)");
            work.query_row(&sql, [], |row| row.get(0))?
        } else {
            count(work, target)?
        };
        work.execute(
            "INSERT INTO lineage VALUES (?, ?, ?, ?, ?)",
            params![step, source, target, rows_in, rows_out],
        )?;
        links.push(LineageLink { source: source.into(), target: target.into(), rows_in, rows_out });
    }
    Ok(links)
}

/// Rows of a table.
///
/// # Errors
/// If there is no such table.
pub fn count(database: &Connection, table: &str) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) FROM {table}");
    database.query_row(&sql, [], |row| row.get(0)).with_context(|| format!("table {table}"))
}
