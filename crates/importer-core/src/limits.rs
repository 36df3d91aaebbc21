//! What is too much for one snapshot is refused before anything is made of it, with what to do.

use anyhow::{Result, anyhow, ensure};
use rusqlite::Connection;
use snapshot::bounds::{MOST_ROWS, MOST_SUM, OutOfBounds};
use snapshot::{Currency, Meta, money};

/// Amounts without their signs, in floating point: far too many do not overflow it.
const AMOUNTS: &str = "SELECT TOTAL(ABS(CAST(amount AS REAL))) FROM purchase_transactions";

#[expect(clippy::cast_precision_loss, reason = "a power of two, which stays exact")]
const MOST_AMOUNT: f64 = MOST_SUM as f64;

const LINES: &str = "SELECT COUNT(*) FROM purchase_transactions";

/// Demands that all sums of amounts fit their integers.
///
/// # Errors
/// If the amounts add up to more than [`MOST_SUM`], or there are too many lines.
pub fn check_amounts(work: &Connection, currency: &Currency) -> Result<()> {
    let lines: u64 = work.query_row(LINES, [], |row| row.get(0))?;
    ensure!(
        lines <= MOST_ROWS.into(),
        "{lines} purchase lines are too many for one snapshot, at most {MOST_ROWS}: leave out \
         older ones"
    );
    let all: f64 = work.query_row(AMOUNTS, [], |row| row.get(0))?;
    let most = money::to_decimal(MOST_SUM.into(), currency.exponent);
    ensure!(
        all <= MOST_AMOUNT,
        "the amounts of all purchase lines, returns counted as sales, are more than {most} {}, \
         so that their sums could not be exact: look for amounts that are wrong, or give \
         larger units",
        currency.code
    );
    Ok(())
}

/// Demands that a page can hold what is made of the data.
///
/// # Errors
/// Names what there is too much of, and what to do about it.
pub fn check_meta(meta: &Meta) -> Result<()> {
    meta.check().map_err(|error| {
        let todo = advice(&error, meta);
        anyhow!("too much for one snapshot: {error}{todo}")
    })
}

fn advice(error: &OutOfBounds, meta: &Meta) -> String {
    let named = |part: &str| error.field.ends_with(part);
    if error.field.starts_with("the length of ") {
        ": give it a shorter name, or map another column".to_owned()
    } else if named("categories") {
        ": map a coarser column to `category`".to_owned()
    } else if named("segments") || named("churn_risks") {
        ": map a column with fewer values to `segment` and `churn_risk`, or none".to_owned()
    } else if named("months") || named("last_day") {
        let (first, last) = (meta.first_day, meta.last_day);
        format!(
            "; the first day is {first}, the last {last}: if one of them stands for an unknown \
             date, leave that row out or its date empty, else leave out older rows"
        )
    } else {
        String::new()
    }
}
