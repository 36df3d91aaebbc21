//! How far the reader can undo and redo: the steps that lie next to each other in the history.
//!
//! Each entry that a step made carries its number; how many there are is kept with the tab.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Storage;

const NUMBER: &str = "hub_step";
const LAST: &str = "insights-hub.last-step";

/// What can be undone and redone from the entry on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// True if the entry before differs by one step.
    pub undo: bool,
    /// True if the entry after differs by one step.
    pub redo: bool,
}

/// The reach of the entry on screen.
pub fn reach() -> Reach {
    match number() {
        Some(at) => Reach { undo: at > 0, redo: at < last() },
        None => Reach::default(),
    }
}

/// Marks the entries before and after a push as one step apart.
pub fn step(push: impl FnOnce()) {
    let at = number().unwrap_or(0);
    mark(at);
    push();
    mark(at + 1);
    remember(at + 1);
}

/// Keeps what is known of an entry that is written anew.
pub fn keep(replace: impl FnOnce()) {
    let before = state();
    replace();
    if let (Some(before), Ok(history)) = (before, gloo::utils::window().history()) {
        // A browser that refuses has no buttons for undo and redo, but Back and Forward.
        let _ = history.replace_state(&before, "");
    }
}

/// What follows the entry on screen will be something else than a step.
pub fn turn_off() {
    remember(number().unwrap_or(0));
}

fn number() -> Option<u32> {
    let state = state()?;
    let number = Reflect::get(&state, &NUMBER.into()).ok()?.as_f64()?;
    Some(number as u32)
}

/// Writes the number beside what the router keeps there.
fn mark(number: u32) {
    let Ok(history) = gloo::utils::window().history() else { return };
    let state = state().unwrap_or_else(|| js_sys::Object::new().into());
    if Reflect::set(&state, &NUMBER.into(), &number.into()).is_ok() {
        // A browser that refuses has no buttons for undo and redo, but Back and Forward.
        let _ = history.replace_state(&state, "");
    }
}

fn state() -> Option<JsValue> {
    let state = gloo::utils::window().history().ok()?.state().ok()?;
    state.is_object().then_some(state)
}

fn last() -> u32 {
    let kept = tab().and_then(|tab| tab.get_item(LAST).ok().flatten());
    kept.and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn remember(last: u32) {
    if let Some(tab) = tab() {
        // Storage may be full; redo then is the browser's Forward alone.
        let _ = tab.set_item(LAST, &last.to_string());
    }
}

/// What is kept as long as the tab; asking alone is an error where storage is denied.
fn tab() -> Option<Storage> {
    gloo::utils::window().session_storage().ok().flatten()
}
