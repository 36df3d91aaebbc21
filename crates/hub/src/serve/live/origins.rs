//! From which pages a listener or an edit may come.
//!
//! A browser says from which page a WebSocket or a request with a body of its own comes, and lets
//! any page open one to any site: only this site's own pages, and those that its host names, may.

use axum::http::HeaderMap;
use axum::http::uri::Uri;

/// The pages of other sites that may listen.
pub struct Origins(Vec<String>);

impl Origins {
    /// Those that are named.
    pub fn of(named: &[String]) -> Self {
        let bare = |name: &String| name.trim_end_matches('/').to_ascii_lowercase();
        Self(named.iter().map(bare).collect())
    }

    /// Whether what comes with these headers comes from such a page, from one of this site, or
    /// from no page at all.
    pub fn take(&self, headers: &HeaderMap) -> bool {
        is_own(headers)
            || super::ends(headers)
                .1
                .is_some_and(|origin| self.0.contains(&origin.to_ascii_lowercase()))
    }
}

/// Whether what comes with these headers comes from a page of this site, or from no page.
pub fn is_own(headers: &HeaderMap) -> bool {
    if !headers.contains_key(axum::http::header::ORIGIN) {
        return true;
    }
    // Whether it was https, a proxy before this program alone knows.
    let (Some(host), Some(origin)) = super::ends(headers) else { return false };
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let is_page = matches!(origin.scheme_str(), Some("http" | "https"));
    is_page && origin.authority().is_some_and(|own| own.as_str().eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("host", "hub.example:8000".parse().unwrap());
        headers.insert("origin", origin.parse().unwrap());
        headers
    }

    #[test]
    fn pages_of_other_sites_come_by_name_alone() {
        let origins = Origins::of(&["https://Shop.example/".to_owned()]);
        assert!(origins.take(&HeaderMap::new()), "no page");
        for own in ["http://hub.example:8000", "https://HUB.example:8000"] {
            assert!(origins.take(&headers(own)) && is_own(&headers(own)), "{own}");
        }
        let shop = headers("https://shop.example");
        assert!(origins.take(&shop) && !is_own(&shop));
        for other in [
            "null",
            "",
            "http://hub.example",
            "https://hub.example:8000.evil.example",
            "http://shop.example",
            "https://evil.example",
            "https://user@hub.example:8000",
            "file://hub.example:8000",
        ] {
            assert!(!origins.take(&headers(other)), "{other}");
        }
    }
}
