//! Whether a request that changes something comes from the page itself.

use crate::Refusal;

/// Where Google's form comes from in redirect mode.
const GOOGLE: &str = "https://accounts.google.com";

/// What the request's headers say about where it comes from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a> {
    /// `Origin`.
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site`; browsers of before 2023 do not send it.
    pub fetch_site: Option<&'a str>,
    /// `Content-Type`.
    pub content_type: Option<&'a str>,
}

/// How the body of a sign-in is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON sent by the page.
    Json,
    /// The form that Google posts in redirect mode.
    GoogleForm,
}

/// Lets a request pass that no other site has made: it would change a cookie.
///
/// # Errors
/// [`Refusal::ForeignOrigin`].
pub fn check_own_site(headers: &Headers<'_>) -> Result<(), Refusal> {
    // "none" is an address that the user has typed.
    let own = matches!(headers.fetch_site, None | Some("same-origin" | "none"));
    own.then_some(()).ok_or(Refusal::ForeignOrigin)
}

/// Lets a request of our own page pass.
///
/// # Errors
/// [`Refusal::ForeignOrigin`].
pub fn check_page(headers: &Headers<'_>, own: &str) -> Result<(), Refusal> {
    let same_site = headers.fetch_site.is_none_or(|site| site == "same-origin");
    let own_page = headers.origin == Some(own) && same_site;
    own_page.then_some(()).ok_or(Refusal::ForeignOrigin)
}

/// Lets a JSON request of our own page pass. No form and no other site can send one unasked.
///
/// # Errors
/// [`Refusal::ForeignOrigin`] or [`Refusal::NotJson`].
pub fn check_json(headers: &Headers<'_>, own: &str) -> Result<(), Refusal> {
    check_page(headers, own)?;
    (media_type(headers) == "application/json").then_some(()).ok_or(Refusal::NotJson)
}

/// Lets a sign-in pass: JSON of our own page, or Google's form.
///
/// Google's form has no origin of ours; the nonce cookie and the form's own token prove that the
/// sign-in was begun in this browser.
///
/// # Errors
/// As [`check_json`].
pub fn check_sign_in(headers: &Headers<'_>, own: &str) -> Result<Body, Refusal> {
    if media_type(headers) != "application/x-www-form-urlencoded" {
        return check_json(headers, own).map(|()| Body::Json);
    }
    // A browser that withholds the referrer writes "null".
    let from_google = matches!(headers.origin, Some(GOOGLE | "null"));
    from_google.then_some(Body::GoogleForm).ok_or(Refusal::ForeignOrigin)
}

fn media_type(headers: &Headers<'_>) -> String {
    let given = headers.content_type.unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://dash.example.com";

    fn json<'a>(origin: Option<&'a str>, fetch_site: Option<&'a str>) -> Headers<'a> {
        Headers { origin, fetch_site, content_type: Some("Application/JSON; charset=utf-8") }
    }

    #[test]
    fn only_the_page_itself_passes() {
        assert_eq!(check_json(&json(Some(OWN), Some("same-origin")), OWN), Ok(()));
        assert_eq!(check_json(&json(Some(OWN), None), OWN), Ok(()));
        for (origin, site) in [
            (None, None),
            (Some("null"), None),
            (Some("https://evil.com"), Some("same-origin")),
            (Some("https://dash.example.com.evil.com"), None),
            (Some("http://dash.example.com"), None),
            (Some("https://dash.example.com:8443"), None),
            (Some("HTTPS://DASH.EXAMPLE.COM"), None),
            (Some(OWN), Some("same-site")),
            (Some(OWN), Some("cross-site")),
            (Some(OWN), Some("none")),
        ] {
            let refused = Err(Refusal::ForeignOrigin);
            assert_eq!(check_json(&json(origin, site), OWN), refused, "{origin:?} {site:?}");
        }
    }

    #[test]
    fn other_sites_begin_no_sign_in() {
        let from = |site| check_own_site(&Headers { fetch_site: site, ..Headers::default() });
        assert!(from(None).is_ok() && from(Some("same-origin")).is_ok());
        for site in ["cross-site", "same-site", ""] {
            assert_eq!(from(Some(site)), Err(Refusal::ForeignOrigin), "{site}");
        }
    }

    #[test]
    fn forms_pass_only_where_google_posts_one() {
        let form = |origin| Headers {
            origin: Some(origin),
            fetch_site: Some("cross-site"),
            content_type: Some("application/x-www-form-urlencoded"),
        };
        assert_eq!(check_sign_in(&form(GOOGLE), OWN), Ok(Body::GoogleForm));
        assert_eq!(check_sign_in(&form("https://evil.com"), OWN), Err(Refusal::ForeignOrigin));
        let own_form = Headers { fetch_site: None, ..form(OWN) };
        assert_eq!(check_json(&own_form, OWN), Err(Refusal::NotJson));
        assert_eq!(
            check_json(&Headers { content_type: None, ..own_form }, OWN),
            Err(Refusal::NotJson)
        );
    }
}
