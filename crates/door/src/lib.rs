//! Who may come in: what in the text of a `config.json` asks for a sign-in, and whether it surely asks
//! for none.
//!
//! The page, the builder, the server of a site and whatever makes a site all judge by this. The script
//! that paints before the app judges by `static/first-paint/sign-in.js`; both are held to the same
//! `tests/cases.txt`.

mod names;
mod once;

use serde_json::{Map, Value};

pub use names::MEANT;
pub use once::twice;

/// All that a page for everybody may set, and what stands inside of it: of anything else nobody knows
/// whether it was meant to guard the page.
const SETTINGS: [(&str, &[&str]); 8] = [
    ("brand", &["name", "logo", "accent"]),
    ("locale", &[]),
    ("snapshot", &[]),
    ("live", &[]),
    ("edits", &[]),
    ("links", &["documentation", "support"]),
    ("diagnostics", &["beacon"]),
    ("offline", &["keep"]),
];

/// Settings that are numbers, or `false` for none.
const NUMBERS: [&str; 2] = ["refresh", "freshness"];

/// Demands the text of a `config.json` that surely asks for no sign-in.
///
/// # Errors
/// Says what is not understood.
pub fn demand_open(text: &str) -> Result<(), String> {
    understood(&once(text)?)
}

/// Whether readers' browsers may keep what they have read, by the text of a `config.json`: where nobody
/// has to sign in, unless the host wants nothing kept; behind a sign-in only where the host says so.
pub fn may_be_kept(text: &str) -> bool {
    let Ok(mut root) = once(text) else { return false };
    let keep = root.get("offline").and_then(|offline| offline.get("keep")).cloned();
    let sign_in = root.remove("signIn");
    let is_whole = sign_in.as_ref().is_none_or(Value::is_object) && understood(&root).is_ok();
    let keep = keep.as_ref().map_or(Some("open"), Value::as_str);
    is_whole && (keep == Some("always") || (keep == Some("open") && sign_in.is_none()))
}

/// The settings of a text, in which none stands twice.
fn once(text: &str) -> Result<Map<String, Value>, String> {
    let root: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // Of two settings of one name the first would not be seen.
    if let Some(name) = twice(text) {
        return Err(format!("{name} stands there twice"));
    }
    match root {
        Value::Object(root) => Ok(root),
        _ => Err("it is no object of settings".to_owned()),
    }
}

fn understood(root: &Map<String, Value>) -> Result<(), String> {
    for (key, value) in root {
        let inner = SETTINGS.iter().find(|(name, _)| name == key).map(|(_, inner)| *inner);
        let is_open = match (inner, value) {
            _ if NUMBERS.contains(&key.as_str()) => value.is_number() || *value == false,
            (Some([]), value) => is_plain(value),
            (Some(known), Value::Object(map)) => {
                map.iter().all(|(key, value)| known.contains(&key.as_str()) && is_plain(value))
            }
            _ => false,
        };
        if !is_open {
            return Err(format!("{key} is no setting of a page that everybody may read"));
        }
    }
    Ok(())
}

fn is_plain(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !names::has_client(text))
}

/// Whatever in the settings asks for a sign-in, at any depth, with its path; `but` is where one is
/// read.
pub fn asking<'a>(root: &'a Map<String, Value>, but: &str) -> Vec<(String, &'a Value)> {
    let mut found = Vec::new();
    for (key, value) in root.iter().filter(|(key, _)| *key != but) {
        walk(key, names::is_meant(key), value, &mut found);
    }
    found
}

fn walk<'a>(path: &str, meant: bool, value: &'a Value, found: &mut Vec<(String, &'a Value)>) {
    let mut inside = |key: &str, meant, value| walk(&format!("{path}.{key}"), meant, value, found);
    match value {
        _ if meant => found.push((path.to_owned(), value)),
        Value::String(text) if names::has_client(text) => found.push((path.to_owned(), value)),
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| inside(key, names::is_meant(key), value));
        }
        Value::Array(list) => {
            let list = list.iter().enumerate();
            list.for_each(|(at, value)| inside(&at.to_string(), false, value));
        }
        _ => {}
    }
}
