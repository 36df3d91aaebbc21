//! Whether an element is in the viewport or close to it.

use std::pin::pin;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::select;
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::prelude::*;

use super::signal::Signal;

/// How far outside the viewport still counts as near.
const MARGIN: &str = "200px";

/// The first milliseconds of a page, in which a phone draws nothing but what is on the screen.
const SETTLING_MS: f64 = 4_000.0;

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

/// Waits until the element is near, or everything is wanted.
pub async fn until_seen(all: &Signal, near: &Signal, node: &NodeRef) {
    let seen = pin!(async {
        loop {
            near.raised().await;
            let rest = settling();
            if rest == 0 || is_on_screen(node) {
                return;
            }
            // Until the page has settled only what comes on the screen is drawn.
            select(TimeoutFuture::new(rest), pin!(scrolled())).await;
        }
    });
    select(pin!(all.raised()), seen).await;
}

/// Milliseconds until the page has settled.
fn settling() -> u32 {
    let clock = gloo::utils::window().performance();
    clock.map_or(0, |clock| (SETTLING_MS - clock.now()).max(0.0).ceil() as u32)
}

/// Waits until the reader moves the page.
async fn scrolled() {
    let (moved, moves) = oneshot::channel();
    let _listening = EventListener::once(&gloo::utils::window(), "scroll", |_| {
        // Whoever waits for something else as well may have gone on.
        let _ = moved.send(());
    });
    let _ = moves.await;
}

fn is_on_screen(node: &NodeRef) -> bool {
    let height = gloo::utils::window().inner_height().ok().and_then(|height| height.as_f64());
    let (Some(element), Some(height)) = (node.cast::<Element>(), height) else { return true };
    let place = element.get_bounding_client_rect();
    place.top() < height && place.bottom() > 0.0
}
