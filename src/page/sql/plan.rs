//! What a query plan says of the bytes that a query will fetch.

use snapshot::Meta;

/// Scans below this many bytes are not worth a question.
const WORTH_ASKING: u64 = 2_000_000;

/// Bytes of an entry of an index, about.
const INDEX_ENTRY: u64 = 18;

/// Bytes of a row of each large table, about.
const ROW: [(&str, u64); 7] = [
    ("purchase_transactions", 57),
    ("customer_360", 175),
    ("customer_info", 100),
    ("customer_service", 59),
    ("campaign_responses", 52),
    ("website_behavior", 48),
    ("customer_search", 56),
];

/// Rows of type-ahead a customer, about.
const TERMS: u64 = 4;

/// A large table that is read as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// Its name.
    pub table: String,
    /// Bytes, about.
    pub bytes: u64,
}

/// The large scans among the steps of a plan.
pub fn scans(sql: &str, steps: &[String], meta: &Meta) -> Vec<Scan> {
    if stops_early(sql, steps) {
        return Vec::new();
    }
    let mut scans: Vec<Scan> = steps.iter().filter_map(|step| scan(step, meta)).collect();
    scans.retain(|scan| scan.bytes >= WORTH_ASKING);
    scans.dedup();
    scans
}

/// `SELECT … FROM one_table LIMIT n` reads its first rows and no more.
fn stops_early(sql: &str, steps: &[String]) -> bool {
    let sql = sql.to_ascii_uppercase();
    steps.len() == 1 && sql.contains("LIMIT") && !sql.contains('(') && !sql.contains("WHERE")
}

fn scan(step: &str, meta: &Meta) -> Option<Scan> {
    let rest = step.strip_prefix("SCAN ")?;
    let rest = rest.strip_prefix("TABLE ").unwrap_or(rest);
    let table = rest.split(' ').next()?;
    let (_, bytes) = ROW.iter().find(|(name, _)| *name == table)?;
    let rows = match table {
        "customer_search" => meta.rows.get("customer_360").map(|rows| rows * TERMS),
        _ => meta.rows.get(table).copied(),
    }?;
    let entry = if rest.contains("COVERING INDEX") { INDEX_ENTRY } else { *bytes };
    Some(Scan { table: table.to_owned(), bytes: rows * entry })
}
