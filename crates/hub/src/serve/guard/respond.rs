//! The edge's answers made into this server's.

use axum::body::Body;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ETAG, HeaderName, HeaderValue, VARY};
use axum::http::{HeaderMap, Response, StatusCode};
use edge::answer::Head;
use edge::headers;
use edge::reply::{ALWAYS, Reply};
use edge::route::Route;

/// One of the edge's own answers.
pub fn reply(reply: &Reply) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.body.clone()));
    *response.status_mut() = status(reply.status);
    put(response.headers_mut(), &reply.headers);
    response
}

/// A file with the head that was judged right for it.
pub fn file(head: &Head, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status(head.status);
    put(response.headers_mut(), &head.headers);
    response
}

/// An answer about the data, for the one who has a session alone.
pub fn guarded(response: Response<Body>, secure: bool) -> Response<Body> {
    if response.status().is_client_error() || response.status().is_server_error() {
        return unkept(response);
    }
    let (mut head, body) = response.into_parts();
    let given = |name: &str| head.headers.get(name)?.to_str().map(str::to_owned).ok();
    let list = headers::of_file(Route::Guarded, secure, given);
    head.headers.clear();
    put(&mut head.headers, &list);
    Response::from_parts(head, body)
}

/// An answer that nobody may keep.
pub fn unkept(mut response: Response<Body>) -> Response<Body> {
    // Of a line that is opened nothing could be kept.
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        let headers = response.headers_mut();
        for name in [ACCESS_CONTROL_ALLOW_ORIGIN, ETAG, VARY] {
            headers.remove(name);
        }
        for (name, value) in ALWAYS {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    response
}

/// Puts headers in; a name may stand more than once.
fn put(headers: &mut HeaderMap, list: &[(&'static str, String)]) {
    for (name, value) in list {
        // What a file's own rules say was a header's value before.
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
}

fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
