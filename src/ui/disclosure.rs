//! A button that shows and hides what belongs to it, as the disclosure pattern of ARIA has it.

use yew::prelude::*;

use super::outside::{PRESSED, TURNED, focus, use_outside};

/// Whether something is shown, and what shows and hides it.
#[derive(Clone)]
pub struct Disclosure {
    /// For the element around button and panel: turning to anything outside of it closes the panel.
    pub root: NodeRef,
    /// For the button, which has the focus when the panel has been closed.
    pub button: NodeRef,
    open: UseStateHandle<bool>,
}

impl Disclosure {
    /// True while the panel is shown.
    pub fn is_open(&self) -> bool {
        *self.open
    }

    /// Shows the panel.
    pub fn show(&self) {
        self.open.set(true);
    }

    /// Hides the panel; the focus goes back to the button.
    pub fn close(&self) {
        self.open.set(false);
        focus(self.button.cast());
    }

    /// For presses of the button.
    pub fn toggle(&self) -> Callback<MouseEvent> {
        let it = self.clone();
        Callback::from(move |_| {
            // Not every browser does it by itself, and keys are heard where the focus is.
            focus(it.button.cast());
            it.open.set(!it.is_open());
        })
    }

    /// Hides the panel when Escape is among the keys of the element around it, and nothing further out.
    pub fn escape(&self, event: &KeyboardEvent) {
        if event.key() == "Escape" && self.is_open() {
            event.prevent_default();
            event.stop_propagation();
            self.close();
        }
    }

    /// For keys of the element around it.
    pub fn keys(&self) -> Callback<KeyboardEvent> {
        let it = self.clone();
        Callback::from(move |event: KeyboardEvent| it.escape(&event))
    }
}

/// A disclosure, hidden at first; turning to anything outside of it hides it.
#[hook]
pub fn use_disclosure() -> Disclosure {
    use_hidden_by(TURNED)
}

/// A disclosure that holds others: only a press outside of it hides it.
#[hook]
pub fn use_sheet() -> Disclosure {
    use_hidden_by(PRESSED)
}

#[hook]
fn use_hidden_by(events: &'static [&'static str]) -> Disclosure {
    let (open, root, button) = (use_state(|| false), use_node_ref(), use_node_ref());
    let shut = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    use_outside(*open, &root, events, shut);
    Disclosure { root, button, open }
}
