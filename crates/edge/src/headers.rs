//! Which headers pass between browser and static files, and what the edge adds to them.

use crate::route::Route;

/// Request headers that the static files get to see; cookies are not among them.
pub const FORWARDED: [&str; 4] = ["accept", "if-modified-since", "if-none-match", IF_RANGE];

/// The condition under which a range is worth something.
pub const IF_RANGE: &str = "if-range";

/// Request headers that let an answer be that nothing has changed.
pub const CONDITIONS: [&str; 2] = ["if-modified-since", "if-none-match"];

/// Response headers of guarded files that the browser gets to see. Where a file may be kept is
/// the edge's to say.
const PASSED: [&str; 7] = [
    "accept-ranges",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "etag",
    "last-modified",
];

/// Further response headers of the page and its parts that the browser gets to see: how long to
/// keep them and what they may do. None of them leads elsewhere, sets a cookie or clears anything.
const PASSED_PUBLIC: [&str; 18] = [
    "access-control-allow-origin",
    "cache-control",
    "content-language",
    "content-security-policy",
    "content-security-policy-report-only",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "expires",
    "link",
    "permissions-policy",
    "referrer-policy",
    "reporting-endpoints",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
    "x-frame-options",
    "x-robots-tag",
];

/// The header that says what a file is.
const TYPE: &str = "content-type";

/// What a guarded file is if its host does not say, as for chunks: nothing a browser would open.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// Added to guarded files. A browser may keep them, but asks each time whether it still may.
const GUARDED: [(&str, &str); 5] = [
    ("cache-control", "private, no-cache"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

/// Added to the page and its parts where the host has not said otherwise.
const PUBLIC: [(&str, &str); 5] = [
    ("cross-origin-opener-policy", "same-origin-allow-popups"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), \
         identity-credentials-get=(self \"https://accounts.google.com\")",
    ),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

/// Added over TLS, where the host has not said otherwise.
const STRICT_TRANSPORT: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// The headers that an answer of the static files is passed on with, from those it came with.
///
/// What a host says of public files counts before what is added here; of guarded ones nothing
/// does but what describes the bytes.
pub fn of_file(
    route: Route,
    secure: bool,
    given: impl Fn(&str) -> Option<String>,
) -> Vec<(&'static str, String)> {
    let guarded = route == Route::Guarded;
    let more = if guarded { &[][..] } else { &PASSED_PUBLIC[..] };
    let names = PASSED.iter().chain(more);
    let mut headers: Vec<(&'static str, String)> =
        names.filter_map(|name| Some((*name, given(name)?))).collect();
    let added = if guarded { GUARDED } else { PUBLIC };
    for (name, value) in added.into_iter().chain(secure.then_some(STRICT_TRANSPORT)) {
        if !headers.iter().any(|(key, _)| *key == name) {
            headers.push((name, value.to_owned()));
        }
    }
    if guarded && !headers.iter().any(|(name, _)| *name == TYPE) {
        headers.push((TYPE, UNKNOWN_TYPE.to_owned()));
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(headers: &[(&'static str, String)], name: &str) -> Option<String> {
        headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn guarded_files_are_never_for_shared_caches() {
        let all = of_file(Route::Guarded, true, |_| Some("of the host".to_owned()));
        assert_eq!(value(&all, "cache-control").unwrap(), "private, no-cache");
        for name in ["set-cookie", "access-control-allow-origin", "location", "vary"] {
            assert_eq!(value(&all, name), None, "{name}");
        }
        for name in ["cookie", "authorization", "host", "range", "x-forwarded-host"] {
            assert!(!FORWARDED.contains(&name), "{name}");
        }
    }

    #[test]
    fn public_files_say_what_their_host_says_but_lead_nowhere() {
        for route in [Route::Public, Route::Page] {
            let all = of_file(route, false, |_| Some("of the host".to_owned()));
            assert_eq!(value(&all, "cache-control").unwrap(), "of the host");
            for name in
                ["set-cookie", "location", "refresh", "clear-site-data", "transfer-encoding"]
            {
                assert_eq!(value(&all, name), None, "{name}");
            }
            let none = of_file(route, false, |_| None);
            assert_eq!(value(&none, "x-frame-options").unwrap(), "DENY");
        }
    }

    #[test]
    fn every_header_stands_once() {
        for route in [Route::Guarded, Route::Public] {
            let all = of_file(route, true, |_| Some("x".to_owned()));
            let names: std::collections::HashSet<_> = all.iter().map(|(name, _)| name).collect();
            assert_eq!(names.len(), all.len());
        }
    }

    #[test]
    fn transport_security_is_only_promised_over_tls() {
        let promised = |secure| value(&of_file(Route::Page, secure, |_| None), STRICT_TRANSPORT.0);
        assert!(promised(true).is_some() && promised(false).is_none());
    }
}
