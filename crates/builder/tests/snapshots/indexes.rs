//! The questions the page asks in SQL are answered through indexes, and type-ahead finds people.

use engine::questions;
use snapshot::search::fold;

use crate::folder::Folder;

/// What the page asks beside [`questions::ALL`].
const QUESTIONS: [&str; 8] = [
    "SELECT * FROM customer_360 WHERE ord = 5",
    "SELECT * FROM customer_360 WHERE customer_id = 'C0000001'",
    "SELECT * FROM purchase_transactions WHERE customer_id = 'C0000001' ORDER BY line",
    "SELECT * FROM customer_service WHERE customer_id = 'C0000001'",
    "SELECT * FROM campaign_responses WHERE customer_id = 'C0000001'",
    "SELECT * FROM website_behavior WHERE customer_id = 'C0000001'",
    "SELECT * FROM customer_360 ORDER BY total_lifetime_value DESC LIMIT 5",
    "SELECT name, block, raw_bytes FROM packs ORDER BY name, block",
];

#[test]
fn no_question_reads_a_whole_table() {
    let database = Folder::demo(200, 1);
    let database = database.sqlite();
    for sql in QUESTIONS.iter().chain(questions::ALL) {
        let mut statement = database.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        // Parameters are left open: the plan does not depend on them.
        let mut steps = statement.raw_query();
        while let Some(step) = steps.next().unwrap() {
            let step: String = step.get(3).unwrap();
            let through_index = step.contains(" USING ") || step.starts_with("SCALAR SUBQUERY");
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
        ("office outfitters b", "Big Office Outfitters"),
        ("outfitters", "Big Office Outfitters"),
        ("Big.Off", "Big Office Outfitters"),
        ("c0000021", "Big Office Outfitters"),
        ("oneill", "Siobhán O'Néill-D’Arcy"),
        ("o’né", "Siobhán O'Néill-D’Arcy"),
        ("d'arc", "Siobhán O'Néill-D’Arcy"),
        ("GĘŚL", "Zażółć Gęślą-Jaźń"),
        ("gesla-jaz", "Zażółć Gęślą-Jaźń"),
        ("مُحَ", "مُحَمَّد بن عبد العزيز"),
    ] {
        let term = fold(typed);
        let found = |table: &str| {
            let sql = format!(
                "SELECT COUNT(*) FROM {table}
                 WHERE term >= '{term}' AND term < '{term}' || char(1114111) AND label = '{}'",
                label.replace('\'', "''")
            );
            folder.ask::<i64>(&sql)
        };
        assert!(found("customer_search") > 0, "{typed}");
        assert!(found("customer_search_best") > 0, "{typed}");
    }
}

#[test]
fn short_prefixes_name_the_most_valuable() {
    let folder = Folder::demo(2000, 1);
    let sql = "SELECT COUNT(*), MIN(total_lifetime_value) >= (
        SELECT MIN(total_lifetime_value) FROM (
          SELECT total_lifetime_value FROM customer_360 WHERE customer_id LIKE 'c000%'
          ORDER BY total_lifetime_value DESC LIMIT 12))
      FROM customer_search_best JOIN customer_360 USING (ord)
      WHERE prefix = 'c000' AND found = 2000 AND NOT complete";
    assert_eq!(folder.ask::<i64>(sql), 12);
    assert_eq!(folder.ask::<i64>(&sql.replace("COUNT(*), ", "")), 1);
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
