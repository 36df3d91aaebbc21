//! Who may have answers: everybody, or nobody. A page that asks for a sign-in, or whose configuration
//! is not wholly understood, has none, since they would go round it.

use serde::Deserialize;
use serde_json::Value;

/// All that `config.json` may hold on a page for everybody, as static/first-paint/sign-in.js has it:
/// of anything else nobody knows whether it was meant to guard the page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "what is read is whether it can be")]
struct Open {
    #[serde(default)]
    brand: Brand,
    #[serde(default)]
    locale: String,
    #[serde(default)]
    snapshot: String,
    #[serde(default)]
    links: Links,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Brand {
    name: String,
    logo: String,
    accent: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Links {
    documentation: String,
    support: String,
}

/// How client ids of Google end: wherever one stands, somebody wanted a sign-in.
const CLIENT: &str = ".apps.googleusercontent.com";

/// Demands the text of a `config.json` that surely asks for no sign-in.
///
/// # Errors
/// Says what is not understood.
pub fn demand_open(config: &str) -> Result<(), String> {
    if config.to_ascii_lowercase().contains(CLIENT) {
        return Err("it names a client id of Google".to_owned());
    }
    // Names that stand there twice are refused, too: of two the first would not be seen.
    serde_json::from_str::<Open>(config).map_err(|error| error.to_string())?;
    let read: Value = serde_json::from_str(config).map_err(|error| error.to_string())?;
    // A list would be taken for the values of an object.
    let objects = [Some(&read), read.get("brand"), read.get("links")];
    match objects.into_iter().flatten().all(Value::is_object) {
        true => Ok(()),
        false => Err("it is no object of settings".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wholly_understood_is_open() {
        for open in [
            "{}",
            r#"{"brand": {"name": "Sign in Shop", "accent": "teal"}, "locale": "de", "links": {}}"#,
        ] {
            assert_eq!(demand_open(open), Ok(()), "{open}");
        }
        for closed in [
            "",
            "{",
            "[]",
            "7",
            r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#,
            r#"{"signIn": null}"#,
            r#"{"signIn": {}, "signIn": null}"#,
            r#"{"sign_in": {}}"#,
            r#"{"requireLogin": true}"#,
            r#"{"clientId": "x"}"#,
            r#"[{"signIn": {}}]"#,
            r#"{"brand": {"signIn": {}}}"#,
            r#"{"brand": {"name": "1-a.Apps.GoogleUserContent.com"}}"#,
            r#"{"brand": {"name": 7}}"#,
            r#"{"brand": {}, "br\u0061nd": {}}"#,
            r#"{"private": true}"#,
            r#"{"brand": []}"#,
        ] {
            assert!(demand_open(closed).is_err(), "{closed}");
        }
    }
}
