//! What may stand in `config.json`, kind by kind, and how that is said.

use serde_json::Value;

/// [`keeps`] in a problem's words, as the others are for theirs.
pub const KEEP: &str = "open, always or never";
pub const PICTURE: &str = "the path of a picture beside the page, or a data:image address";
pub const ADDRESS: &str = "a path, or an https address";
pub const BEACON: &str = "a path on the page's own host, or an https address";
pub const SOCKET: &str = "demo, off, a path on the page's own host, or a wss address";
pub const SECONDS: &str = "a whole number of seconds from 1 to 86400, or false";
pub const HOURS: &str = "a whole number of hours from 1 to 8760";
pub const LINK: &str = "a path, or an https, http or mailto address";

/// As in static/first-paint/sign-in.js.
pub fn keeps(text: &str) -> bool {
    matches!(text, "open" | "always" | "never")
}

/// Seconds, or that nobody looks.
pub fn seconds(value: &Value) -> Option<Option<u32>> {
    match value {
        Value::Bool(false) => Some(None),
        other => whole(other, 86_400).map(Some),
    }
}

/// Hours.
pub fn hours(value: &Value) -> Option<u32> {
    whole(value, 8_760)
}

fn whole(value: &Value, most: u32) -> Option<u32> {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok())?;
    (1..=most).contains(&number).then_some(number)
}

/// A text that says something.
pub fn filled(text: &str) -> bool {
    !text.trim().is_empty()
}

/// The form of a BCP 47 tag; whether the browser knows the language shows when it is asked.
pub fn language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let fits = |part: &str| part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = parts.next().unwrap_or_default();
    let named =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
    text == "auto" || named && parts.all(|part| !part.is_empty() && fits(part))
}

/// The scheme of an address, if it has one; a path has none.
fn scheme(text: &str) -> Option<String> {
    let (head, _) = text.split_once(':')?;
    // Browsers skip control characters in a scheme; so does the check.
    let name: String = head.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    named.then(|| name.to_ascii_lowercase())
}

/// Where data may lie.
pub fn address(text: &str) -> bool {
    filled(text) && matches!(scheme(text).as_deref(), None | Some("https" | "http"))
}

/// A path, or an address over a line that nobody reads along; to try it, a port of this machine.
pub fn beacon(text: &str) -> bool {
    match scheme(text).as_deref() {
        None => filled(text) && !text.trim_start().replace('\\', "/").starts_with("//"),
        Some("https") => true,
        _ => text.starts_with("http://127.0.0.1:"),
    }
}

/// A path, or the address of a WebSocket over a line that nobody reads along; to try it, a port of
/// this machine.
pub fn socket(text: &str) -> bool {
    match scheme(text).as_deref() {
        None => beacon(text),
        Some("wss") => true,
        _ => text.starts_with("ws://127.0.0.1:"),
    }
}

/// Where the footer may lead.
pub fn link(text: &str) -> bool {
    filled(text) && matches!(scheme(text).as_deref(), None | Some("https" | "http" | "mailto"))
}

/// A picture that no other host serves.
pub fn picture(text: &str) -> bool {
    // Browsers read a backslash as a slash.
    let path = scheme(text).is_none() && !text.trim_start().replace('\\', "/").starts_with("//");
    filled(text) && (path || text.starts_with("data:image/"))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_beacon_goes_to_the_host_or_over_a_safe_line() {
        for good in ["beacon", "/logs/hub", "https://logs.example/", "http://127.0.0.1:9/b"] {
            assert!(beacon(good), "{good}");
        }
        for bad in [
            "",
            "//logs.example",
            "\\\\logs.example",
            "http://logs.example",
            "http://127.0.0.1.logs.example/",
            "javascript:1",
            "data:,x",
        ] {
            assert!(!beacon(bad), "{bad}");
        }
    }

    #[wasm_bindgen_test]
    fn addresses_that_run_scripts_are_refused() {
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:1",
            "data:text/html,x",
            "",
        ] {
            assert!(!link(bad) && !address(bad) && !picture(bad), "{bad}");
        }
        assert!(link("help#support") && link("/docs/a:b") && link("mailto:a@b.example"));
        assert!(
            picture("icons/logo.svg")
                && picture("data:image/png;base64,AA")
                && !picture("//x/y.png")
                && !picture(" \\/x/y.png")
        );
    }
}
