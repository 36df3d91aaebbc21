//! What would be lost if the page were left: whoever leaves it then, or loads it anew, is asked first.

use std::cell::RefCell;
use std::collections::BTreeSet;

use gloo::events::{EventListener, EventListenerOptions};

/// What lies nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsaved {
    /// Data that is open in this tab alone.
    Data,
    /// How the reader has files read.
    Reading,
}

#[derive(Default)]
struct Asking {
    what: BTreeSet<Unsaved>,
    // As long as nothing would be lost nobody listens: browsers keep such pages at hand.
    listening: Option<EventListener>,
}

thread_local! {
    static ASKING: RefCell<Asking> = RefCell::default();
}

/// From now on something would be lost, or not any more.
pub fn mark(what: Unsaved, is_unsaved: bool) {
    ASKING.with_borrow_mut(|asking| {
        if is_unsaved {
            asking.what.insert(what);
        } else {
            asking.what.remove(&what);
        }
        if asking.what.is_empty() {
            asking.listening = None;
        } else if asking.listening.is_none() {
            let window = gloo::utils::window();
            let options = EventListenerOptions::enable_prevent_default();
            let ask = |event: &web_sys::Event| event.prevent_default();
            asking.listening =
                Some(EventListener::new_with_options(&window, "beforeunload", options, ask));
        }
    });
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::{Event, EventInit};

    use super::*;

    /// True if leaving is asked about.
    fn asks() -> bool {
        let init = EventInit::new();
        init.set_cancelable(true);
        let event = Event::new_with_event_init_dict("beforeunload", &init).unwrap();
        !gloo::utils::window().dispatch_event(&event).unwrap()
    }

    #[wasm_bindgen_test]
    fn leaving_is_asked_about_while_anything_would_be_lost() {
        assert!(!asks());
        mark(Unsaved::Data, true);
        mark(Unsaved::Reading, true);
        mark(Unsaved::Reading, true);
        assert!(asks());
        mark(Unsaved::Data, false);
        assert!(asks(), "the other is there still");
        mark(Unsaved::Reading, false);
        assert!(!asks());
    }
}
