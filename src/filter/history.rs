//! The browser's history: its entries are addresses with the filter in them, and steps of the reader.
//!
//! Each entry that a step made carries its number, so that it is known how far the reader can undo and
//! redo; how many there are is kept with the tab.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Storage;
use yew::prelude::*;
use yew_router::prelude::*;
use yew_router::query::Raw;

use crate::ui::{Route, focus};

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

/// The query on screen, without its question mark.
pub fn query() -> String {
    let search = gloo::utils::window().location().search().unwrap_or_default();
    search.strip_prefix('?').map(str::to_owned).unwrap_or(search)
}

/// Opens a view; the filter comes along.
pub fn go(navigator: &Navigator, to: &Route) {
    turn_off();
    focus::leave();
    push(navigator, to, &filters::query::of_filter(&query()));
}

/// Opens a view from code; the filter comes along.
#[hook]
pub fn use_go() -> Callback<Route> {
    let navigator = use_navigator();
    use_callback(navigator, |to: Route, navigator| {
        if let Some(navigator) = navigator {
            go(navigator, &to);
        }
    })
}

/// Opens a view with a filter of its own.
#[hook]
pub fn use_open() -> Callback<(Route, String)> {
    let navigator = use_navigator();
    use_callback(navigator, |(to, query): (Route, String), navigator| {
        if let Some(navigator) = navigator {
            turn_off();
            focus::leave();
            push(navigator, &to, &query);
        }
    })
}

/// Changes one value that belongs to the view on screen: the entry is written anew.
pub fn write_param(navigator: &Navigator, route: &Route, name: &str, value: Option<&str>) {
    let query = query();
    let others = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != name);
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.extend_pairs(others);
    if let Some(value) = value {
        written.append_pair(name, value);
    }
    rewrite(navigator, route, &written.finish());
}

/// Takes a step: a new entry of the view on screen, one step apart from the one before.
pub fn step(navigator: &Navigator, route: &Route, query: &str) {
    let at = number().unwrap_or(0);
    mark(at);
    push(navigator, route, query);
    mark(at + 1);
    remember(at + 1);
}

/// Writes the entry on screen anew; what is known of it stays.
pub fn rewrite(navigator: &Navigator, route: &Route, query: &str) {
    let before = state();
    match navigator.replace_with_query(route, Raw(query)) {
        Ok(()) => {}
        Err(never) => match never {},
    }
    if let (Some(before), Ok(history)) = (before, gloo::utils::window().history()) {
        // A browser that refuses has no buttons for undo and redo, but Back and Forward.
        let _ = history.replace_state(&before, "");
    }
}

/// The reach of the entry on screen.
pub fn reach() -> Reach {
    match number() {
        Some(at) => Reach { undo: at > 0, redo: at < last() },
        None => Reach::default(),
    }
}

fn push(navigator: &Navigator, route: &Route, query: &str) {
    match navigator.push_with_query(route, Raw(query)) {
        Ok(()) => focus::arrived(),
        Err(never) => match never {},
    }
}

/// What follows the entry on screen will be something else than a step.
fn turn_off() {
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
