//! Whether an element is in the viewport or close to it.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::prelude::*;

use super::signal::Signal;

/// How far outside the viewport still counts as near.
const MARGIN: &str = "200px";

/// True, at any time, while the element is near the viewport.
#[hook]
pub fn use_near(node: &NodeRef) -> Rc<Signal> {
    let near = use_memo((), |()| Rc::new(Signal::default()));
    let cell = Rc::clone(&near);
    use_effect_with(node.clone(), move |node| {
        let watch = node.cast::<Element>().and_then(|element| Watch::start(&element, &cell));
        if watch.is_none() {
            cell.set(true);
        }
        move || drop(watch)
    });
    Rc::clone(&near)
}

struct Watch {
    observer: IntersectionObserver,
    // Kept for as long as the observer may call it.
    _seen: Closure<dyn FnMut(Array)>,
}

impl Watch {
    /// `None` in a browser without observers, where everything counts as near.
    fn start(element: &Element, near: &Rc<Signal>) -> Option<Self> {
        let near = Rc::clone(near);
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
            near.set(last.is_ok_and(|entry| entry.is_intersecting()));
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        let callback = seen.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(callback, &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _seen: seen })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
        // Some browsers tell what they have seen before they were disconnected all the same.
        drop(self.observer.take_records());
    }
}
