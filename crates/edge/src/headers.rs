//! Which headers pass between browser and static files, and what the edge adds to them.

use crate::route::Route;

/// Request headers that the static files get to see; cookies are not among them.
pub const FORWARDED: [&str; 5] =
    ["accept", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since"];

/// Response headers of guarded files that the browser gets to see. Where a file may be kept is
/// the edge's to say.
pub const PASSED: [&str; 7] = [
    "accept-ranges",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "etag",
    "last-modified",
];

/// The header that says what a file is.
pub const TYPE: &str = "content-type";

/// What a guarded file is if its host does not say, as for chunks: nothing a browser would open.
pub const UNKNOWN_TYPE: &str = "application/octet-stream";

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

/// The headers to add to an answer of the static files.
pub fn added(route: Route, secure: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let list = if route == Route::Guarded { GUARDED } else { PUBLIC };
    list.into_iter().chain(secure.then_some(STRICT_TRANSPORT))
}

/// The status a guarded answer of the static files is passed on with; none if it must not be.
///
/// A redirect could lead around the guard, and what a host says of its own failures is not ours
/// to show.
pub fn passes(status: u16) -> Option<u16> {
    match status {
        200 | 206 | 304 | 404 | 412 | 416 => Some(status),
        300..=399 => Some(404),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guarded_files_are_never_for_shared_caches() {
        let kept = added(Route::Guarded, true).find(|(name, _)| *name == "cache-control");
        assert_eq!(kept.unwrap().1, "private, no-cache");
        for name in ["cache-control", "set-cookie", "access-control-allow-origin", "location"] {
            assert!(!PASSED.contains(&name), "{name}");
        }
        for name in ["cookie", "authorization", "host", "range", "x-forwarded-host"] {
            assert!(!FORWARDED.contains(&name), "{name}");
        }
    }

    #[test]
    fn redirects_and_failures_of_the_host_are_not_passed_on() {
        assert_eq!(passes(206), Some(206));
        assert_eq!(passes(307), Some(404));
        assert_eq!(passes(500), None);
        assert_eq!(passes(403), None);
    }

    #[test]
    fn transport_security_is_only_promised_over_tls() {
        let promised = |secure| added(Route::Page, secure).any(|pair| pair == STRICT_TRANSPORT);
        assert!(promised(true) && !promised(false));
    }
}
