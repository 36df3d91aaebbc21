//! Answers as HTTP has them.

use std::any::Any;

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Response, StatusCode};

use api::error_body;

/// JSON for programs, which nobody keeps unasked.
pub fn json(status: StatusCode, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    for_programs(response.headers_mut());
    response
}

/// The headers of every answer for programs.
pub fn for_programs(headers: &mut HeaderMap) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// Scripts of other sites may read this.
pub fn for_everybody(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

/// A refusal: `{"error": …}`.
pub fn refusal(status: StatusCode, why: &str) -> Response<Body> {
    json(status, error_body(why))
}

/// A request for a name that is not this site's.
pub fn other_host() -> Response<Body> {
    let why = "This site is not asked for by that name (--allow-host adds one)";
    refusal(StatusCode::MISDIRECTED_REQUEST, why)
}

/// That this program is well, and of which snapshot it answers.
pub fn well(snapshot: Option<&str>) -> Response<Body> {
    let mut body = serde_json::json!({ "status": "ok" });
    if let Some(snapshot) = snapshot {
        body["snapshot"] = snapshot.into();
    }
    json(StatusCode::OK, body.to_string())
}

/// What is answered when something here has gone wrong.
pub fn after_panic(_: Box<dyn Any + Send>) -> Response<Body> {
    refusal(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here")
}
