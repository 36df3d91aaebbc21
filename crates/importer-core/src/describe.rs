//! Puts together the snapshot's description: period, labels, features, row counts.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use facts::rules::rfm::RFM_SEGMENTS;
use rusqlite::Connection;
use snapshot::cubes::Shape;
use snapshot::meta::{Features, NO_CATEGORY};
use snapshot::tables::{CUSTOMER_360, PURCHASE_TRANSACTIONS, SOURCES};
use snapshot::{Day, FORMAT_VERSION, Labels, LineageLink, Meta};

use crate::aspects;
use crate::classify::Classified;
use crate::origin::Origin;
use crate::pipeline::count;

/// The last day with a line, a sale or a return, and whether there is any sale.
const LAST_LINE: &str = "SELECT MAX(transaction_date), COALESCE(MAX(amount) > 0, FALSE)
    FROM purchase_transactions";

const PERIOD: &str = "SELECT MIN(first), MAX(last) FROM (
    SELECT MIN(transaction_date) AS first, MAX(transaction_date) AS last
    FROM purchase_transactions
    UNION ALL SELECT MIN(interaction_date), MAX(interaction_date) FROM customer_service
    UNION ALL SELECT MIN(contact_date), MAX(contact_date) FROM campaign_responses)";

const CATEGORIES: &str = "SELECT DISTINCT category FROM product_catalog
  WHERE category IS NOT NULL ORDER BY category";

const UNCATEGORISED: &str = "SELECT EXISTS (SELECT 1 FROM purchase_transactions AS bought
    LEFT JOIN product_catalog AS product ON product.product_id = bought.product_id
    WHERE product.category IS NULL)";

/// The first condition each feature asks of the source tables.
const FEATURES: [(&str, &str); 6] = [
    ("customer_info", "COALESCE(first_name, last_name, email) IS NOT NULL"),
    ("purchase_transactions", "quantity IS NOT NULL"),
    ("product_catalog", "category IS NOT NULL"),
    ("customer_service", "satisfaction_score IS NOT NULL"),
    ("campaign_responses", "TRUE"),
    ("website_behavior", "TRUE"),
];

/// The day from which recency counts.
///
/// # Errors
/// If there is no purchase line, the given day is before the last one, or no line is a sale and
/// no day is given.
pub fn as_of(work: &Connection, given: Option<Day>) -> Result<Day> {
    let (last, sold): (Option<String>, bool) =
        work.query_row(LAST_LINE, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let last = last.context(
        "there is no purchase: purchase_transactions has no row, or none that could be taken, so \
         there is nothing to show",
    )?;
    let last: Day = last.parse()?;
    match given {
        Some(given) => {
            ensure!(
                given >= last,
                "the as-of day {given} is before the last purchase, {last}; leave later lines out \
                 of the file, or give a later day"
            );
            Ok(given)
        }
        None if sold => Ok(last),
        None => {
            anyhow::bail!(
                "no purchase with an amount above zero, so there is no as-of day, the day from \
                 which recency counts; give one: as_of = \"2026-06-30\" in the mapping, or --as-of"
            )
        }
    }
}

/// Everything about a snapshot but its id, which is a hash of the finished file.
///
/// # Errors
/// If a table is missing.
pub fn describe(
    work: &Connection,
    origin: &Origin,
    as_of: Day,
    built_at: String,
    classified: Classified,
    lineage: Vec<LineageLink>,
) -> Result<Meta> {
    let (first_day, last_day) = period(work, as_of)?;
    let mut rows = BTreeMap::new();
    for table in SOURCES.into_iter().chain([CUSTOMER_360]) {
        rows.insert(table.to_owned(), count(work, table)?);
    }
    Ok(Meta {
        published: None,
        format_version: FORMAT_VERSION,
        snapshot_id: String::new(),
        built_at,
        source: origin.source.clone(),
        demo: origin.demo,
        as_of,
        first_day,
        last_day,
        time_zone: origin.time_zone.clone(),
        currency: origin.currency.clone(),
        quantity_exponent: origin.quantity_exponent,
        rows,
        rejected: origin.rejected.clone(),
        warnings: origin.warnings.clone(),
        labels: Labels {
            segments: classified.segments,
            churn_risks: classified.churn_risks,
            categories: categories(work)?,
            rfm_segments: RFM_SEGMENTS.map(String::from).to_vec(),
            channels: aspects::names(work, "channel")?,
            reasons: aspects::names(work, "reason")?,
        },
        features: features(work)?,
        rules: classified.rules,
        lineage,
        covers: 0,
    })
}

/// True if there are cubes of every two categories: where these are few, lines are as many as wanted,
/// and there is room.
pub fn can_be_paired(meta: &Meta, least_lines: u64) -> bool {
    let shape = Shape { pairs: true, ..Shape::of(meta) };
    let lines = meta.rows.get(PURCHASE_TRANSACTIONS).copied().unwrap_or(0);
    meta.features.categories && lines >= least_lines && shape.pairs() > 0 && shape.check().is_ok()
}

fn period(work: &Connection, as_of: Day) -> Result<(Day, Day)> {
    let texts: (Option<String>, Option<String>) =
        work.query_row(PERIOD, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let day = |text: Option<String>| text.map_or(Ok(as_of), |text| text.parse::<Day>());
    Ok((day(texts.0)?.min(as_of), day(texts.1)?.max(as_of)))
}

fn categories(work: &Connection) -> Result<Vec<String>> {
    let mut statement = work.prepare(CATEGORIES)?;
    let names = statement.query_map([], |row| row.get(0))?;
    let mut names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    let without: bool = work.query_row(UNCATEGORISED, [], |row| row.get(0))?;
    if without && !names.iter().any(|name| name == NO_CATEGORY) {
        names.push(NO_CATEGORY.to_owned());
        names.sort_unstable();
    }
    Ok(names)
}

fn features(work: &Connection) -> Result<Features> {
    let mut has = [false; FEATURES.len()];
    for (has, (table, condition)) in has.iter_mut().zip(FEATURES) {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE {condition})");
        *has = work.query_row(&sql, [], |row| row.get(0)).with_context(|| sql.clone())?;
    }
    let [names, units, categories, feedback, campaigns, visits] = has;
    let category_pairs = false;
    Ok(Features { names, units, categories, feedback, campaigns, visits, category_pairs })
}
