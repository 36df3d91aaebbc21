//! A shop that goes on: its rows up to a day as a snapshot, the later ones as events, and a snapshot that
//! the builder makes of all rows, which is the truth.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::hub::hub;

const MAPPING: &str = "source = 'A shop that goes on'\ncurrency.code = 'EUR'\n\
    classes.segments = ['Gold', 'Silver']\nclasses.churn_risks = ['Calm', 'Restless']\n\
    [purchase_transactions]\n[customer_info]\n[customer_service]\n";

const CATEGORIES: [&str; 4] = ["Tea", "Cups", "Books", "Garden & Yard"];

/// An order of two years, by its place; no two amounts are the same, so that no two customers tie.
struct Order {
    at: u32,
    customer: Option<u32>,
    day: String,
}

impl Order {
    fn of(at: u32) -> Self {
        let (month, day) = (at / 10, 1 + at * 5 % 28);
        let day = format!("{}-{:02}-{day:02}", 2024 + month / 12, 1 + month % 12);
        // Some are guests, some come for the first time late.
        let customer = (at % 11 != 3).then_some(at * at % (9 + at / 8));
        Self { at, customer, day }
    }

    /// Category, hundredths, pieces.
    fn lines(&self) -> Vec<(&'static str, u32, u32)> {
        let line = |number: u32| {
            let category = CATEGORIES[((self.at + number * number) % 4) as usize];
            (category, 1_000 + self.at * 37 + number, 1 + (self.at + number) % 3)
        };
        (0..1 + self.at % 3).map(line).collect()
    }

    /// Now and then something is sent back.
    fn is_sent_back(&self) -> bool {
        self.at % 9 == 4
    }

    fn score(&self) -> Option<u32> {
        self.customer.filter(|_| self.at % 4 == 1).map(|_| 1 + self.at % 5)
    }
}

fn money(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn segment(customer: u32) -> &'static str {
    ["Gold", "Silver"][usize::from(!customer.is_multiple_of(3))]
}

fn churn(customer: u32) -> &'static str {
    ["Calm", "Restless"][usize::from(customer % 4 > 1)]
}

/// Builds the snapshot of the first orders; `changed` is in the other segment.
pub fn snapshot(folder: &Path, orders: u32, changed: Option<u32>) {
    covering(folder, orders, changed, 0);
}

/// The same, which says that it holds the events up to one.
pub fn covering(folder: &Path, orders: u32, changed: Option<u32>, covers: u64) {
    let input = tempfile::tempdir().unwrap();
    let (mut sales, mut people, mut service) = (
        "order_id,customer_id,transaction_date,amount,quantity,category\n".to_owned(),
        "customer_id,customer_segment,churn_risk\n".to_owned(),
        "customer_id,interaction_date,satisfaction_score\n".to_owned(),
    );
    let mut known = BTreeSet::new();
    for order in (0..orders).map(Order::of) {
        let Order { at, customer, day } = &order;
        let whose = customer.map(|customer| format!("c{customer}")).unwrap_or_default();
        for (category, amount, pieces) in order.lines() {
            sales += &format!("o{at},{whose},{day},{},{pieces},{category}\n", money(amount));
        }
        if order.is_sent_back() {
            let (category, amount, pieces) = order.lines()[0];
            sales += &format!("o{at},{whose},{day},-{},-{pieces},{category}\n", money(amount));
        }
        if let Some(score) = order.score() {
            service += &format!("{whose},{day},{score}\n");
        }
        known.extend(customer);
    }
    for customer in known {
        let other = changed == Some(customer);
        let segment = if other { "Gold" } else { segment(customer) };
        people += &format!("c{customer},{segment},{}\n", churn(customer));
    }
    for (name, text) in [
        ("purchase_transactions.csv", &sales),
        ("customer_info.csv", &people),
        ("customer_service.csv", &service),
        ("mapping.toml", &MAPPING.to_owned()),
    ] {
        fs::write(input.path().join(name), text).unwrap();
    }
    let mapping = input.path().join("mapping.toml");
    let output = hub(&["build", "--built-at", "2026-02-01T00:00:00Z", "--from"])
        .arg(input.path())
        .arg("--mapping")
        .arg(&mapping)
        .args(["--covers", &covers.to_string(), "--out"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The events of some orders, as a channel tells them; who is new is told before.
pub fn events(orders: std::ops::Range<u32>, changed: u32) -> Vec<Value> {
    let mut known: BTreeSet<u32> =
        (0..orders.start).filter_map(|at| Order::of(at).customer).collect();
    let mut events = Vec::new();
    for order in orders.map(Order::of) {
        let at = format!("{}T12:00:00Z", order.day);
        let mut put = |event: Value| {
            let mut event = event;
            event["at"] = json!(at);
            if let Some(customer) = order.customer {
                event["customer_id"] = json!(format!("c{customer}"));
            }
            events.push(event);
        };
        if let Some(customer) = order.customer.filter(|customer| known.insert(*customer)) {
            let (segment, churn_risk) = (segment(customer), churn(customer));
            put(json!({ "type": "new_customer", "segment": segment, "churn_risk": churn_risk }));
        }
        let line = |&(category, amount, quantity): &(&str, u32, u32)| json!({ "category": category, "amount": money(amount), "quantity": quantity });
        let lines = order.lines();
        let id = format!("o{}", order.at);
        let all: Vec<Value> = lines.iter().map(line).collect();
        put(json!({ "type": "order_placed", "order_id": id, "lines": all }));
        if order.is_sent_back() {
            put(json!({ "type": "order_returned", "order_id": id, "lines": [line(&lines[0])] }));
        }
        if let Some(score) = order.score() {
            put(json!({ "type": "feedback_received", "score": score }));
        }
    }
    let at = events.last().unwrap()["at"].clone();
    events.push(json!({
        "type": "customer_changed", "at": at, "customer_id": format!("c{changed}"), "segment": "Gold",
    }));
    events
}
