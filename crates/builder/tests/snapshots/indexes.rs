//! The questions the page asks in SQL are answered through indexes, and type-ahead finds people.

use crate::folder::Folder;

/// What the page asks.
const QUESTIONS: [&str; 9] = [
    "SELECT * FROM customer_360 WHERE ord = 5",
    "SELECT * FROM customer_360 WHERE customer_id = 'C0000001'",
    "SELECT * FROM purchase_transactions WHERE customer_id = 'C0000001' ORDER BY line",
    "SELECT * FROM customer_service WHERE customer_id = 'C0000001'",
    "SELECT * FROM campaign_responses WHERE customer_id = 'C0000001'",
    "SELECT * FROM website_behavior WHERE customer_id = 'C0000001'",
    "SELECT * FROM customer_360 ORDER BY total_lifetime_value DESC LIMIT 5",
    "SELECT ord, label FROM customer_search WHERE term >= 'big' AND term < 'bih' LIMIT 10",
    "SELECT name, block, raw_bytes FROM packs ORDER BY name, block",
];

#[test]
fn no_question_reads_a_whole_table() {
    let database = Folder::demo(200, 1);
    let database = database.sqlite();
    for sql in QUESTIONS {
        let mut statement = database.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        for step in steps.map(Result::unwrap) {
            let through_index = step.contains(" USING ");
            assert!(through_index && !step.contains("TEMP B-TREE"), "{sql}: {step}");
        }
    }
}

#[test]
fn people_are_found_by_every_prefix_in_any_case() {
    let folder = Folder::demo(100, 1);
    for (typed, label) in [
        ("OFFICE", "Big Office Outfitters"),
        ("big office", "Big Office Outfitters"),
        ("Big.Off", "Big Office Outfitters"),
        ("c0000021", "Big Office Outfitters"),
        ("o'néi", "Siobhán O'Néill-D’Arcy"),
        ("GĘŚL", "Zażółć Gęślą-Jaźń"),
        ("مُحَ", "مُحَمَّد بن عبد العزيز"),
    ] {
        let term = typed.to_lowercase();
        let sql = format!(
            "SELECT COUNT(*) FROM customer_search WHERE term >= '{0}' AND term < '{0}' || char(1114111)
             AND label = '{1}'",
            term.replace('\'', "''"),
            label.replace('\'', "''")
        );
        assert!(folder.ask::<i64>(&sql) > 0, "{typed}");
    }
}

#[test]
fn rows_of_a_customer_lie_together_and_packs_come_last() {
    let folder = Folder::demo(200, 1);
    for table in ["purchase_transactions", "customer_service", "campaign_responses"] {
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT customer_id, LAG(customer_id) OVER (ORDER BY line) AS before
             FROM {table}) WHERE customer_id IS NOT before"
        );
        let runs: i64 = folder.ask(&sql);
        let customers: i64 =
            folder.ask(&format!("SELECT COUNT(DISTINCT COALESCE(customer_id, '')) FROM {table}"));
        assert_eq!(runs, customers, "{table}");
    }
}
