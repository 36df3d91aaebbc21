//! Segments and churn risks that the source brings itself.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use rusqlite::Connection;

use crate::edited::Edited;

/// Label of customers whom the source left out, where it classified others.
pub const UNKNOWN: &str = facts::rules::UNKNOWN;

/// The order of the source's own labels, best first; labels not named follow by name; and what
/// readers have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Segments, most valuable first.
    pub segments: Vec<String>,
    /// Churn risks, lowest first.
    pub churn_risks: Vec<String>,
    /// Segments that readers of the page have given.
    pub edited: Edited,
}

/// Classes as the source gave them.
pub struct Given {
    /// Index into `labels`, one a customer.
    pub codes: Vec<u8>,
    /// Names.
    pub labels: Vec<String>,
}

/// Reads a column of table `given_classes` for customers in the order of `ids`.
///
/// `None` if the source gave nobody a class.
///
/// # Errors
/// If there are more than 255 classes.
pub fn read(
    work: &Connection,
    column: &str,
    ids: &[String],
    order: &[String],
) -> Result<Option<Given>> {
    let sql = format!("SELECT customer_id, {column} FROM given_classes WHERE {column} IS NOT NULL");
    let mut statement = work.prepare(&sql)?;
    let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let classes: HashMap<String, String> = pairs.collect::<rusqlite::Result<_>>()?;
    if classes.is_empty() {
        return Ok(None);
    }
    let mut labels = order.to_vec();
    let mut named: BTreeSet<&String> = BTreeSet::new();
    named.extend(classes.values());
    labels.extend(named.into_iter().filter(|label| !order.contains(label)).cloned());
    if ids.iter().any(|id| !classes.contains_key(id)) && !labels.iter().any(|l| l == UNKNOWN) {
        labels.push(UNKNOWN.to_owned());
    }
    let code = |label: &str| labels.iter().position(|known| known == label);
    let codes = ids.iter().map(|id| {
        let label = classes.get(id).map_or(UNKNOWN, String::as_str);
        let code = code(label).and_then(|code| u8::try_from(code).ok());
        code.filter(|&code| code < u8::MAX).with_context(|| format!("{column}: too many labels"))
    });
    let codes = codes.collect::<Result<_>>()?;
    Ok(Some(Given { codes, labels }))
}
