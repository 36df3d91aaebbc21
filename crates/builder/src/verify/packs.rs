//! Compares every row of every decoded pack with the source tables.

use std::collections::HashMap;

use anyhow::{Context, Result};
use engine::Columns;
use rusqlite::{Connection, Row};
use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SCORED};
use snapshot::{CustomerColumns, Day, Meta, PurchaseColumns};

use super::report::Check;
use importer_core::aspects::OTHER;

const CUSTOMERS: &str = "SELECT segment_code, churn_code, rfm_segment, first_purchase_date,
    last_purchase_date, total_orders, total_lifetime_value, purchase_lines
  FROM derived_customer ORDER BY ord";

const LINES: &str = include_str!("lines.sql");
const DATED: &str = include_str!("dated.sql");

const FEEDBACK: &str = "(SELECT line, customer_id, interaction_date AS day,
    satisfaction_score AS value
  FROM main.customer_service WHERE satisfaction_score IS NOT NULL)";

const CONTACTS: &str = "(SELECT line, customer_id, contact_date AS day, responded AS value
  FROM main.campaign_responses)";

/// Customer columns, row by row.
///
/// # Errors
/// If a table is missing.
pub fn customers(database: &Connection, meta: &Meta, found: &CustomerColumns) -> Result<Check> {
    let mut check = Check::new("pack of customers");
    let rfm = codes(&meta.labels.rfm_segments);
    let mut statement = database.prepare(CUSTOMERS)?;
    let mut rows = statement.query([])?;
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let name: Option<String> = row.get(2)?;
        let rfm = name.map_or(Some(NOT_SCORED as usize), |name| rfm.get(name.as_str()).copied());
        let rfm = rfm.context("an RFM segment without a label")?;
        let should = (
            (row.get::<_, u8>(0)?, row.get::<_, u8>(1)?, rfm),
            (day_or_none(meta, row, 3)?, day_or_none(meta, row, 4)?),
            (row.get::<_, u32>(5)?, row.get::<_, i64>(6)?, row.get::<_, u32>(7)?),
        );
        let is = (at < found.len()).then(|| {
            (
                (found.segment[at], found.churn[at], usize::from(found.rfm_segment[at])),
                (found.first_purchase[at], found.last_purchase[at]),
                (found.orders[at], found.lifetime_value[at], found.lines[at]),
            )
        });
        check.same(&format!("customer {at}"), &is, &Some(should));
        at += 1;
    }
    check.same("rows", &found.len(), &at);
    Ok(check.of(format!("{at} rows x 8 columns")))
}

/// Purchase columns, row by row, in the order of the source tables.
///
/// # Errors
/// If a table is missing.
pub fn purchases(database: &Connection, meta: &Meta, found: &PurchaseColumns) -> Result<Check> {
    let mut check = Check::new("pack of purchases");
    let categories = codes(&meta.labels.categories);
    let mut orders: HashMap<String, u32> = HashMap::new();
    let mut statement = database.prepare(LINES)?;
    let mut rows = statement.query([])?;
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let category = categories.get(row.get_ref(2)?.as_str()?).copied();
        let next = u32::try_from(orders.len())?;
        let order = *orders.entry(row.get(5)?).or_insert(next);
        let should = (
            day(meta, row, 1)?,
            category.context("a category without a label")?,
            row.get::<_, i64>(3)?,
            row.get::<_, i32>(4)?,
            order,
        );
        let is = (at < found.len()).then(|| {
            let category = usize::from(found.category[at]);
            (found.day[at], category, found.amount[at], found.quantity[at], found.order[at])
        });
        check.same(&format!("line {}", at + 1), &is, &Some(should));
        check.same(&format!("place of line {}", at + 1), &row.get::<_, usize>(0)?, &(at + 1));
        at += 1;
    }
    check.same("rows", &found.len(), &at);
    Ok(check.of(format!("{at} rows x 5 columns, {} orders", orders.len())))
}

/// Feedback and contact columns, row by row.
///
/// # Errors
/// If a table is missing.
pub fn dated(database: &Connection, meta: &Meta, found: &Columns) -> Result<Check> {
    let mut check = Check::new("packs of feedback and contacts");
    let scores = found.feedback.as_ref().map(|pack| (&pack.customer, &pack.day, &pack.score));
    let answers = found.contacts.as_ref().map(|pack| (&pack.customer, &pack.day, &pack.responded));
    let mut rows = [0, 0];
    for (at, (source, pack)) in [(FEEDBACK, scores), (CONTACTS, answers)].into_iter().enumerate() {
        let mut statement = database.prepare(&DATED.replace("{rows}", source))?;
        let expected = statement.query_and_then([], |row| -> Result<_> {
            let customer = row.get::<_, Option<u32>>(0)?.unwrap_or(NO_CUSTOMER);
            Ok((customer, day(meta, row, 1)?, row.get::<_, u8>(2)?))
        })?;
        let expected = expected.collect::<Result<Vec<_>>>()?;
        let is: Vec<_> = pack.map_or_else(Vec::new, |(customer, day, value)| {
            let pairs = customer.iter().zip(day).zip(value);
            pairs.map(|((&customer, &day), &value)| (customer, day, value)).collect()
        });
        rows[at] = expected.len();
        check.same("rows", &is.len(), &expected.len());
        for (row, (is, should)) in is.iter().zip(&expected).enumerate() {
            check.same(&format!("row {row}"), is, should);
        }
    }
    if let Some(feedback) = &found.feedback {
        let labels = &meta.labels;
        aspect(database, &mut check, "channel", &labels.channels, &feedback.channel)?;
        aspect(database, &mut check, "reason", &labels.reasons, &feedback.reason)?;
    }
    Ok(check.of(format!("{} scores x 5 columns, {} contacts x 3 columns", rows[0], rows[1])))
}

/// What each row of feedback says of its channel or its reason.
fn aspect(
    database: &Connection,
    check: &mut Check,
    column: &str,
    names: &[String],
    found: &[u8],
) -> Result<()> {
    let source = format!(
        "(SELECT line, customer_id, interaction_date AS day, {column} AS value
          FROM main.customer_service WHERE satisfaction_score IS NOT NULL)"
    );
    let mut statement = database.prepare(&DATED.replace("{rows}", &source))?;
    let said = statement.query_map([], |row| row.get::<_, Option<String>>(2))?;
    let mut row = 0;
    for said in said {
        let is = found.get(row).map(|&code| names.get(usize::from(code)).map(String::as_str));
        let said = said?;
        let listed = said.as_ref().is_none_or(|name| names.contains(name));
        let should = if listed { said.as_deref() } else { Some(OTHER) };
        check.same(&format!("{column} of row {row}"), &is, &Some(should));
        row += 1;
    }
    check.same("rows", &found.len(), &row);
    Ok(())
}

fn codes(labels: &[String]) -> HashMap<&str, usize> {
    labels.iter().enumerate().map(|(code, name)| (name.as_str(), code)).collect()
}

fn day(meta: &Meta, row: &Row<'_>, column: usize) -> Result<u16> {
    let day: Day = row.get_ref(column)?.as_str()?.parse()?;
    Ok(u16::try_from(day.0 - meta.first_day.0)?)
}

fn day_or_none(meta: &Meta, row: &Row<'_>, column: usize) -> Result<u16> {
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(NO_DAY),
        Some(_) => day(meta, row, column),
    }
}
