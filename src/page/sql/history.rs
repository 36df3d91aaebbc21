//! Queries that were run, kept in this browser.

use crate::prefs::{store_text, stored_text};

const KEY: &str = "insights-hub.sql-history";

/// Queries kept.
const KEPT: usize = 40;

/// The queries, newest first.
pub fn read() -> Vec<String> {
    let text = stored_text(KEY).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Puts a query first.
pub fn remember(sql: &str) -> Vec<String> {
    let mut queries = read();
    queries.retain(|query| query != sql);
    queries.insert(0, sql.to_owned());
    queries.truncate(KEPT);
    if let Ok(text) = serde_json::to_string(&queries) {
        // Storage may be denied; the history then lasts as long as the view.
        let _ = store_text(KEY, &text);
    }
    queries
}
