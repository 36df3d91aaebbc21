//! Checks the description, the source tables, the period and the lineage.

use anyhow::{Context, Result};
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};
use snapshot::tables::{CUSTOMER_360, LINEAGE};
use snapshot::{Day, LineageLink, Meta};

use super::report::Check;

const SOURCES: &str = include_str!("sources.sql");

/// The manifest's description against table `meta`, row counts against the tables, labels and
/// features against the data.
///
/// # Errors
/// If a table is missing.
pub fn description(database: &Connection, meta: &Meta) -> Result<Check> {
    let mut check = Check::new("description");
    let Value::Object(expected) = serde_json::to_value(meta)? else {
        anyhow::bail!("the description is not an object")
    };
    let mut statement = database.prepare("SELECT key, value FROM meta")?;
    let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let mut stored = Map::new();
    for pair in pairs {
        let (key, text): (String, String) = pair?;
        let value = serde_json::from_str(&text).with_context(|| format!("{key} in meta"))?;
        stored.insert(key, value);
    }
    for key in stored.keys().chain(expected.keys()) {
        check.same(&format!("{key} in table meta"), &stored.get(key), &expected.get(key));
    }
    for (table, rows) in &meta.rows {
        check.same(&format!("rows of {table}"), rows, &count(database, table)?);
    }
    let categories = strings(
        database,
        "SELECT category FROM product_catalog WHERE category IS NOT NULL
         UNION SELECT 'No category' FROM purchase_transactions AS bought
           WHERE NOT EXISTS (SELECT 1 FROM product_catalog AS product
             WHERE product.product_id = bought.product_id AND product.category IS NOT NULL)
         ORDER BY 1",
    )?;
    check.same("categories", &meta.labels.categories, &categories);
    features(database, meta, &mut check)?;
    let fields = expected.len();
    let tables = meta.rows.len();
    Ok(check.of(format!(
        "{fields} fields of manifest and table meta, rows of {tables} tables, labels, features"
    )))
}

fn features(database: &Connection, meta: &Meta, check: &mut Check) -> Result<()> {
    let has = |sql: &str| -> Result<bool> {
        Ok(database.query_row(sql, [], |row| row.get::<_, i64>(0))? > 0)
    };
    let features = meta.features;
    for (name, said, sql) in [
        (
            "names",
            features.names,
            "SELECT COUNT(first_name) + COUNT(last_name) + COUNT(email) FROM customer_info",
        ),
        ("units", features.units, "SELECT COUNT(quantity) FROM purchase_transactions"),
        ("categories", features.categories, "SELECT COUNT(category) FROM product_catalog"),
        ("feedback", features.feedback, "SELECT COUNT(satisfaction_score) FROM customer_service"),
        ("campaigns", features.campaigns, "SELECT COUNT(*) FROM campaign_responses"),
        ("visits", features.visits, "SELECT COUNT(*) FROM website_behavior"),
    ] {
        check.same(&format!("feature {name}"), &said, &has(sql)?);
    }
    Ok(())
}

/// What must never be in the source tables.
///
/// # Errors
/// If a table is missing.
pub fn sources(database: &Connection) -> Result<Check> {
    let mut check = Check::new("source tables");
    let mut statement = database.prepare(SOURCES)?;
    let faults = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    let mut kinds = 0;
    for fault in faults {
        let (name, rows): (String, i64) = fault?;
        kinds += 1;
        if rows != 0 {
            check.differs(format!("{rows} {name}"));
        }
    }
    Ok(check.of(format!("{kinds} kinds of faults: references, dates, ids, scores")))
}

/// As-of day, first and last day against the dated rows.
///
/// # Errors
/// If a table is missing.
pub fn period(database: &Connection, meta: &Meta) -> Result<Check> {
    let mut check = Check::new("period");
    let day = |sql: &str| -> Result<Option<Day>> {
        // A shop may have no sale at all.
        let text: Option<String> = database.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(text.map(|text| text.parse()).transpose()?)
    };
    let last = day("SELECT transaction_date FROM purchase_transactions WHERE amount > 0
        ORDER BY transaction_date DESC LIMIT 1")?;
    if last.is_some_and(|last| last > meta.as_of) {
        check.differs(format!("a purchase on {last:?} is after the as-of day {}", meta.as_of));
    }
    let ends = |order: &str| {
        day(&format!(
            "WITH dated(day) AS (SELECT transaction_date FROM purchase_transactions
               UNION SELECT interaction_date FROM customer_service
               UNION SELECT contact_date FROM campaign_responses)
             SELECT day FROM dated ORDER BY day {order} LIMIT 1"
        ))
    };
    let first = ends("ASC")?.map_or(meta.as_of, |day| day.min(meta.as_of));
    let last = ends("DESC")?.map_or(meta.as_of, |day| day.max(meta.as_of));
    check.same("first day", &meta.first_day, &first);
    check.same("last day", &meta.last_day, &last);
    Ok(check.of(format!("{first} to {last}, as of {}", meta.as_of)))
}

/// Rows through each link of the pipeline against the source tables.
///
/// # Errors
/// If a table is missing.
pub fn lineage(database: &Connection, meta: &Meta) -> Result<Check> {
    let mut check = Check::new("lineage");
    let mut statement =
        database.prepare("SELECT source, target, rows_in, rows_out FROM lineage ORDER BY step")?;
    let links = statement.query_map([], |row| {
        let (source, target) = (row.get(0)?, row.get(1)?);
        Ok(LineageLink { source, target, rows_in: row.get(2)?, rows_out: row.get(3)? })
    })?;
    let stored = links.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut expected = Vec::new();
    for (source, target) in LINEAGE {
        let step = if target == CUSTOMER_360 { source } else { target };
        let rows_out = rows_of_step(database, step)?;
        let rows_in = if target == CUSTOMER_360 { rows_out } else { count(database, source)? };
        let (source, target) = (source.to_owned(), target.to_owned());
        expected.push(LineageLink { source, target, rows_in, rows_out });
    }
    for (at, expected) in expected.iter().enumerate() {
        let name = format!("link {} to {}", expected.source, expected.target);
        check.same(&format!("{name} in table lineage"), &stored.get(at), &Some(expected));
        check.same(&format!("{name} in the manifest"), &meta.lineage.get(at), &Some(expected));
    }
    check.same("links", &stored.len(), &expected.len());
    Ok(check.of(format!("{} links", expected.len())))
}

/// Rows that a step of the pipeline must have given.
fn rows_of_step(database: &Connection, step: &str) -> Result<u64> {
    let sql = match step {
        "temp_basic_info" => "SELECT COUNT(*) FROM customer_info",
        "temp_purchase_stats" => "SELECT COUNT(DISTINCT customer_id) FROM purchase_transactions",
        "temp_favorites" => {
            "SELECT COUNT(DISTINCT customer_id)
             FROM purchase_transactions JOIN product_catalog USING (product_id)
             WHERE category IS NOT NULL"
        }
        "temp_customer_service" => "SELECT COUNT(DISTINCT customer_id) FROM customer_service",
        "temp_campaign_engagement" => "SELECT COUNT(DISTINCT customer_id) FROM campaign_responses",
        "temp_website_behavior" => "SELECT COUNT(DISTINCT customer_id) FROM website_behavior",
        other => anyhow::bail!("the pipeline has no step {other}"),
    };
    Ok(database.query_row(sql, [], |row| row.get(0))?)
}

fn count(database: &Connection, table: &str) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) FROM \"{}\"", table.replace('"', "\"\""));
    database.query_row(&sql, [], |row| row.get(0)).with_context(|| format!("table {table}"))
}

fn strings(database: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = database.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
