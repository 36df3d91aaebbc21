//! The slash key leads to the search from anywhere but a field.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Focuses the search box on a slash; on phones the box is shown first.
#[hook]
pub fn use_slash(input: &NodeRef, on_phone: &UseStateHandle<bool>) {
    let (input, on_phone) = (input.clone(), on_phone.setter());
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let document = gloo::utils::document();
        let listener =
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
                let plain = !(key.ctrl_key() || key.meta_key() || key.alt_key());
                if key.key() == "/" && plain && !is_writing(event) {
                    event.prevent_default();
                    on_phone.set(true);
                    let input = input.clone();
                    Timeout::new(0, move || super::focus(&input)).forget();
                }
            });
        move || drop(listener)
    });
}

/// True in a field where a slash is text, and in a dialog, behind which nothing can be reached.
fn is_writing(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| {
        let field = "input, textarea, select, [contenteditable], dialog[open] *";
        element.matches(field).unwrap_or(false)
    })
}
