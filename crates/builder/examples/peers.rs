//! What the peers of the benchmark read, made from a snapshot, and the answers that all must give.
//!
//! `peers SNAPSHOT OUT [raw] < filters > answers`: writes `OUT/lines.csv` (one row a purchase
//! line, with the customer's segment and churn risk and the product's category), `OUT/rollup.sqlite`
//! (sums a month, and customers by the month of their purchase before) and, if asked,
//! `OUT/raw.sqlite` (the tables as they are). A filter is one JSON object a line; its answer, by
//! plain SQL on the lines, is one JSON object a line.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::path::Path;

use builder::open;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde::Deserialize;
use serde_json::json;

/// Months as whole days, and labels; an empty list is all.
#[derive(Deserialize)]
struct Filter {
    from: String,
    to: String,
    #[serde(default)]
    segment: Vec<String>,
    #[serde(default)]
    churn: Vec<String>,
    #[serde(default)]
    category: Vec<String>,
    #[serde(default)]
    rfm: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, out, raw) = match arguments.as_slice() {
        [folder, out] => (folder, out, false),
        [folder, out, raw] if raw == "raw" => (folder, out, true),
        _ => return Err("peers SNAPSHOT OUT [raw]".into()),
    };
    let out = Path::new(out);
    fs::create_dir_all(out)?;
    let snapshot = open::open(Path::new(folder))?;
    let database = lines(&snapshot.path, &out.join("scratch.sqlite"))?;
    csv(&database, &out.join("lines.csv"))?;
    rollup(&database, &out.join("rollup.sqlite"))?;
    if raw {
        raw_tables(&database, &out.join("raw.sqlite"))?;
    }
    let mut said = stdout().lock();
    for line in stdin().lock().lines() {
        let filter: Filter = serde_json::from_str(&line?)?;
        writeln!(said, "{}", answer(&database, &filter)?)?;
    }
    drop(database);
    fs::remove_file(out.join("scratch.sqlite"))?;
    Ok(())
}

/// A scratch database with everything in one flat table.
fn lines(snapshot: &Path, scratch: &Path) -> rusqlite::Result<Connection> {
    // Leftovers of a run that was stopped.
    let _ = fs::remove_file(scratch);
    let database = Connection::open(scratch)?;
    database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    database.execute("ATTACH ?1 AS source", [snapshot.to_string_lossy()])?;
    database.execute_batch(
        "CREATE TABLE bills AS SELECT order_id, row_number() OVER () AS number
         FROM (SELECT DISTINCT order_id FROM source.purchase_transactions);
         CREATE UNIQUE INDEX bill_number ON bills(order_id, number);
         CREATE TABLE lines AS
         SELECT bought.transaction_date AS day, substr(bought.transaction_date, 1, 7) AS month,
                who.ord AS customer, who.customer_segment AS segment, who.churn_risk AS churn,
                who.rfm_segment AS rfm, product.category AS category, bills.number AS bill,
                bought.amount AS amount, COALESCE(bought.quantity, 0) AS quantity
         FROM source.purchase_transactions AS bought
         JOIN bills ON bills.order_id = bought.order_id
         LEFT JOIN source.customer_360 AS who ON who.customer_id = bought.customer_id
         LEFT JOIN source.product_catalog AS product ON product.product_id = bought.product_id
         ORDER BY 1;
         DROP TABLE bills;",
    )?;
    Ok(database)
}

fn csv(database: &Connection, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(fs::File::create(file)?);
    writeln!(out, "day,customer,segment,churn,category,bill,amount,quantity")?;
    let mut statement = database.prepare(
        "SELECT day, customer, segment, churn, category, bill, amount, quantity FROM lines",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |at| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        let number = |at| {
            row.get::<_, Option<i64>>(at)
                .map(|number| number.map_or(String::new(), |n| n.to_string()))
        };
        writeln!(
            out,
            "{},{},\"{}\",\"{}\",\"{}\",{},{},{}",
            text(0)?,
            number(1)?,
            text(2)?,
            text(3)?,
            text(4)?,
            number(5)?,
            number(6)?,
            number(7)?,
        )?;
    }
    Ok(out.flush()?)
}

