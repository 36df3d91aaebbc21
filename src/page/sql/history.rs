//! Queries that were run, kept in this browser.

use crate::host::storage;

const KEY: &str = "insights-hub.sql-history";

/// Queries kept.
const KEPT: usize = 40;

/// Most bytes of a query that is kept; a longer one is run all the same.
const LONGEST: usize = 20_000;

/// The queries, newest first.
pub fn read() -> Vec<String> {
    within_bounds(&storage::read(KEY).unwrap_or_default())
}

/// What of a text are queries, as many as are kept.
fn within_bounds(text: &str) -> Vec<String> {
    let mut queries: Vec<String> = serde_json::from_str(text).unwrap_or_default();
    queries.retain(|query| query.len() <= LONGEST);
    queries.truncate(KEPT);
    queries
}

/// Puts a query first; it is kept, unless the data is the reader's own, of which nothing is.
pub fn remember(sql: &str, queries: &[String], is_kept: bool) -> Vec<String> {
    let mut queries = if is_kept { read() } else { queries.to_vec() };
    queries.retain(|query| query != sql);
    if sql.len() <= LONGEST {
        queries.insert(0, sql.to_owned());
    }
    queries.truncate(KEPT);
    if let Some(text) = is_kept.then(|| serde_json::to_string(&queries).ok()).flatten() {
        // Storage may be denied; the history then lasts as long as the view.
        let _ = storage::write(KEY, &text);
    }
    queries
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_history_is_read_as_far_as_it_would_be_kept() {
        let mut written = vec!["SELECT 1".to_owned(); 1_000];
        written[0] = "x".repeat(LONGEST + 1);
        let text = serde_json::to_string(&written).unwrap();
        assert_eq!(within_bounds(&text), vec!["SELECT 1".to_owned(); KEPT]);
        for text in ["", "{}", "[1]", "[[]]", "nonsense"] {
            assert_eq!(within_bounds(text), Vec::<String>::new(), "{text}");
        }
    }
}
