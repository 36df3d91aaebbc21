//! One line of JSON for each thing that happens, on standard error. Addresses are written as what
//! they stand for, never as they were asked: a query may name a person.

use std::io::Write;
use std::time::Duration;

use axum::http::Method;
use serde_json::json;

/// A request that was answered.
pub fn answered(method: &Method, route: &str, status: u16, took: Duration) {
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::PATCH => "PATCH",
        // Somebody's own word may be of any length.
        _ => "other",
    };
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    line(&json!({
        "event": "answered", "method": method, "route": route, "status": status, "ms": ms,
    }));
}

/// Something else that the host's keeper should know.
pub fn note(event: &str, what: &str) {
    line(&json!({ "event": event, "what": what }));
}

fn line(value: &serde_json::Value) {
    // Nobody can be told if standard error is closed.
    let _ = writeln!(std::io::stderr(), "{value}");
}
