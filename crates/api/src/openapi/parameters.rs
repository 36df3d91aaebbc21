//! What can be asked beside an address: the filter of the page, and which part of a list.

use serde_json::{Value, json};

use super::Host;
use crate::endpoint::Endpoint;

/// The parameters of an address.
pub(crate) fn of(endpoint: &Endpoint, host: Host) -> Vec<Value> {
    if host == Host::Files || endpoint.name.is_empty() {
        return Vec::new();
    }
    let mut parameters = vec![
        one("from", "First day, as 2026-11-23.", json!({ "type": "string", "format": "date" })),
        one("to", "Last day.", json!({ "type": "string", "format": "date" })),
        one(
            "compare",
            "What changes are against: the period before, the year before, or nothing.",
            json!({ "type": "string", "enum": ["previous", "year", "none"] }),
        ),
        several("segment", "Customer segments."),
        several("churn", "Churn risks."),
        several("category", "Product categories."),
        several("rfm", "RFM segments."),
    ];
    if endpoint.has_pages() {
        let number = json!({ "type": "integer", "minimum": 1 });
        parameters.push(one("page", "Number of the page, from 1.", number));
    }
    if endpoint.has_rows() {
        let number = json!({ "type": "integer", "minimum": 1, "maximum": 5000 });
        parameters.push(one("limit", "Rows of the list, or of a page.", number));
    }
    parameters
}

/// The page as part of an address.
pub(crate) fn page_in_path() -> Value {
    json!({
        "name": "page",
        "in": "path",
        "required": true,
        "description": "Number of the page, from 1.",
        "schema": { "type": "integer", "minimum": 1 },
    })
}

fn one(name: &str, what: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": what, "schema": schema })
}

/// A parameter that may be said several times.
fn several(name: &str, what: &str) -> Value {
    json!({
        "name": name,
        "in": "query",
        "description": format!("{what} Say it several times for several."),
        "explode": true,
        "schema": { "type": "array", "items": { "type": "string" } },
    })
}
