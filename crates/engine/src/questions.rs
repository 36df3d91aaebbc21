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

/// The customer of an id.
pub const PROFILE: &str = "SELECT * FROM customer_360 WHERE customer_id = ?1";

/// The purchase lines of a customer, newest order first.
pub const PURCHASES_OF: &str = "SELECT order_id, transaction_date, bought.product_id AS product_id,
   product_name, category, quantity, amount
 FROM purchase_transactions AS bought
 LEFT JOIN product_catalog AS product ON product.product_id = bought.product_id
 WHERE customer_id = ?1 ORDER BY line DESC LIMIT ?2";

/// The service contacts of a customer, newest first.
pub const SERVICE_OF: &str = "SELECT interaction_date, channel, reason, satisfaction_score
 FROM customer_service WHERE customer_id = ?1 ORDER BY line DESC LIMIT ?2";

/// The campaign contacts of a customer, newest first.
pub const CAMPAIGNS_OF: &str = "SELECT campaign_id, campaign_name, contact_date, responded
 FROM campaign_responses WHERE customer_id = ?1 ORDER BY line DESC LIMIT ?2";

/// The website visits of a customer, newest first.
pub const VISITS_OF: &str = "SELECT visit_date, pages_viewed, duration_seconds, device
 FROM website_behavior WHERE customer_id = ?1 ORDER BY line DESC LIMIT ?2";

/// Tables and their columns: the schema alone, which every connection has read when it opened.
pub const TABLES: &str = "SELECT it.name AS table_name, part.name AS column_name
 FROM sqlite_schema AS it JOIN pragma_table_info(it.name) AS part
 WHERE it.type = 'table' AND it.name NOT LIKE 'sqlite_%' ORDER BY it.name, part.cid";

/// All that read tables.
pub const ALL: &[&str] =
    &[SEARCH_BEST, SEARCH_TERMS, PROFILE, PURCHASES_OF, SERVICE_OF, CAMPAIGNS_OF, VISITS_OF];
