//! The description of edits, which a program with a live channel takes.

use serde_json::{Value, json};

/// The description of a site that takes edits, too.
#[must_use]
pub fn with_edits(mut description: Value) -> Value {
    description["paths"]["/api/customers/{customer_id}"] = json!({ "patch": patch() });
    if let Some(tags) = description["tags"].as_array_mut() {
        tags.push(json!({ "name": TAG, "description": "What may be changed." }));
    }
    description
}

const TAG: &str = "Edits";

fn patch() -> Value {
    let text = || json!({ "type": "string" });
    let header = json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": true,
        "description": "Any name for this edit: the same again gets the same answer, and nothing \
            is done twice.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
    });
    let customer =
        json!({ "name": "customer_id", "in": "path", "required": true, "schema": text() });
    let edit = json!({
        "type": "object",
        "required": ["customer_segment"],
        "additionalProperties": false,
        "properties": {
            "customer_segment": text(),
            "was": {
                "type": ["string", "null"],
                "description": "The edit is made only if the segment is this.",
            },
        },
    });
    let made = json!({
        "type": "object",
        "required": ["customer_id", "customer_segment", "seq"],
        "properties": {
            "customer_id": text(),
            "customer_segment": text(),
            "seq": { "type": "integer", "description": "Number of the event that everybody is told." },
        },
    });
    let mut responses = json!({ "200": super::answer("It is made, and is kept.", made) });
    for (status, what) in [
        ("400", "No JSON, a field that is not known, none at all, or no key."),
        ("403", "It comes from a page of another site."),
        ("404", "There is no such customer."),
        ("409", "The segment is not what `was` says; `customer_segment` has what it is."),
        ("413", "More than 4 KiB."),
        ("415", "Not application/json."),
        ("422", "There is no such segment, or the key was another edit's."),
        ("429", "Too many at once."),
        ("507", "The disk takes no more: nothing is changed."),
    ] {
        let error = match status {
            "409" => changed(),
            _ => json!({ "$ref": "#/components/schemas/Error" }),
        };
        responses[status] = super::answer(what, error);
    }
    json!({
        "operationId": "edit_customer",
        "summary": "Puts a customer into a segment",
        "tags": [TAG],
        "parameters": [customer, header],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": edit } },
        },
        "responses": responses,
    })
}

/// What is told to whom somebody else was first.
fn changed() -> Value {
    json!({
        "type": "object",
        "required": ["error", "customer_segment"],
        "properties": {
            "error": { "type": "string" },
            "customer_segment": { "type": "string" },
        },
    })
}
