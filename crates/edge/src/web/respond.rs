//! Plain answers made into the platform's responses.

use wasm_bindgen::JsValue;
use web_sys::{Headers, Response, ResponseInit};

use crate::reply::Reply;

/// The platform's response for one of the edge's own answers.
pub fn reply(reply: &Reply) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &reply.headers {
        headers.append(name, value)?;
    }
    let body = (!reply.body.is_empty()).then_some(reply.body.as_str());
    Response::new_with_opt_str_and_init(body, &init(reply.status, &headers))
}

/// The platform's headers of a list, each name of it once.
pub fn headers(list: &[(&'static str, String)]) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in list {
        headers.set(name, value)?;
    }
    Ok(headers)
}

/// Status and headers of a response.
pub fn init(status: u16, headers: &Headers) -> ResponseInit {
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers_headers(headers);
    init
}
