//! What a request says, read once.

use wasm_bindgen::prelude::*;
use web_sys::{Headers, Request};

use crate::settings::Settings;
use crate::{Refusal, address, origin};

#[wasm_bindgen]
extern "C" {
    /// A runtime may refuse to write down what it cannot read.
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn field(request: &Request, name: &str) -> Result<String, JsValue>;
}

fn url(request: &Request) -> Result<String, JsValue> {
    field(request, "url")
}

/// A request.
pub struct Ask {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// The platform's own request.
    pub request: Request,
    seen_origin: String,
    is_secure: bool,
    headers: Headers,
}

impl Ask {
    /// Reads the platform's request.
    pub fn new(request: Request) -> Result<Self, Refusal> {
        let url = url(&request).map_err(|_| Refusal::OddHost)?;
        let headers = request.headers();
        let named = headers.get("host").ok().flatten();
        if !named.is_none_or(|host| address::is_authority(&host)) {
            return Err(Refusal::OddHost);
        }
        let address = address::read(&url).ok_or(Refusal::OddHost)?;
        Ok(Self {
            method: request.method(),
            path: address.path.to_owned(),
            is_secure: address.is_secure(),
            seen_origin: address.origin,
            headers,
            request,
        })
    }

    /// One header, or none.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }

    /// The cookies as sent.
    pub fn cookies(&self) -> String {
        self.header("cookie").unwrap_or_default()
    }

    /// The origin under which browsers see the page.
    pub fn own_origin<'a>(&'a self, settings: &'a Settings) -> &'a str {
        settings.origin.as_deref().unwrap_or(&self.seen_origin)
    }

    /// True if the request came over TLS.
    pub fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Lets `check` judge where the request comes from.
    pub fn from<T>(
        &self,
        check: impl Fn(&origin::Headers<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let [origin, fetch_site, content_type] =
            ["origin", "sec-fetch-site", "content-type"].map(|name| self.header(name));
        check(&origin::Headers {
            origin: origin.as_deref(),
            fetch_site: fetch_site.as_deref(),
            content_type: content_type.as_deref(),
        })
    }
}
