//! One line of JSON for each decision worth keeping; never a token, a cookie, a key or a query.

use serde::Serialize;

use crate::Refusal;

const LONGEST_PATH: usize = 120;
const LONGEST_METHOD: usize = 20;

/// One line of the log. What the platform knows anyway (time, address) is left to it.
#[derive(Serialize)]
pub struct Entry<'a> {
    /// What happened, as `signed_in`, `refused`, `configuration`.
    pub event: &'static str,
    /// HTTP method.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub method: &'a str,
    /// The path, cut short, without its query.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub path: &'a str,
    /// HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The account's id at Google; neither its name nor its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<&'a str>,
    /// A sentence for whoever hosts the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl<'a> Entry<'a> {
    /// A line about a request.
    pub fn about(event: &'static str, method: &'a str, path: &'a str) -> Self {
        let (method, path) = (cut(method, LONGEST_METHOD), cut(path, LONGEST_PATH));
        Self { event, method, path, status: None, code: None, sub: None, detail: None }
    }

    /// A line about a request that was turned away.
    pub fn refused(method: &'a str, path: &'a str, refusal: Refusal) -> Self {
        let (status, code) = (Some(refusal.status()), Some(refusal.code()));
        Self { status, code, ..Self::about("refused", method, path) }
    }

    /// A line about the settings.
    pub fn configuration(detail: String) -> Self {
        Self { detail: Some(detail), ..Self::about("configuration", "", "") }
    }

    /// The line.
    pub fn line(&self) -> String {
        // Plain fields of text and numbers: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The first bytes of a text, as far as they are whole letters.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_says_what_and_why() {
        let line = Entry::refused("GET", "/data/manifest.json", Refusal::NoSession).line();
        let expected = r#"{"event":"refused","method":"GET","path":"/data/manifest.json","status":401,"code":"no_session"}"#;
        assert_eq!(line, expected);
    }

    proptest! {
        #[test]
        fn any_request_gives_one_short_line(method in "\\PC{0,300}", path in "\\PC{0,300}") {
            let line = Entry::about("refused", &method, &path).line();
            prop_assert!(line.len() < 1_000);
            prop_assert!(!line.contains('\n') && serde_json::from_str::<serde_json::Value>(&line).is_ok());
        }
    }
}
