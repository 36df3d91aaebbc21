//! What feedback tells of itself: names of channels and reasons, and their codes.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::Connection;
use snapshot::columns::NOT_SAID;

/// Names at most, so that free text does not make a cube of its own words.
const MOST: usize = 32;

/// What stands for all names beyond the most used ones.
pub const OTHER: &str = facts::rules::OTHER;

/// The names in a column of `customer_service`, those of most scores first; the rarest of very
/// many are one.
///
/// # Errors
/// If the table is missing.
pub fn names(work: &Connection, column: &str) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT {column} FROM customer_service
         WHERE satisfaction_score IS NOT NULL AND {column} IS NOT NULL
         GROUP BY {column} ORDER BY COUNT(*) DESC, {column}"
    );
    let mut statement = work.prepare(&sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    let mut names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    if names.len() > MOST {
        names.truncate(MOST - 1);
        names.retain(|name| name != OTHER);
        names.push(OTHER.to_owned());
    }
    Ok(names)
}

/// Codes of names.
pub struct Codes<'a> {
    known: HashMap<&'a str, u8>,
    other: u8,
}

impl<'a> Codes<'a> {
    /// The codes of the names that [`names`] gave.
    pub fn of(names: &'a [String]) -> Self {
        let known: HashMap<&str, u8> =
            (0_u8..).zip(names).map(|(code, name)| (name.as_str(), code)).collect();
        let other = known.get(OTHER).copied().unwrap_or(NOT_SAID);
        Self { known, other }
    }

    /// The code of what a row says.
    pub fn code(&self, said: Option<&str>) -> u8 {
        said.map_or(NOT_SAID, |name| self.known.get(name).copied().unwrap_or(self.other))
    }
}
