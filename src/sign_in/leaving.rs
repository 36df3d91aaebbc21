//! Signing out: the cookie, what the browser kept, this page's memory, and the other tabs.

use gloo::events::EventListener;
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::PageTransitionEvent;

use super::edge::{self, Answer};
use super::google;
use super::handle::Handle;
use super::state::Event;
use super::tabs::News;
use super::trouble::Trouble;
use crate::host::{keeper, place};
use crate::session::edits;
use crate::session::state::Action;
use crate::session::store::Store;

/// What the names of hubs' caches begin with, as in static/first-paint/kept.js.
const FAMILY: &str = "insights-hub.page.";

/// The cache of the first versions, of all places at once.
const EARLIER: &str = "hub-page";

/// True for a cache of the hub at a place, by any version of it: other hubs of the host keep theirs.
fn is_ours(name: &str, place: &str) -> bool {
    let number = name.strip_prefix(FAMILY).and_then(|rest| rest.split_once(' '));
    name == EARLIER || number.is_some_and(|(_, of)| of == place)
}

/// Signs out everywhere, and drops what the browser holds; if the edge cannot be told, says so and offers
/// to try again.
pub async fn sign_out(handle: Handle, store: Store) {
    let Some(google) = handle.google() else { return };
    let heard = !handle.edge || edge::log_out(&google.logout_endpoint).await == Answer::Good(());
    google::forget().await;
    handle.tell_tabs(News::Out);
    if heard {
        return leave(&handle, &store, "signed_out");
    }
    forget(&store);
    // Behind a closed door nothing is read anew.
    handle.send(Event::Close(Trouble::SignOutUnheard));
    empty_caches().await;
}

/// Drops what this page holds, and has dropped what is on its way to be kept.
fn forget(store: &Store) {
    store.dispatch(Action::Forget);
    edits::forget();
    keeper::tell("forget");
}

/// Drops everything this page holds and begins anew, with a word on why.
pub fn leave(handle: &Handle, store: &Store, why: &'static str) {
    forget(store);
    handle.send(Event::Leave);
    let window = gloo::utils::window();
    // A browser may bring the document back as it was: then it begins anew, too.
    EventListener::new(&window, "pageshow", |event| {
        let page = event.dyn_ref::<PageTransitionEvent>();
        if page.is_some_and(PageTransitionEvent::persisted) {
            // What cannot be loaded again stays as empty as it is.
            let _ = gloo::utils::window().location().reload();
        }
    })
    .forget();
    spawn_local(async move {
        empty_caches().await;
        let location = gloo::utils::window().location();
        // Of a new document nothing is left in memory; this one is not gone back to.
        let _ = location.replace(&place::absolute(&format!("./?sign_in={why}")));
    });
}

async fn empty_caches() {
    // Browsers keep no caches for pages that came without encryption.
    let Some(caches) = web_sys::window().and_then(|window| window.caches().ok()) else { return };
    let place = place::path();
    for name in settled(caches.keys()).await.iter().flat_map(|names| Array::from(names).to_vec()) {
        if let Some(name) = name.as_string().filter(|name| is_ours(name, &place)) {
            settled(caches.delete(&name)).await;
        }
    }
}

async fn settled(promise: impl JsCast) -> Option<JsValue> {
    JsFuture::from(promise.unchecked_into::<Promise>()).await.ok()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn only_what_this_hub_has_kept_is_dropped() {
        for ours in ["insights-hub.page.1 /shop/", "insights-hub.page.12 /shop/", "hub-page"] {
            assert!(is_ours(ours, "/shop/"), "{ours}");
        }
        for others in [
            "insights-hub.page.1 /",
            "insights-hub.page.1 /shop/north/",
            "insights-hub.page.1 /a/shop/",
            "insights-hub",
            "insights-hub.page.",
            "insights-hub-of-somebody /shop/",
            "hub-pages",
            "theirs /shop/",
        ] {
            assert!(!is_ours(others, "/shop/"), "{others}");
        }
    }
}
