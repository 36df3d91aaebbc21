//! The edge cases that demo data must have at any size.

use crate::folder::Folder;

/// What must be there, as a question whose answer is a number above zero.
const EDGES: [(&str, &str); 25] = [
    ("no purchase", "SELECT COUNT(*) FROM customer_360 WHERE purchase_lines = 0"),
    ("an order of nothing", "SELECT COUNT(*) FROM purchase_transactions WHERE amount = 0"),
    ("refunds", "SELECT COUNT(*) FROM purchase_transactions WHERE amount < 0 AND quantity < 0"),
    (
        "returns only",
        "SELECT COUNT(*) FROM customer_360 WHERE total_lifetime_value < 0 AND total_orders = 0",
    ),
    (
        "everything returned",
        "SELECT COUNT(*) FROM customer_360 WHERE total_lifetime_value = 0 AND total_orders > 0",
    ),
    ("guests", "SELECT COUNT(*) FROM purchase_transactions WHERE customer_id IS NULL"),
    ("anonymous feedback", "SELECT COUNT(*) FROM customer_service WHERE customer_id IS NULL"),
    ("anonymous contacts", "SELECT COUNT(*) FROM campaign_responses WHERE customer_id IS NULL"),
    ("anonymous visits", "SELECT COUNT(*) FROM website_behavior WHERE customer_id IS NULL"),
    (
        "an outlier beyond ten times the next",
        "SELECT MAX(amount) > 10 * (SELECT AVG(total_lifetime_value) FROM customer_360)
         FROM purchase_transactions",
    ),
    ("missing scores", "SELECT COUNT(*) FROM customer_service WHERE satisfaction_score IS NULL"),
    ("every score", "SELECT COUNT(DISTINCT satisfaction_score) = 5 FROM customer_service"),
    (
        "a category without sales",
        "SELECT COUNT(*) FROM (SELECT category FROM product_catalog EXCEPT
         SELECT category FROM purchase_transactions JOIN product_catalog USING (product_id))",
    ),
    ("nine categories", "SELECT COUNT(DISTINCT category) = 9 FROM product_catalog"),
    (
        "leap day",
        "SELECT COUNT(*) FROM purchase_transactions WHERE transaction_date = '2024-02-29'",
    ),
    (
        "as-of day",
        "SELECT COUNT(*) FROM purchase_transactions WHERE transaction_date = '2026-06-30'",
    ),
    (
        "first day",
        "SELECT COUNT(*) FROM purchase_transactions WHERE transaction_date = '2023-07-01'",
    ),
    (
        "an order over a year's end",
        "SELECT COUNT(*) FROM (SELECT order_id FROM purchase_transactions WHERE amount > 0
         GROUP BY order_id HAVING COUNT(DISTINCT substr(transaction_date, 1, 4)) > 1)",
    ),
    (
        "several orders on a day",
        "SELECT COUNT(*) FROM (SELECT 1 FROM purchase_transactions WHERE customer_id IS NOT NULL
         GROUP BY customer_id, transaction_date HAVING COUNT(DISTINCT order_id) > 2)",
    ),
    ("HTML", "SELECT COUNT(*) FROM customer_360 WHERE first_name LIKE '<script>%'"),
    ("SQL", "SELECT COUNT(*) FROM customer_360 WHERE first_name LIKE '%''); DROP TABLE%'"),
    ("a formula", "SELECT COUNT(*) FROM customer_360 WHERE first_name LIKE '=HYPERLINK(%'"),
    ("an apostrophe", "SELECT COUNT(*) FROM customer_360 WHERE last_name LIKE 'O''N%'"),
    ("right to left", "SELECT COUNT(*) FROM customer_360 WHERE first_name LIKE 'مُحَمَّد%'"),
    ("emoji", "SELECT COUNT(*) FROM customer_360 WHERE first_name LIKE '👩🏽‍💻%'"),
];

#[test]
fn every_edge_is_there_at_any_size() {
    for customers in [60, 100, 1_000] {
        let folder = Folder::demo(customers, 1);
        for (name, sql) in EDGES {
            assert!(folder.ask::<i64>(sql) > 0, "{name} at {customers} customers");
        }
        let nameless = "SELECT COUNT(*) FROM customer_360
            WHERE COALESCE(first_name, last_name, email) IS NULL";
        assert_eq!(folder.ask::<i64>(nameless), 1);
    }
}

#[test]
fn month_ends_are_there() {
    let folder = Folder::demo(100, 1);
    for day in ["2023-07-31", "2024-01-31", "2024-04-30", "2025-02-28", "2025-12-31"] {
        let sql =
            format!("SELECT COUNT(*) FROM purchase_transactions WHERE transaction_date = '{day}'");
        assert!(folder.ask::<i64>(&sql) > 0, "{day}");
    }
}

#[test]
fn values_tie_across_both_cuts_between_segments() {
    for (customers, seed) in [(60, 1), (100, 1), (101, 4), (137, 2), (1_000, 1)] {
        let folder = Folder::demo(customers, seed);
        for share in [10, 40] {
            let rank = (customers * share).div_ceil(100);
            // On the rank that closes the share and on the next one stands the same value.
            let sql = format!(
                "SELECT COUNT(DISTINCT total_lifetime_value) FROM (SELECT total_lifetime_value
                 FROM customer_360 ORDER BY total_lifetime_value DESC LIMIT 2 OFFSET {})",
                rank - 1
            );
            assert_eq!(folder.ask::<i64>(&sql), 1, "{share}% of {customers}, seed {seed}");
        }
    }
}

#[test]
fn ties_across_cuts_go_up() {
    let folder = Folder::demo(100, 1);
    for (upper, lower) in [("High Value", "Medium Value"), ("Medium Value", "Low Value")] {
        let sql = format!(
            "SELECT (SELECT MIN(total_lifetime_value) FROM customer_360
                WHERE customer_segment = '{upper}')
              > (SELECT MAX(total_lifetime_value) FROM customer_360
                WHERE customer_segment = '{lower}')"
        );
        assert!(folder.ask::<bool>(&sql), "{upper}");
    }
}
