//! Brings the reader back to where he was in the view: as soon as it stands, unless he goes elsewhere.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;

use super::left::{Left, controls, here};
use super::{document, focused, is_free};

/// How often, and how many milliseconds apart, the view is looked at while it is being drawn.
const LOOKS: u32 = 60;
const LOOK_MS: u32 = 50;

/// Looks in a row at which the view stands: on arrival, the one that is left may still do.
const CALM: u32 = 4;

/// By which a reader shows that he is on his own way.
const ACTS: [&str; 4] = ["wheel", "touchstart", "pointerdown", "keydown"];

/// Scrolls to where the reader was and gives him the focus that he had.
pub async fn bring_back() {
    let Some(left) = here() else { return };
    let acted = Rc::new(Cell::new(false));
    let _listening = ACTS.map(|name| {
        let acted = acted.clone();
        EventListener::once(&gloo::utils::window(), name, move |_| acted.set(true))
    });
    let mut calm = 0;
    for _ in 0..LOOKS {
        place(&left);
        let is_ready = document().body().is_none_or(|body| body.has_attribute("data-ready"));
        calm = if is_ready { calm + 1 } else { 0 };
        TimeoutFuture::new(LOOK_MS).await;
        if calm == CALM || acted.get() {
            return;
        }
    }
}

/// What is above may still grow, so the control is put where it stood in the window.
fn place(left: &Left) {
    let window = gloo::utils::window();
    let Some(control) = controls(left.name).into_iter().nth(left.nth) else {
        return window.scroll_to_with_x_and_y(0.0, left.scrolled);
    };
    // Whoever has gone elsewhere stays there; on arrival the heading has the focus, or will have it.
    if is_free() || focused().is_some_and(|focused| focused.tag_name() == "H1") {
        // A control that cannot have the focus leaves it where it was.
        let _ = control.focus();
    }
    let below = control.get_bounding_client_rect().top();
    window.scroll_by_with_x_and_y(0.0, below - left.below);
}
