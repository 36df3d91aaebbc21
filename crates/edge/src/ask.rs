//! What a request says, read once.

use crate::settings::Settings;
use crate::{Refusal, address, origin};

/// The headers of a platform's request.
pub trait Headers {
    /// One header, or none; of one that is sent more than once all values, parted by commas.
    fn header(&self, name: &str) -> Option<String>;
}

/// A request.
pub struct Ask<R> {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// The platform's own request.
    pub request: R,
    seen_origin: String,
    is_secure: bool,
}

impl<R: Headers> Ask<R> {
    /// A request for an absolute address, as the platform has written it.
    ///
    /// # Errors
    /// [`Refusal::OddHost`] if its host is not written as hosts are, in the address or in the header.
    pub fn new(url: &str, method: String, request: R) -> Result<Self, Refusal> {
        let named = request.header("host");
        if !named.is_none_or(|host| address::is_authority(&host)) {
            return Err(Refusal::OddHost);
        }
        let address = address::read(url).ok_or(Refusal::OddHost)?;
        let (path, is_secure) = (address.path.to_owned(), address.is_secure());
        Ok(Self { method, path, request, seen_origin: address.origin, is_secure })
    }

    /// One header, or none.
    pub fn header(&self, name: &str) -> Option<String> {
        self.request.header(name)
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
    ///
    /// # Errors
    /// Those of `check`.
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
