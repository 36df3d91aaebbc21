//! A small shop whose names are hard to put into SQL, with products of no category.

use std::fmt::Write;

use builder::build::{self, Options};
use builder::disk;
use builder::progress::Progress;
use builder::publish::PublishMode;

use crate::Shop;

const MAPPING: &str = "
source = 'Awkward names'
currency.code = 'EUR'
classes.segments = [\"Gold's\", 'Silver \"plated\"', '%; DROP TABLE customer_360; --']
classes.churn_risks = [\"Won't leave\", 'No category']
[customer_info]
[product_catalog]
[purchase_transactions]
[customer_service]
[campaign_responses]
";

const CATEGORIES: [&str; 8] =
    ["Kids' toys", "'", "''quoted''", "a\\b", "No category", "", "; SELECT 1 --", "日本語"];
const SEGMENTS: [&str; 3] = ["Gold's", "Silver \"plated\"", "%; DROP TABLE customer_360; --"];
const RISKS: [&str; 2] = ["Won't leave", "No category"];
const CHANNELS: [&str; 3] = ["Let's talk", "\"Chat\"", ""];

/// The shop, built.
pub fn shop() -> Shop {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("in"), dir.path().join("out"));
    std::fs::create_dir(&input).unwrap();
    let write = |name: &str, text: String| std::fs::write(input.join(name), text).unwrap();
    write("product_catalog.csv", products());
    write("customer_info.csv", customers());
    write("purchase_transactions.csv", purchases());
    write("customer_service.csv", feedback());
    write("campaign_responses.csv", contacts());
    let mapping = dir.path().join("mapping.toml");
    std::fs::write(&mapping, MAPPING).unwrap();
    let import = disk::import(input, disk::mapping(&mapping).unwrap());
    let options = Options {
        out: out.clone(),
        publish: PublishMode::Single,
        built_at: None,
        covers: 0,
        pairs_from: None,
        progress: Progress::Silent,
    };
    build::build(&options, |loader| import.feed(loader, &Progress::Silent)).unwrap();
    Shop::opened(&out, dir)
}

/// A text as CSV writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn products() -> String {
    let mut text = "product_id,product_name,category,price\n".to_owned();
    for (at, category) in CATEGORIES.iter().enumerate() {
        let _ = writeln!(text, "p{at},Product {at},{},1.00", quoted(category));
    }
    text
}

fn customers() -> String {
    let mut text = "customer_id,first_name,customer_segment,churn_risk\n".to_owned();
    for at in 0..60 {
        let (segment, risk) = (SEGMENTS[at % 3], RISKS[at % 2]);
        let _ = writeln!(text, "\"c'{at}\",Name {at},{},{}", quoted(segment), quoted(risk));
    }
    text
}

fn purchases() -> String {
    let mut text =
        "transaction_id,order_id,customer_id,product_id,transaction_date,quantity,amount\n"
            .to_owned();
    for at in 0..600_usize {
        let customer = if at % 41 == 0 { String::new() } else { format!("\"c'{}\"", at * at % 57) };
        let product = at * 7 % 11;
        let product = if product < 8 { format!("p{product}") } else { String::new() };
        let (month, day) = (1 + at * 5 % 12, 1 + at * 13 % 28);
        let year = 2023 + at % 2;
        // A return now and then; an order in two lines, mostly of two days.
        let sign = if at % 17 == 0 { "-" } else { "" };
        let (cents, order, quantity) = (at * 37 % 90, at / 2, 1 + at % 3);
        let _ = writeln!(
            text,
            "t{at},o{order},{customer},{product},{year}-{month:02}-{day:02},{sign}{quantity},{sign}{}.{cents:02}",
            1 + at % 70
        );
    }
    text
}

fn feedback() -> String {
    let mut text =
        "interaction_id,customer_id,interaction_date,channel,reason,satisfaction_score\n"
            .to_owned();
    for at in 0..200_usize {
        let (channel, reason) = (quoted(CHANNELS[at % 3]), quoted(CATEGORIES[at % 5]));
        let (month, day) = (1 + at % 12, 1 + at * 3 % 28);
        let _ = writeln!(
            text,
            "s{at},\"c'{}\",2024-{month:02}-{day:02},{channel},{reason},{}",
            at % 60,
            1 + at * at % 5
        );
    }
    text
}

fn contacts() -> String {
    let mut text = "campaign_id,campaign_name,customer_id,contact_date,responded\n".to_owned();
    for at in 0..200_usize {
        let (month, day) = (1 + at % 12, 1 + at * 5 % 28);
        let answer = if at % 4 == 0 { "yes" } else { "no" };
        let _ = writeln!(text, "m,Spring,\"c'{}\",2024-{month:02}-{day:02},{answer}", at % 60);
    }
    text
}
