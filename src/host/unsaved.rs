//! Whoever is about to leave the page.

use gloo::events::{EventListener, EventListenerOptions};
use yew::prelude::*;

/// Whoever leaves the page, or loads it anew, is asked first, as long as something would be lost.
#[hook]
pub fn use_asked_before_leaving(something_is_lost: bool) {
    use_effect_with(something_is_lost, |&is_asked| {
        let options = EventListenerOptions::enable_prevent_default();
        let listening = is_asked.then(|| {
            let window = gloo::utils::window();
            EventListener::new_with_options(&window, "beforeunload", options, |event| {
                event.prevent_default();
            })
        });
        move || drop(listening)
    });
}
