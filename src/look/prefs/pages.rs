//! What one page keeps, and what it hears of the others of this browser.

use gloo::events::EventListener;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;
use yew::Callback;

use super::chosen::{KEY, Prefs};
use super::json;
use super::merge::joined;
use super::state::Kept;
use crate::host::storage::{self, Refused};

/// Keeps a change; gives all that is kept then, another page's changes among it.
///
/// # Errors
/// [`Refused`] where the browser keeps nothing.
pub fn keep(kept: &Kept) -> Result<Prefs, Refused> {
    let there = storage::read(KEY).filter(|text| text.len() <= json::MOST_BYTES);
    let there = there.and_then(|text| serde_json::from_str(&text).ok());
    let there = there.filter(|there: &Value| there.is_object() && !kept.anew);
    let (text, prefs) = match there {
        Some(there) => joined(&kept.stored, &kept.prefs, there),
        None => (json::write(&kept.prefs), (*kept.prefs).clone()),
    };
    if text.len() > json::MOST_BYTES {
        // It would not be read again.
        return Err(Refused);
    }
    storage::write(KEY, &text)?;
    Ok(prefs)
}

/// Told what is kept whenever another page has changed it, or may have while this one was put aside.
pub fn listen(changed: Callback<Prefs>) -> [EventListener; 2] {
    ["storage", "pageshow"].map(|name| {
        let changed = changed.clone();
        EventListener::new(&gloo::utils::window(), name, move |event| {
            // No key: everything was taken away at once.
            let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
            if key.is_none_or(|key| key == KEY || key == storage::own(KEY)) {
                changed.emit((*Kept::read().prefs).clone());
            }
        })
    })
}
