//! A small shop in memory, whose things are called as a test likes.

use facts::Facts;
use serde_json::json;
use snapshot::{CustomerColumns, Meta, PurchaseColumns};
use widgets::Person;

/// Customers of a shop that has any.
const CUSTOMERS: usize = 9;

/// A shop.
pub struct Shop {
    meta: Meta,
    customers: CustomerColumns,
    purchases: PurchaseColumns,
    /// Net revenue by category, in cents.
    pub revenue: Vec<i64>,
}

/// Who is called so.
pub fn person(id: &str, name: &str) -> Person {
    Person {
        customer_id: id.to_owned(),
        first_name: name.to_owned(),
        last_name: String::new(),
        email: name.to_owned(),
    }
}

impl Shop {
    /// Each category sold once, for another amount each; customers spread over the groups.
    pub fn of(categories: &[String], groups: &[String]) -> Self {
        let amounts: Vec<i64> =
            (0..categories.len() as i64).map(|at| (at * 7919) % 5000 - 700).collect();
        let owner = |line: usize| line * CUSTOMERS / categories.len();
        let lines_of =
            |customer: usize| (0..categories.len()).filter(move |&line| owner(line) == customer);
        let lines: Vec<u32> = (0..CUSTOMERS).map(|at| lines_of(at).count() as u32).collect();
        let value = |at| lines_of(at).map(|line| amounts[line]).sum();
        let group = |at: usize| (at * groups.len() / CUSTOMERS) as u8;
        let day = |at: usize| if lines[at] > 0 { at as u16 } else { snapshot::columns::NO_DAY };
        Self {
            meta: meta(categories, groups, CUSTOMERS),
            customers: CustomerColumns {
                segment: (0..CUSTOMERS).map(group).collect(),
                churn: (0..CUSTOMERS).map(group).collect(),
                rfm_segment: (0..CUSTOMERS).map(group).collect(),
                first_purchase: (0..CUSTOMERS).map(day).collect(),
                last_purchase: (0..CUSTOMERS).map(day).collect(),
                orders: lines.clone(),
                lifetime_value: (0..CUSTOMERS).map(value).collect(),
                lines,
            },
            purchases: purchases(&amounts, |line| owner(line) as u16),
            revenue: amounts,
        }
    }

    /// Two lines of people nobody knows.
    pub fn guests_only() -> Self {
        let names = ["Books".to_owned(), "Maps".to_owned()];
        let amounts = vec![2000, 1000];
        Self {
            meta: meta(&names, &["High".to_owned()], 0),
            customers: CustomerColumns::default(),
            purchases: purchases(&amounts, |line| line as u16),
            revenue: amounts,
        }
    }

    /// Its facts.
    pub fn facts(&self) -> Facts {
        let (customers, purchases) = (self.customers.clone(), self.purchases.clone());
        Facts::new(self.meta.clone(), customers, purchases, None, None).unwrap()
    }
}

fn purchases(amounts: &[i64], day: impl Fn(usize) -> u16) -> PurchaseColumns {
    let lines = amounts.len();
    PurchaseColumns {
        day: (0..lines).map(day).collect(),
        category: (0..lines).map(|line| line as u16).collect(),
        amount: amounts.to_vec(),
        quantity: vec![1; lines],
        order: (0..lines as u32).collect(),
    }
}

fn meta(categories: &[String], groups: &[String], customers: usize) -> Meta {
    let none = [0_i64; 4];
    serde_json::from_value(json!({
        "format_version": snapshot::FORMAT_VERSION,
        "snapshot_id": "0123abcd",
        "built_at": "2026-06-28T00:00:00Z",
        "source": "Shop",
        "demo": false,
        "as_of": "2026-06-28",
        "first_day": "2026-06-01",
        "last_day": "2026-06-28",
        "time_zone": "UTC",
        "currency": { "code": "EUR", "exponent": 2 },
        "rows": { "customer_360": customers },
        "rejected": {},
        "labels": {
            "segments": groups, "churn_risks": groups, "categories": categories,
            "rfm_segments": groups,
        },
        "features": {
            "names": true, "units": true, "categories": true,
            "feedback": false, "campaigns": false, "visits": false,
        },
        "rules": {
            "segments": { "kind": "imported" },
            "churn": { "kind": "imported" },
            "rfm": { "customers": customers, "recency": none, "frequency": none, "monetary": none },
        },
        "lineage": [],
    }))
    .unwrap()
}
