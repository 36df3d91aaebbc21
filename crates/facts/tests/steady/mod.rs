//! A shop that sells the same every day: one new customer, who orders once of each category.

use facts::Facts;
use serde_json::json;
use snapshot::{CustomerColumns, Day, Meta, PurchaseColumns};

/// Amounts of the two orders of a day, in cents.
pub const AMOUNTS: [i64; 2] = [1_000, 500];

/// A shop open from one day to another.
pub fn meta(first: &str, last: &str) -> Meta {
    meta_of(first.parse().unwrap(), last.parse().unwrap())
}

/// As [`meta`].
pub fn meta_of(first: Day, last: Day) -> Meta {
    let none = [0_i64; 4];
    serde_json::from_value(json!({
        "format_version": snapshot::FORMAT_VERSION,
        "snapshot_id": "0123abcd",
        "built_at": "2026-06-28T00:00:00Z",
        "source": "Steady",
        "demo": true,
        "as_of": last,
        "first_day": first,
        "last_day": last,
        "time_zone": "UTC",
        "currency": { "code": "EUR", "exponent": 2 },
        "rows": {},
        "rejected": {},
        "labels": {
            "segments": ["All"], "churn_risks": ["Low"], "categories": ["Tea", "Cake"],
            "rfm_segments": [],
        },
        "features": {
            "names": true, "units": true, "categories": true,
            "feedback": false, "campaigns": false, "visits": false,
        },
        "rules": {
            "segments": { "kind": "imported" },
            "churn": { "kind": "imported" },
            "rfm": { "customers": 0, "recency": none, "frequency": none, "monetary": none },
        },
        "lineage": [],
    }))
    .unwrap()
}

/// All that such a shop has sold.
pub fn facts(meta: &Meta) -> Facts {
    let days = (meta.last_day.0 - meta.first_day.0 + 1) as u16;
    let customers = CustomerColumns {
        segment: vec![0; days.into()],
        churn: vec![0; days.into()],
        rfm_segment: vec![snapshot::columns::NOT_SCORED; days.into()],
        first_purchase: (0..days).collect(),
        last_purchase: (0..days).collect(),
        orders: vec![2; days.into()],
        lifetime_value: vec![AMOUNTS.iter().sum(); days.into()],
        lines: vec![2; days.into()],
    };
    let lines = || (0..days).flat_map(|day| (0..2_u16).map(move |category| (day, category)));
    let purchases = PurchaseColumns {
        day: lines().map(|(day, _)| day).collect(),
        category: lines().map(|(_, category)| category).collect(),
        amount: lines().map(|(_, category)| AMOUNTS[usize::from(category)]).collect(),
        quantity: lines().map(|_| 1).collect(),
        order: (0..).zip(lines()).map(|(order, _)| order).collect(),
    };
    Facts::new(meta.clone(), customers, purchases, None, None).unwrap()
}
