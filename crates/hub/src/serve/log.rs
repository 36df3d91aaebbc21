//! One line of JSON for each thing that happens, on standard error. Addresses are written as what
//! they stand for, never as they were asked: a query may name a person.

use std::io::Write;
use std::time::Duration;

use axum::http::Method;
use edge::log::Entry;
use serde_json::json;

/// A request that was answered.
pub fn answered(method: &Method, route: &str, status: u16, took: Duration) {
    let method = known(method);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    line(&json!({
        "event": "answered", "method": method, "route": route, "status": status, "ms": ms,
    }));
}

/// The name of a method, if it is one of those that are taken here.
pub fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::PATCH => "PATCH",
        Method::POST => "POST",
        // Somebody's own word may be of any length.
        _ => "other",
    }
}

/// A line of the guard's.
pub fn entry(entry: &Entry<'_>) {
    write(&entry.line());
}

/// Something else that the host's keeper should know.
pub fn note(event: &str, what: &str) {
    line(&json!({ "event": event, "what": what }));
}

fn line(value: &serde_json::Value) {
    write(&value.to_string());
}

fn write(line: &str) {
    // One call for the whole line. Nobody can be told if standard error is closed.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
