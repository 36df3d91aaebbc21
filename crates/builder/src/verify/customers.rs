//! Compares `customer_360` and the rules' cuts with what the source tables give.

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;
use snapshot::Meta;
use snapshot::meta::{ChurnRule, RfmRule, SegmentRule};

use super::report::Check;

/// Every value of every customer.
///
/// # Errors
/// If a table is missing.
pub fn compare(database: &Connection) -> Result<Check> {
    let mut check = Check::new("customer_360");
    let statement = database.prepare("SELECT * FROM customer_360 LIMIT 0")?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let differs: Vec<String> =
        columns.iter().map(|name| format!("shown.\"{name}\" IS NOT should.\"{name}\"")).collect();
    let pairs: Vec<String> =
        columns.iter().map(|name| format!("shown.\"{name}\", should.\"{name}\"")).collect();
    let sql = format!(
        "SELECT should.customer_id, {} FROM derived_customer AS should
         LEFT JOIN customer_360 AS shown ON shown.customer_id = should.customer_id
         WHERE {}",
        pairs.join(", "),
        differs.join(" OR ")
    );
    let mut statement = database.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let customer: String = row.get(0)?;
        for (at, column) in columns.iter().enumerate() {
            let (found, should): (Value, Value) = (row.get(1 + 2 * at)?, row.get(2 + 2 * at)?);
            check.same(&format!("{column} of {customer}"), &found, &should);
        }
    }
    let customers = count(database, "derived_customer")?;
    check.same("number of customers", &count(database, "customer_360")?, &customers);
    Ok(check.of(format!("{customers} customers x {} columns", columns.len())))
}

/// The cuts that the description records.
///
/// # Errors
/// If a table is missing.
pub fn rules(database: &Connection, meta: &Meta) -> Result<Check> {
    let mut check = Check::new("rules");
    let mut compared = 0;
    if let SegmentRule::TopShares { cuts, percent } = &meta.rules.segments {
        let mut should = numbers(database, "SELECT cut FROM derived_segment_cut ORDER BY code")?;
        // Nobody is worth anything where there are no customers.
        if should.is_empty() && count(database, "derived_customer")? == 0 {
            should = vec![0; percent.len()];
        }
        check.same("segment cuts", cuts, &should);
        compared += cuts.len();
    }
    if let ChurnRule::GapMultiples { population_gap_doubled, .. } = &meta.rules.churn {
        let sql = "SELECT gap_doubled FROM derived_population";
        let should: Option<u32> = database.query_row(sql, [], |row| row.get(0))?;
        check.same("twice the median gap", population_gap_doubled, &should);
        compared += 1;
    }
    let cut = |column: &str| -> Result<[i64; 4]> {
        let sql = format!("SELECT COALESCE({column}, 0) FROM derived_rfm_cut ORDER BY percent");
        Ok(numbers(database, &sql)?.try_into().unwrap_or_default())
    };
    let sql = "SELECT COUNT(*) FROM derived_bought WHERE last_day IS NOT NULL";
    let should = RfmRule {
        customers: database.query_row(sql, [], |row| row.get(0))?,
        recency: cut("recency")?,
        frequency: cut("orders")?,
        monetary: cut("value")?,
    };
    check.same("RFM cuts", &meta.rules.rfm, &should);
    Ok(check.of(format!("{} cuts of segments, churn and RFM", compared + 12)))
}

fn numbers(database: &Connection, sql: &str) -> Result<Vec<i64>> {
    let mut statement = database.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn count(database: &Connection, table: &str) -> Result<u64> {
    Ok(database.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0))?)
}
