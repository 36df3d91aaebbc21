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
use crate::place;
use crate::state::Action;
use crate::store::Store;

/// What names our own caches, as in static/first-paint/kept.js, and what named that of early versions.
const CACHES: [&str; 2] = ["insights-hub", "hub-page"];

/// Signs out everywhere; if the edge cannot be told, says so and offers to try again.
pub async fn sign_out(handle: Handle, store: Store) {
    let Some(google) = handle.google() else { return };
    let heard = !handle.edge || edge::log_out(&google.logout_endpoint).await == Answer::Good(());
    google::forget().await;
    handle.tell_tabs(News::Out);
    if heard {
        return leave(&handle, &store, "signed_out");
    }
    store.dispatch(Action::Forget);
    handle.send(Event::Close(Trouble::SignOutUnheard));
}

/// Drops everything this page holds and begins anew, with a word on why.
pub fn leave(handle: &Handle, store: &Store, why: &'static str) {
    store.dispatch(Action::Forget);
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
    for name in settled(caches.keys()).await.iter().flat_map(|names| Array::from(names).to_vec()) {
        let ours = |name: &String| CACHES.iter().any(|own| name.starts_with(own));
        if let Some(name) = name.as_string().filter(ours) {
            settled(caches.delete(&name)).await;
        }
    }
}

async fn settled(promise: impl JsCast) -> Option<JsValue> {
    JsFuture::from(promise.unchecked_into::<Promise>()).await.ok()
}
