//! The platform's request, as the guard reads it.

use wasm_bindgen::prelude::*;
use web_sys::{Headers, Request};

use crate::Refusal;
use crate::ask::{self, Ask};

#[wasm_bindgen]
extern "C" {
    /// A runtime may refuse to write down what it cannot read.
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn field(request: &Request, name: &str) -> Result<String, JsValue>;
}

/// A request and its headers.
pub struct Asked {
    /// The request.
    pub request: Request,
    headers: Headers,
}

impl ask::Headers for Asked {
    fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }
}

/// Reads a request.
pub fn read(request: Request) -> Result<Ask<Asked>, Refusal> {
    let url = field(&request, "url").map_err(|_| Refusal::OddHost)?;
    let (method, headers) = (request.method(), request.headers());
    Ask::new(&url, method, Asked { request, headers })
}
