//! The description of all addresses, as OpenAPI 3.1.

pub(crate) mod schema;

use serde_json::{Map, Value, json};

use crate::endpoint::{ENDPOINTS, Endpoint, Family};

/// The description, for a site whose root is `base` (`/` or `/shop/`).
pub fn description(base: &str) -> Value {
    let mut paths = Map::new();
    for endpoint in &ENDPOINTS {
        paths.insert(endpoint.path(), path(endpoint, &[]));
        if endpoint.has_pages() {
            paths.insert(format!("{}/{{page}}", endpoint.path()), path(endpoint, &[page()]));
        }
    }
    let tags = [Family::Dashboard, Family::Backend]
        .map(|family| json!({ "name": tag(family), "description": family.summary() }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "E-Commerce Insights Hub",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The numbers of the dashboard, for programs.",
            "description": "Amounts are in whole units of the snapshot's currency with all their \
                digits, rates are fractions unless said otherwise. What a snapshot has no data for \
                answers 404; null stands for a value of nothing over nothing.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": server(base), "description": "This site" }],
        "security": [],
        "tags": tags,
        "paths": paths,
        "components": { "schemas": { "Error": schema::error() } },
    })
}

/// The root to which paths are added, which begin with a slash.
fn server(base: &str) -> &str {
    match base.trim_end_matches('/') {
        "" => "/",
        root => root,
    }
}

fn tag(family: Family) -> &'static str {
    match family {
        Family::Dashboard => "Dashboard",
        Family::Backend => "Backend",
    }
}

fn path(endpoint: &Endpoint, parameters: &[Value]) -> Value {
    let name = if endpoint.name.is_empty() { "welcome" } else { endpoint.name };
    let suffix = if parameters.is_empty() { "" } else { "_page" };
    let id = format!("{}_{name}{suffix}", tag(endpoint.family).to_lowercase());
    let mut responses = Map::new();
    responses.insert("200".to_owned(), answer("The answer.", (endpoint.schema)()));
    let error = json!({ "$ref": "#/components/schemas/Error" });
    responses.insert("404".to_owned(), answer("The snapshot has no such data.", error));
    json!({
        "get": {
            "operationId": id,
            "summary": endpoint.summary,
            "tags": [tag(endpoint.family)],
            "parameters": parameters,
            "responses": responses,
        }
    })
}

fn answer(description: &str, schema: Value) -> Value {
    json!({
        "description": description,
        "content": { "application/json": { "schema": schema } },
    })
}

fn page() -> Value {
    json!({
        "name": "page",
        "in": "path",
        "required": true,
        "description": "Number of the page, from 1.",
        "schema": { "type": "integer", "minimum": 1 },
    })
}
