//! Where the reader is on the page: kept when what he stood on goes away, and for when he comes back.

mod back;
mod guard;
mod left;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

pub use back::bring_back;
pub use guard::FocusGuard;
pub use left::{arrived, follow, is_back, leave};

/// What the keyboard reaches.
const REACHED: &str = "a[href], button:not(:disabled), input:not(:disabled), \
    select:not(:disabled), textarea:not(:disabled), summary, [tabindex=\"0\"]";

/// What the keyboard reaches within an element, in order, hidden parts among it.
fn reached(within: &Element) -> Vec<HtmlElement> {
    let Ok(list) = within.query_selector_all(REACHED) else { return Vec::new() };
    let item = |at| list.item(at)?.dyn_into().ok();
    (0..list.length()).filter_map(item).collect()
}

/// Gives the focus to the first element in sight that fits, if there is one.
pub fn give_to(selector: &str) {
    let Ok(list) = document().query_selector_all(selector) else { return };
    let fits = (0..list.length()).filter_map(|at| list.item(at)?.dyn_into::<HtmlElement>().ok());
    if let Some(found) = fits.into_iter().find(|one| is_visible(one)) {
        // An element that cannot have the focus leaves it where it was.
        let _ = found.focus();
    }
}

/// True if nothing has the focus but, at most, the view as a whole: the heading may take it.
pub fn is_free() -> bool {
    focused().is_none_or(|focused| focused.id() == "main")
}

/// True if what has the focus lies in an element that fits.
pub fn is_within(selector: &str) -> bool {
    focused().is_some_and(|focused| focused.closest(selector).is_ok_and(|found| found.is_some()))
}

fn document() -> Document {
    gloo::utils::document()
}

/// What has the focus; the body is nothing to stand on.
fn focused() -> Option<HtmlElement> {
    let active = document().active_element()?;
    active.dyn_into().ok().filter(|active: &HtmlElement| active.tag_name() != "BODY")
}

fn is_visible(element: &Element) -> bool {
    element.get_bounding_client_rect().height() > 0.0
}
