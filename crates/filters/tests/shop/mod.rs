//! Descriptions of snapshots to choose from.

use serde_json::json;
use snapshot::Meta;

/// Labels that break what is put together from text.
pub const AWKWARD: [&str; 14] = [
    "",
    " ",
    "a&b=c",
    "50% off",
    "+1",
    "%2B",
    "🎈👩‍👩‍👧",
    "مرحبا",
    "שלום\u{200f}",
    "<b>&amp;</b>",
    "a\u{0}b\n",
    "ß\u{301}",
    "#?/\\;",
    "from",
];

/// A shop of three years.
pub fn meta() -> Meta {
    let mut meta = plain();
    meta.labels.segments = names(&["High Value", "Medium Value", "Low Value"]);
    meta.labels.churn_risks = names(&["Low", "Medium", "High"]);
    meta.labels.categories = names(&["Books", "<b>&=+%"]);
    meta.labels.rfm_segments = names(&["Champions", "Lost"]);
    meta
}

/// A shop whose values have no names yet.
pub fn plain() -> Meta {
    let none = [0_i64; 4];
    serde_json::from_value(json!({
        "format_version": snapshot::FORMAT_VERSION,
        "snapshot_id": "0123abcd",
        "built_at": "2026-06-28T00:00:00Z",
        "source": "Shop",
        "demo": true,
        "as_of": "2026-06-28",
        "first_day": "2023-07-03",
        "last_day": "2026-06-28",
        "time_zone": "UTC",
        "currency": { "code": "USD", "exponent": 2 },
        "rows": {},
        "rejected": {},
        "labels": { "segments": [], "churn_risks": [], "categories": [], "rfm_segments": [] },
        "features": {
            "names": true, "units": true, "categories": true,
            "feedback": true, "campaigns": true, "visits": true,
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

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
