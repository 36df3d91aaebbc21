//! Demo data: the same for the same seed, of the size asked for, and plausible.

use builder::publish::PublishMode;

use crate::folder::Folder;

#[test]
fn same_seed_same_bytes_other_seed_other_bytes() {
    let sha = |seed| Folder::demo(120, seed).opened().manifest.file.sha256;
    assert_eq!(sha(1), sha(1));
    assert_ne!(sha(1), sha(2));
}

#[test]
fn everything_in_it_can_be_derived_once_more() {
    for (customers, seed) in [(60, 9), (100, 1), (100, 2), (731, 3), (2000, 1)] {
        // The questions to each source are many; one size and seed is asked them all.
        let report = Folder::demo(customers, seed).verify_with(customers == 60);
        assert!(report.is_clean(), "{report}");
    }
}

#[test]
fn it_has_the_size_asked_for() {
    let folder = Folder::demo(2_000, 1);
    assert_eq!(folder.ask::<u64>("SELECT COUNT(*) FROM customer_360"), 2_000);
    let lines = folder.ask::<u64>("SELECT COUNT(*) FROM purchase_transactions");
    assert!((16_000..24_000).contains(&lines), "{lines}");
    assert!(Folder::new().build_demo(59, 1, PublishMode::Single).is_err());
}

#[test]
fn it_is_plausible() {
    let folder = Folder::demo(2_000, 1);
    let revenue = |from: &str, to: &str| -> i64 {
        folder.ask(&format!(
            "SELECT SUM(amount) FROM purchase_transactions
             WHERE transaction_date BETWEEN '{from}' AND '{to}'"
        ))
    };
    let years = [
        revenue("2023-07-01", "2024-06-30"),
        revenue("2024-07-01", "2025-06-30"),
        revenue("2025-07-01", "2026-06-30"),
    ];
    assert!(years[0] < years[1] && years[1] < years[2], "growth: {years:?}");
    let [autumn, winter] =
        [revenue("2024-11-01", "2024-12-31"), revenue("2025-01-01", "2025-02-28")];
    assert!(autumn > winter, "season: {autumn} {winter}");
    let responded: f64 = folder.ask("SELECT AVG(responded) FROM campaign_responses");
    assert!((0.02..0.3).contains(&responded), "responses: {responded}");
    let score: f64 = folder.ask("SELECT AVG(satisfaction_score) FROM customer_service");
    assert!((3.0..4.8).contains(&score), "scores: {score}");
    let returns: f64 = folder.ask("SELECT AVG(amount < 0) FROM purchase_transactions");
    assert!((0.01..0.1).contains(&returns), "returns: {returns}");
    let baskets: f64 = folder.ask(
        "SELECT MAX(price) * 1.0 / MIN(price) FROM (SELECT AVG(amount) AS price
         FROM purchase_transactions JOIN product_catalog USING (product_id) GROUP BY category)",
    );
    assert!(baskets > 5.0, "categories: {baskets}");
}

#[test]
fn cohorts_decay() {
    let folder = Folder::demo(2_000, 1);
    let active = |quarter: u32| -> f64 {
        folder.ask(&format!(
            "SELECT AVG(EXISTS (SELECT 1 FROM purchase_transactions AS bought
               WHERE bought.customer_id = who.customer_id AND bought.amount > 0
               AND transaction_date BETWEEN date(first_purchase_date, '+{} days')
                 AND date(first_purchase_date, '+{} days')))
             FROM customer_360 AS who WHERE first_purchase_date < '2024-06-30'",
            quarter * 90 + 1,
            quarter * 90 + 90
        ))
    };
    assert!(active(0) > active(3) && active(3) > active(6), "{} {}", active(0), active(6));
}
