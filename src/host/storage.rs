//! The browser's storage, which may be full or denied, and is one for all that lies on a host: each
//! hub there keeps its own.

use std::borrow::Cow;

use web_sys::Storage;

use crate::host::{faults, place};

/// The browser keeps nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// A text that was kept, if there is one and it may be read; one that the first versions kept for
/// all places at once stands in until there is one. What is set aside is not there.
pub fn read(key: &str) -> Option<String> {
    if faults::is_aside() {
        return None;
    }
    let storage = storage()?;
    let kept = |key: &str| storage.get_item(key).ok().flatten();
    kept(&own(key)).or_else(|| kept(key))
}

/// Keeps a text for the next visit; while what is kept is set aside it stays as it is.
///
/// # Errors
/// [`Refused`] where storage is full or denied.
pub fn write(key: &str, text: &str) -> Result<(), Refused> {
    if faults::is_aside() {
        return Ok(());
    }
    storage().ok_or(Refused)?.set_item(&own(key), text).map_err(|_| Refused)
}

/// Where this hub keeps what has a name, as in static/first-paint/reader.js.
pub fn own(key: &str) -> Cow<'_, str> {
    at(key, &place::path())
}

fn at<'a>(key: &'a str, place: &str) -> Cow<'a, str> {
    if place == "/" { key.into() } else { format!("{key} {place}").into() }
}

/// Asking alone is an error where storage is denied.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn hubs_of_one_host_keep_their_own() {
        assert_eq!(at("hub.preferences", "/"), "hub.preferences");
        assert_eq!(at("hub.preferences", "/shop/"), "hub.preferences /shop/");
        assert_ne!(at("hub.preferences", "/shop/"), at("hub.preferences", "/shop/north/"));
    }
}
