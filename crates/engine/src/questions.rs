//! What the page asks in SQL, in one list: a test refuses any that reads a whole table.
//!
//! Beside these it reads packs (see [`crate::load`]) and what a reader writes in the console.

/// The greatest short prefix up to `?1`, which says everything about it.
pub const SEARCH_BEST: &str = "SELECT prefix, term, ord, label, customer_id, found, complete
 FROM customer_search_best
 WHERE prefix = (SELECT prefix FROM customer_search_best
   WHERE prefix <= ?1 ORDER BY prefix DESC, place DESC LIMIT 1)
 ORDER BY prefix, place";

/// Customers found by terms from `?1` up to before `?2`, `?3` at most.
pub const SEARCH_TERMS: &str = "SELECT term, ord, label, customer_id
 FROM customer_search WHERE term >= ?1 AND term < ?2 ORDER BY term, ord LIMIT ?3";

/// All of them.
pub const ALL: &[&str] = &[SEARCH_BEST, SEARCH_TERMS];
