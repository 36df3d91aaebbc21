//! What is asked of a site that everybody may read, and its answer.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ALLOW, CONTENT_LENGTH, HOST, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{Method, Request, Response, StatusCode};

use super::hub::{Hub, is_for_programs};
use super::live::{self, Who};
use super::{programs, question, reply};

/// Bytes of a request's body that are read over at most.
const MOST_BODY: u64 = 64 * 1024;

/// Where programs are greeted.
const GREETING: &str = "/backend/";

/// What a request is about, and its answer.
pub async fn answer(hub: &Arc<Hub>, request: Request<Body>) -> (String, Response<Body>) {
    let asked = request.uri().path().to_owned();
    let named = |route: &str, response| (route.to_owned(), response);
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| hub.hosts.take(host)) {
        return named("other host", reply::other_host());
    }
    let below = asked.strip_prefix(hub.base.trim_end_matches('/'));
    if let Some((live, asked)) = hub.live.as_ref().zip(below.and_then(live::Asked::of)) {
        let (route, response) = live.answer(asked, request, Who::Anybody).await;
        return named(route, response);
    }
    if let Some(refused) = refused(&request) {
        return named("refused", refused);
    }
    match asked.as_str() {
        "/healthz" => {
            let open = hub.current.now();
            let id = &open.facts.meta().snapshot_id;
            return named("/healthz", reply::well(Some(id)));
        }
        "/metrics" => return named("/metrics", hub.counts()),
        _ => {}
    }
    let Some(below) = below else {
        return named("outside", reply::refusal(StatusCode::NOT_FOUND, "Resource not found"));
    };
    if let Some(described) = hub.described(below) {
        return named("openapi", described);
    }
    let is_root = below.trim_start_matches('/').is_empty();
    let asks_root = is_root && wants_json(request.headers());
    // A program that asks for the root is greeted, whatever it takes for the base of its addresses.
    let below = if asks_root { GREETING } else { below };
    if let Some(asked) = question::endpoint(below) {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let known = request.headers().get(IF_NONE_MATCH).cloned();
        let mut response = programs::answer(hub, asked, &query, known).await;
        if asks_root {
            response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
        }
        return (asked.0.path(), response);
    }
    if is_for_programs(below) {
        return named("no endpoint", reply::refusal(StatusCode::NOT_FOUND, "Resource not found"));
    }
    let below = below.to_owned();
    let mut response = hub.files.answer(&below, request).await;
    if is_root {
        response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
    }
    named("file", response)
}

/// True where JSON is asked for, and no page.
fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|accept| accept.to_str().ok());
    let mut types = accepted.flat_map(|accept| accept.split(',')).map(|one| {
        let named = one.split(';').next().unwrap_or_default();
        named.trim().to_ascii_lowercase()
    });
    let is_page = |named: &str| matches!(named, "text/html" | "application/xhtml+xml");
    let mut json = false;
    types.all(|named| {
        json |= named == "application/json";
        !is_page(&named)
    }) && json
}

/// What no address here takes.
fn refused(request: &Request<Body>) -> Option<Response<Body>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = reply::refusal(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    let length = request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse::<u64>().ok()?;
    (length > MOST_BODY).then(|| reply::refusal(StatusCode::PAYLOAD_TOO_LARGE, "Too large"))
}
