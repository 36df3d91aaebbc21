//! How far the reader can undo and redo: the steps that lie next to each other in the history.
//!
//! Each entry that a step made carries its number; how many there are is kept with the tab.

use gloo::storage::{SessionStorage, Storage};
use js_sys::Reflect;
use wasm_bindgen::JsValue;

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

/// Keeps the number of an entry that is written anew.
pub fn keep(replace: impl FnOnce()) {
    let at = number();
    replace();
    if let Some(at) = at {
        mark(at);
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
    SessionStorage::get(LAST).unwrap_or_default()
}

fn remember(last: u32) {
    // Storage may be denied; redo then is the browser's Forward alone.
    let _ = SessionStorage::set(LAST, last);
}
