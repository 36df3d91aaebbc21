//! Where the reader was in each entry of the history when he left it.

use std::cell::Cell;

use gloo::events::EventListener;
use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, Storage};

use super::{document, focused, reached};
use crate::host::by_browser;

/// The number of an entry, in the state that the browser keeps with it.
const NUMBER: &str = "hub_entry";

/// Beginning of the keys under which places are kept, as long as the tab.
const KEY: &str = "insights-hub.left.";

thread_local! {
    /// The entry on screen, and whether it was there before.
    static HERE: Cell<(f64, bool)> = const { Cell::new((0.0, false)) };
}

/// Where the reader was.
pub(super) struct Left {
    /// How far the page was scrolled, in pixels.
    pub scrolled: f64,
    /// How far below the upper edge of the window the control with the focus stood.
    pub below: f64,
    /// Which of the controls of its name it was.
    pub nth: usize,
    /// That name, as a number: names of people are not kept.
    pub name: u64,
}

/// Remembers where the reader is before another entry takes the place of the one on screen.
pub fn leave() {
    let control = focused().filter(|control| control.tab_index() >= 0);
    let name = control.as_ref().map_or(0, name);
    let same = controls(name);
    let nth = same.iter().position(|one| Some(one) == control.as_ref()).unwrap_or_default();
    let below = control.map_or(0.0, |control| control.get_bounding_client_rect().top());
    let scrolled = gloo::utils::window().scroll_y().unwrap_or_default();
    if let Some(tab) = tab() {
        let text = format!("{scrolled} {below} {nth} {name}");
        // Storage may be full; then Back leads to the top of the view.
        let _ = tab.set_item(&key(), &text);
    }
}

/// Notes which entry is on screen now.
pub fn arrived() {
    let Ok(history) = gloo::utils::window().history() else { return };
    let state = history.state().ok().filter(JsValue::is_object);
    let state = state.unwrap_or_else(|| js_sys::Object::new().into());
    let known = Reflect::get(&state, &NUMBER.into()).ok().and_then(|number| number.as_f64());
    let number = known.unwrap_or_else(Date::now);
    HERE.set((number, known.is_some()));
    if known.is_none() && Reflect::set(&state, &NUMBER.into(), &number.into()).is_ok() {
        // A browser that refuses shows views from their top.
        let _ = history.replace_state(&state, "");
    }
}

/// True if the reader has come back to an entry that he left before.
pub fn is_back() -> bool {
    HERE.get().1
}

/// Follows the reader through the history, from now on.
///
/// Windows call their listeners in the order of their coming, so this has to be called before the
/// router starts to listen: the view that is left must still stand.
pub fn follow() {
    arrived();
    let heard = EventListener::new(&gloo::utils::window(), "popstate", |_| {
        leave();
        arrived();
    });
    heard.forget();
}

/// Where the reader was in the entry on screen.
pub(super) fn here() -> Option<Left> {
    let text = tab()?.get_item(&key()).ok()??;
    let mut parts = text.split(' ');
    let mut number = || by_browser::number(parts.next()?);
    let (scrolled, below, nth) = (number()?, number()?, number()? as usize);
    Some(Left { scrolled, below, nth, name: parts.next()?.parse().ok()? })
}

/// The controls of a name.
pub(super) fn controls(wanted: u64) -> Vec<HtmlElement> {
    let Some(body) = document().body().filter(|_| wanted != 0) else { return Vec::new() };
    reached(&body).into_iter().filter(|control| name(control) == wanted).collect()
}

/// What a control is known by when its view is drawn anew: what it is and says (FNV-1a).
fn name(control: &HtmlElement) -> u64 {
    let said = |name: &str| control.get_attribute(name);
    // A list that is walked by arrows says what it holds; its name is enough.
    let text = said("aria-label").or_else(|| control.text_content());
    let parts = [Some(control.tag_name()), said("id"), said("href"), text];
    parts
        .iter()
        .flatten()
        .flat_map(|part| part.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

fn key() -> String {
    format!("{KEY}{}", HERE.get().0)
}

/// What is kept as long as the tab; asking alone is an error where storage is denied.
fn tab() -> Option<Storage> {
    gloo::utils::window().session_storage().ok().flatten()
}
