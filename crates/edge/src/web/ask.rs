//! What a request says, read once.

use web_sys::{Headers, Request};

use crate::settings::Settings;
use crate::{Refusal, address, origin};

/// A request.
pub struct Ask {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// The platform's own request.
    pub request: Request,
    seen_origin: String,
    headers: Headers,
}

impl Ask {
    /// Reads the platform's request.
    pub fn new(request: Request) -> Result<Self, Refusal> {
        let url = request.url();
        let (origin, path) = address::split(&url).ok_or(Refusal::OddPath)?;
        Ok(Self {
            method: request.method(),
            path: path.to_owned(),
            seen_origin: origin.to_owned(),
            headers: request.headers(),
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

    /// The origin of the request's address.
    pub fn seen_origin(&self) -> &str {
        &self.seen_origin
    }

    /// True if the request came over TLS.
    pub fn is_secure(&self) -> bool {
        self.seen_origin.starts_with("https://")
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
