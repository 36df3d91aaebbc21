//! What is too much for one snapshot is refused with what to do, and nothing is written.

use std::fmt::Write;

use crate::folder::Folder;

const MAPPING: &str = r#"
source = "Too much"
[currency]
code = "EUR"
[product_catalog]
[purchase_transactions]
"#;

/// What is said of purchases, each of a product of its own: category, day, amount.
fn refused(lines: impl Iterator<Item = (String, &'static str, &'static str)>) -> String {
    let mut products = "product_id,product_name,category,price\n".to_owned();
    let mut purchases =
        "transaction_id,order_id,customer_id,product_id,transaction_date,quantity,amount\n"
            .to_owned();
    for (number, (category, day, amount)) in lines.enumerate() {
        writeln!(products, "p{number},,{category},").unwrap();
        writeln!(purchases, "{number},o{number},c,p{number},{day},1,{amount}").unwrap();
    }
    let folder = Folder::new();
    folder.write("product_catalog.csv", products).write("purchase_transactions.csv", purchases);
    let refused = folder.import(MAPPING).unwrap_err();
    assert_eq!(folder.files(), [""; 0]);
    refused
}

#[test]
fn too_many_categories() {
    let days = ["2023-01-01", "2025-12-31"];
    let text = refused((0..5_213).map(|at| (format!("c{at}"), days[at % 2], "1.00")));
    assert!(text.contains("the number of categories is 5213, it must be at most 3"), "{text}");
    assert!(text.contains("over 36 months"), "{text}");
    assert!(text.ends_with("map a coarser column to `category`"), "{text}");
}

#[test]
fn days_far_apart() {
    let text =
        refused(["1900-01-01", "2025-12-31"].map(|day| ("c".into(), day, "1.00")).into_iter());
    assert!(text.contains("the number of months is 1512, it must be at most "), "{text}");
    assert!(text.contains("the first day is 1900-01-01, the last 2025-12-31"), "{text}");
}

#[test]
fn amounts_beyond_every_sum() {
    let amounts = ["9000000000000000", "-9000000000000000"];
    let text = refused(amounts.map(|amount| ("c".into(), "2025-01-01", amount)).into_iter());
    assert!(text.contains("more than 11529215046068469.76 EUR"), "{text}");
}
