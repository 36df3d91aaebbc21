//! What the window is like: whether it is as narrow as a phone's, and whether anything may move in it.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MediaQueryList, MediaQueryListEvent};
use yew::prelude::*;

const NARROW: &str = "(width < 768px)";

/// True while the window is narrow.
#[hook]
pub fn use_narrow() -> bool {
    let narrow = use_state(|| query().is_some_and(|query| query.matches()));
    {
        let narrow = narrow.clone();
        use_effect_with((), move |()| {
            let changed = Closure::<dyn FnMut(MediaQueryListEvent)>::new(
                move |event: MediaQueryListEvent| narrow.set(event.matches()),
            );
            let query = query();
            if let Some(query) = &query {
                query.set_onchange(Some(changed.as_ref().unchecked_ref()));
            }
            move || {
                if let Some(query) = query {
                    query.set_onchange(None);
                }
                drop(changed);
            }
        });
    }
    *narrow
}

/// True if the reader wants nothing to move.
pub fn is_still() -> bool {
    let query = "(prefers-reduced-motion: reduce)";
    let query = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    query.is_some_and(|query| query.matches())
}

fn query() -> Option<MediaQueryList> {
    web_sys::window()?.match_media(NARROW).ok().flatten()
}
