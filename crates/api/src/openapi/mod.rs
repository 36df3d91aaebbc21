//! The description of all addresses, as OpenAPI 3.1.

mod edits;
mod parameters;
pub(crate) mod schema;

use serde_json::{Map, Value, json};

use crate::endpoint::{ENDPOINTS, Endpoint, Family};

pub use edits::with_edits;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Files: no parameter changes an answer.
    Files,
    /// A program, which takes the filter of the page as parameters.
    Live,
}

/// The description, for a site whose root is `base` (`/` or `/shop/`).
pub fn description(base: &str, host: Host) -> Value {
    let mut paths = Map::new();
    for endpoint in &ENDPOINTS {
        let asked = parameters::of(endpoint, host);
        paths.insert(endpoint.path(), path(endpoint, host, &asked, false));
        if endpoint.has_pages() {
            let mut asked: Vec<Value> =
                asked.into_iter().filter(|parameter| parameter["name"] != "page").collect();
            asked.insert(0, parameters::page_in_path());
            let named = format!("{}/{{page}}", endpoint.path());
            paths.insert(named, path(endpoint, host, &asked, true));
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

fn path(endpoint: &Endpoint, host: Host, parameters: &[Value], paged: bool) -> Value {
    let name = if endpoint.name.is_empty() { "welcome" } else { endpoint.name };
    let suffix = if paged { "_page" } else { "" };
    let id = format!("{}_{name}{suffix}", tag(endpoint.family).to_lowercase());
    let mut responses = Map::new();
    let mut answers = |status: &str, description: &str, schema: Value| {
        responses.insert(status.to_owned(), answer(description, schema));
    };
    let error = || json!({ "$ref": "#/components/schemas/Error" });
    answers("200", "The answer.", (endpoint.schema)());
    answers("404", "The snapshot has no such data.", error());
    if host == Host::Live {
        answers("400", "A parameter cannot be taken.", error());
        answers("429", "Too many questions at once.", error());
    }
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