/// Sums add up over months; customers and orders are counted where they are new, for all
/// categories (`*`) and for each.
fn rollup(database: &Connection, file: &Path) -> rusqlite::Result<()> {
    let _ = fs::remove_file(file);
    database.execute("ATTACH ?1 AS rollup", [file.to_string_lossy()])?;
    database.execute_batch(
        "PRAGMA rollup.page_size = 32768;
         CREATE TABLE rollup.sums(month, segment, churn, category, revenue, units);
         CREATE TABLE rollup.bills(month, before, segment, churn, category, orders);
         CREATE TABLE rollup.reach(month, before, segment, churn, category, customers);
         INSERT INTO rollup.sums
         SELECT month, segment, churn, category, SUM(amount), SUM(quantity)
         FROM lines GROUP BY 1, 2, 3, 4;
         INSERT INTO rollup.sums
         SELECT month, segment, churn, '*', SUM(amount), SUM(quantity)
         FROM lines GROUP BY 1, 2, 3;
         INSERT INTO rollup.reach
         SELECT month, COALESCE(before, ''), segment, churn, category, COUNT(*) FROM (
           SELECT month, segment, churn, category,
                  lag(month) OVER (PARTITION BY customer, category ORDER BY month) AS before
           FROM (SELECT DISTINCT month, segment, churn, category, customer FROM lines
                 WHERE customer IS NOT NULL)
         ) GROUP BY 1, 2, 3, 4, 5;
         INSERT INTO rollup.reach
         SELECT month, COALESCE(before, ''), segment, churn, '*', COUNT(*) FROM (
           SELECT month, segment, churn,
                  lag(month) OVER (PARTITION BY customer ORDER BY month) AS before
           FROM (SELECT DISTINCT month, segment, churn, customer FROM lines
                 WHERE customer IS NOT NULL)
         ) GROUP BY 1, 2, 3, 4;
         INSERT INTO rollup.bills
         SELECT month, COALESCE(before, ''), segment, churn, category, COUNT(*) FROM (
           SELECT month, segment, churn, category,
                  lag(month) OVER (PARTITION BY bill, category ORDER BY month) AS before
           FROM (SELECT DISTINCT month, segment, churn, category, bill FROM lines WHERE amount > 0)
         ) GROUP BY 1, 2, 3, 4, 5;
         INSERT INTO rollup.bills
         SELECT month, COALESCE(before, ''), segment, churn, '*', COUNT(*) FROM (
           SELECT month, segment, churn,
                  lag(month) OVER (PARTITION BY bill ORDER BY month) AS before
           FROM (SELECT DISTINCT month, segment, churn, bill FROM lines WHERE amount > 0)
         ) GROUP BY 1, 2, 3, 4;
         CREATE INDEX rollup.sums_of ON sums(category, month, segment, churn, revenue, units);
         CREATE INDEX rollup.bills_of ON bills(category, month, before, segment, churn, orders);
         CREATE INDEX rollup.reach_of ON reach(category, month, before, segment, churn, customers);",
    )?;
    database.execute_batch("DETACH rollup;")
}

fn raw_tables(database: &Connection, file: &Path) -> rusqlite::Result<()> {
    let _ = fs::remove_file(file);
    database.execute("ATTACH ?1 AS raw", [file.to_string_lossy()])?;
    database.execute_batch(
        "CREATE TABLE raw.customers(ord INTEGER PRIMARY KEY, customer_id TEXT, segment TEXT, churn TEXT);
         INSERT INTO raw.customers
         SELECT ord, customer_id, customer_segment, churn_risk FROM source.customer_360;
         CREATE TABLE raw.products(product_id TEXT PRIMARY KEY, category TEXT) WITHOUT ROWID;
         INSERT INTO raw.products SELECT product_id, category FROM source.product_catalog;
         CREATE TABLE raw.purchases AS
         SELECT transaction_date, customer_id, product_id, order_id, amount, quantity
         FROM source.purchase_transactions ORDER BY transaction_date;
         CREATE INDEX raw.by_day ON purchases(transaction_date);
         CREATE INDEX raw.by_id ON customers(customer_id, ord, segment, churn);",
    )?;
    database.execute_batch("DETACH raw;")
}

fn answer(database: &Connection, filter: &Filter) -> Result<serde_json::Value, Box<dyn Error>> {
    let mut sql = String::from("day BETWEEN ? AND ?");
    let mut values: Vec<Sql> = vec![filter.from.clone().into(), filter.to.clone().into()];
    for (column, labels) in [
        ("segment", &filter.segment),
        ("churn", &filter.churn),
        ("category", &filter.category),
        ("rfm", &filter.rfm),
    ] {
        if !labels.is_empty() {
            sql.push_str(&format!(" AND {column} IN ({})", vec!["?"; labels.len()].join(", ")));
            values.extend(labels.iter().map(|label| Sql::from(label.clone())));
        }
    }
    let totals = format!(
        "SELECT COALESCE(SUM(amount), 0), COALESCE(SUM(quantity), 0),
                COUNT(DISTINCT CASE WHEN amount > 0 THEN bill END), COUNT(DISTINCT customer)
         FROM lines WHERE {sql}"
    );
    let (revenue, units, orders, customers) =
        database.query_row(&totals, params_from_iter(&values), |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?,
            ))
        })?;
    let months =
        format!("SELECT month, SUM(amount) FROM lines WHERE {sql} GROUP BY month ORDER BY month");
    let mut statement = database.prepare(&months)?;
    let months = statement
        .query_map(params_from_iter(&values), |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(json!({
        "revenue": revenue, "units": units, "orders": orders, "customers": customers,
        "months": months,
    }))
}
