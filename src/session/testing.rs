//! What tests of the session need.

use snapshot::{FORMAT_VERSION, Manifest};

/// The manifest of a small snapshot without anything to read.
pub fn manifest() -> Manifest {
    let text = serde_json::json!({
        "format_version": FORMAT_VERSION,
        "file": {
            "publishing": { "mode": "single", "path": "snapshot-1.sqlite" },
            "bytes": 65_536, "sha256": "", "page_size": 16_384,
        },
        "meta": {
            "format_version": FORMAT_VERSION, "snapshot_id": "1", "built_at": "", "source": "Shop",
            "demo": false, "as_of": "2026-01-31", "first_day": "2025-01-01",
            "last_day": "2026-01-31", "time_zone": "UTC",
            "currency": { "code": "USD", "exponent": 2 },
            "rows": {}, "rejected": {}, "warnings": [],
            "labels": { "segments": ["High"], "churn_risks": ["Low"], "categories": ["Books"],
                        "rfm_segments": ["Others"], "channels": [], "reasons": [] },
            "features": { "names": false, "units": true, "categories": true, "feedback": false,
                          "campaigns": false, "visits": false },
            "rules": { "segments": { "kind": "imported" }, "churn": { "kind": "imported" },
                       "rfm": { "customers": 0, "recency": [0, 0, 0, 0],
                                "frequency": [0, 0, 0, 0], "monetary": [0, 0, 0, 0] } },
            "lineage": [],
        },
    });
    Manifest::from_json(&text.to_string()).expect("a manifest as it should be")
}
