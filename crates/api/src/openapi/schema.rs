//! The shape of each answer as JSON Schema. Objects are closed: a field that is not described is
//! an error, so that a program can rely on what it reads here.

use serde_json::{Map, Value, json};

/// An object with exactly these fields.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let fields: Map<String, Value> =
        fields.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({
        "type": "object",
        "properties": fields,
        "required": names,
        "additionalProperties": false,
    })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn said(mut schema: Value, what: &str) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("description".to_owned(), json!(what));
    }
    schema
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn number() -> Value {
    json!({ "type": "number" })
}

fn number_or_none() -> Value {
    json!({ "type": ["number", "null"] })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn money() -> Value {
    said(number(), "In whole units of the currency.")
}

fn updated() -> Value {
    said(json!({ "type": "string", "format": "date-time" }), "When the snapshot was built.")
}

pub(crate) fn error() -> Value {
    object([("error", said(text(), "What is wrong."))])
}

pub(crate) fn kpis() -> Value {
    let trend = "Change against the period before: a fraction, or points of a rate or score; null \
                 where there is nothing to compare with.";
    let entry = object([
        ("label", text()),
        ("value", said(number_or_none(), "Money in whole units, a rate as a fraction.")),
        ("trend", said(number_or_none(), trend)),
        ("sparklineData", said(list(number_or_none()), "The value in each month shown.")),
    ]);
    object([("kpiData", list(entry))])
}

pub(crate) fn customer_segments() -> Value {
    let entry = object([("segment", text()), ("count", count())]);
    object([("segmentData", list(entry)), ("lastUpdated", updated())])
}

pub(crate) fn monthly_revenue() -> Value {
    let month = json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}$" });
    let entry = object([("month", month), ("revenue", money())]);
    object([("revenueData", list(entry)), ("lastUpdated", updated())])
}

pub(crate) fn top_customers() -> Value {
    let entry = object([
        ("id", text()),
        ("name", text()),
        ("email", json!({ "type": ["string", "null"] })),
        ("lifetimeValue", money()),
    ]);
    object([("topCustomers", list(entry)), ("lastUpdated", updated())])
}

pub(crate) fn product_category_performance() -> Value {
    let entry = object([
        ("category", text()),
        ("revenue", money()),
        ("units", said(number_or_none(), "Null where the source has no quantities.")),
    ]);
    object([("categoryData", list(entry)), ("lastUpdated", updated())])
}

pub(crate) fn customer_satisfaction() -> Value {
    let scores = ["1", "2", "3", "4", "5"].map(|score| (score, count()));
    object([
        ("satisfactionScore", said(number_or_none(), "Mean of 1 to 5; null without a score.")),
        ("totalResponses", count()),
        ("breakdown", said(object(scores), "Responses by score.")),
        ("lastUpdated", updated()),
    ])
}

pub(crate) fn churn_risk() -> Value {
    let entry = object([("risk", text()), ("count", count())]);
    object([("churnData", list(entry)), ("lastUpdated", updated())])
}

pub(crate) fn rfm_segmentation() -> Value {
    let entry = object([
        ("customerId", text()),
        ("recency", said(json!({ "type": "integer" }), "Days from the last purchase.")),
        ("frequency", said(count(), "Orders of all time.")),
        ("monetary", said(number(), "Lifetime value, in whole units of the currency.")),
        ("segment", text()),
    ]);
    let pagination = object([
        ("page", count()),
        ("pages", count()),
        ("pageSize", count()),
        ("total", said(count(), "Customers on all pages.")),
        ("next", said(json!({ "type": ["string", "null"] }), "Address of the next page.")),
    ]);
    object([("rfmData", list(entry)), ("pagination", pagination), ("lastUpdated", updated())])
}

pub(crate) fn welcome() -> Value {
    object([("message", text())])
}

pub(crate) fn backend_kpis() -> Value {
    object([
        ("total_customers", count()),
        ("total_lifetime_value", money()),
        ("average_order_value", said(number_or_none(), "Null without an order.")),
        (
            "retention_rate",
            said(number_or_none(), "In percent; null where nothing is known of the period before."),
        ),
    ])
}

pub(crate) fn backend_top_customers() -> Value {
    list(object([
        ("customer_id", text()),
        ("first_name", text()),
        ("last_name", text()),
        ("total_lifetime_value", money()),
    ]))
}

/// A figure: what `Plotly.newPlot` takes.
pub(crate) fn figure() -> Value {
    let trace = json!({ "type": "object", "properties": { "type": text() }, "required": ["type"] });
    let traces = json!({ "type": "array", "items": trace, "minItems": 1 });
    object([("data", said(traces, "Traces.")), ("layout", json!({ "type": "object" }))])
}
