//! What is open hears when the reader turns to something else.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

/// Presses outside.
pub const PRESSED: &[&str] = &["pointerdown"];
/// Presses outside, and the focus going there. That nothing has the focus says nothing: some browsers
/// give none to a button that is pressed.
pub const TURNED: &[&str] = &["pointerdown", "focusin"];

/// Told of some events outside of an element while it is open.
#[hook]
pub fn use_outside(
    is_open: bool,
    node: &NodeRef,
    events: &'static [&'static str],
    told: Callback<()>,
) {
    let node = node.clone();
    use_effect_with(is_open, move |&is_open| {
        let listen = |name: &&'static str| {
            let (node, told) = (node.clone(), told.clone());
            EventListener::new(&gloo::utils::document(), *name, move |event| {
                let on = event.target().and_then(|on| on.dyn_into::<Node>().ok());
                if on.is_some_and(|on| !node.get().is_some_and(|node| node.contains(Some(&on)))) {
                    told.emit(());
                }
            })
        };
        let listeners: Vec<_> = events.iter().filter(|_| is_open).map(listen).collect();
        move || drop(listeners)
    });
}

/// Gives the focus to an element that may have left the page.
pub fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}
