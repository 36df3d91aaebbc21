//! Static files: the page for everybody, the data for signed-in users, ranges cut out of files
//! where the host's own service ignores them.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Headers, Request, RequestInit, RequestRedirect, Response};

use super::ask::Ask;
use super::{host, respond};
use crate::Refusal;
use crate::headers;
use crate::range::{self, Asked, Span};
use crate::reply::Reply;
use crate::route::Route;

/// Largest file, in bytes, that is loaded whole to cut a range out of it.
const MOST_TO_CUT: u64 = 32 * 1024 * 1024;

/// Answers with a file. The page itself is asked for by its folder: a path that is not on a list
/// is never handed on.
pub async fn serve(
    ask: &Ask,
    env: &JsValue,
    route: Route,
    base: &str,
) -> Result<Response, Refusal> {
    let path = if route == Route::Page { base } else { &ask.path };
    let span = match range::read(ask.header("range").as_deref()) {
        Asked::One(span) if route == Route::Guarded && ask.method == "GET" => Some(span),
        Asked::Several if route == Route::Guarded => return Err(Refusal::BadRange),
        _ => None,
    };
    let request = request(ask, path, span).map_err(|_| Refusal::Internal)?;
    let file = host::file(env, &request).await?;
    match route {
        Route::Guarded => guarded(ask, &file, span).await,
        _ => public(&file, route, ask.is_secure()).map_err(|_| Refusal::Internal),
    }
}

fn request(ask: &Ask, path: &str, span: Option<Span>) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    for name in headers::FORWARDED {
        if let Some(value) = ask.header(name) {
            headers.set(name, &value)?;
        }
    }
    if let Some(span) = span {
        headers.set("range", &span.header())?;
    }
    let init = RequestInit::new();
    init.set_method(&ask.method);
    init.set_headers_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    Request::new_with_str_and_init(&format!("{}{path}", ask.seen_origin()), &init)
}

fn public(file: &Response, route: Route, secure: bool) -> Result<Response, JsValue> {
    let headers = Headers::new_with_headers(&file.headers())?;
    for (name, value) in headers::added(route, secure) {
        if !headers.has(name)? {
            headers.set(name, value)?;
        }
    }
    let init = respond::init(file.status(), &headers);
    Response::new_with_opt_readable_stream_and_init(file.body().as_ref(), &init)
}

async fn guarded(ask: &Ask, file: &Response, span: Option<Span>) -> Result<Response, Refusal> {
    let status = headers::passes(file.status()).ok_or(Refusal::FilesUnavailable)?;
    match status {
        404 => return Err(Refusal::NotFound),
        416 => return outside(&file.headers()).map_err(|_| Refusal::Internal),
        _ => {}
    }
    let headers =
        guarded_headers(&file.headers(), ask.is_secure()).map_err(|_| Refusal::Internal)?;
    if let Some(span) = span.filter(|_| status == 200 && may_cut(ask, &headers)) {
        return cut(file, &headers, span).await;
    }
    let empty = ask.method == "HEAD" || matches!(status, 304 | 412);
    let body = file.body().filter(|_| !empty);
    let init = respond::init(status, &headers);
    Response::new_with_opt_readable_stream_and_init(body.as_ref(), &init)
        .map_err(|_| Refusal::Internal)
}

/// A range outside the file, as the files' host found out.
fn outside(given: &Headers) -> Result<Response, JsValue> {
    let length = given.get("content-range")?.unwrap_or_default();
    respond::reply(&Reply::refuse(Refusal::BadRange).header("content-range", &length))
}

fn guarded_headers(given: &Headers, secure: bool) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    for name in headers::PASSED {
        if let Some(value) = given.get(name)? {
            headers.set(name, &value)?;
        }
    }
    for (name, value) in headers::added(Route::Guarded, secure) {
        headers.set(name, value)?;
    }
    if !headers.has(headers::TYPE)? {
        headers.set(headers::TYPE, headers::UNKNOWN_TYPE)?;
    }
    Ok(headers)
}

/// True if a range may be cut out of a whole file: it is sent as it is, is not too large, and is
/// still the one that `If-Range` names.
fn may_cut(ask: &Ask, headers: &Headers) -> bool {
    let value = |name: &str| headers.get(name).ok().flatten();
    let length = value("content-length").and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    let same = ask
        .header("if-range")
        .is_none_or(|tag| !tag.starts_with("W/") && value("etag").as_deref() == Some(tag.as_str()));
    same && length <= MOST_TO_CUT && value("content-encoding").is_none()
}

/// The part of a file that was asked for, without copying it.
async fn cut(file: &Response, headers: &Headers, span: Span) -> Result<Response, Refusal> {
    let failed = |_| Refusal::FilesUnavailable;
    let whole: JsValue = file.array_buffer().map_err(failed)?.await.map_err(failed)?;
    let whole: ArrayBuffer = whole.dyn_into().map_err(failed)?;
    let answer = match span.within(u64::from(whole.byte_length())) {
        Some((start, end)) => part(&whole, headers, start, end),
        None => respond::reply(&Reply::bad_range(u64::from(whole.byte_length()))),
    };
    answer.map_err(|_| Refusal::Internal)
}

fn part(whole: &ArrayBuffer, headers: &Headers, start: u64, end: u64) -> Result<Response, JsValue> {
    let length = whole.byte_length();
    headers.set("content-range", &range::content_range(start, end, u64::from(length)))?;
    headers.set("content-length", &(end - start).to_string())?;
    headers.set("accept-ranges", "bytes")?;
    // Both lie within a buffer whose length is 32 bits wide.
    let narrow = |byte: u64| u32::try_from(byte).unwrap_or(length);
    let view =
        Uint8Array::new_with_byte_offset_and_length(whole, narrow(start), narrow(end - start));
    Response::new_with_opt_js_u8_array_and_init(Some(&view), &respond::init(206, headers))
}
