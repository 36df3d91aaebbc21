//! What the page has read before the app was there: `static/first-paint`.
//!
//! A script in the page's head asks for the configuration and the manifest while the app is still
//! on its way, and shows the numbers that the manifest carries. The app begins with both, so that
//! its first drawing has these numbers too. Whatever did not come as it should is left out here,
//! and the app asks for it itself and tells the reader what is wrong.

use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use snapshot::Manifest;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::host::place;
use crate::host::shared::Shared;
use crate::look::language;
use crate::session::config::Config;
use crate::session::data::Data;
use crate::session::pin;
use crate::session::state::Setup;

/// What was read early.
#[derive(Clone, Default, PartialEq)]
pub struct Early {
    /// The configuration.
    pub setup: Option<Shared<Setup>>,
    /// The manifest of the configured snapshot.
    pub manifest: Option<Shared<Manifest>>,
    /// What the manifest alone says of the first view.
    pub data: Option<Shared<Data>>,
}

impl Early {
    /// Waits for what was asked for; what the host refused is missing.
    pub async fn read() -> Self {
        let Some(hub) = property(&gloo::utils::window(), "hub") else { return Self::default() };
        let config = answer(&hub, "config").await;
        let config = config.filter(|(_, text)| text.len() as u64 <= Config::MOST_BYTES);
        let Some((_, config)) = config else { return Self::default() };
        let setup = Setup::read(&config);
        language::learn(&setup.config.locale).await;
        if setup.config.sign_in.is_required() {
            // What else the reader may know is decided at the door.
            return Self { setup: Some(Shared::new(setup)), ..Self::default() };
        }
        let address = place::absolute(&setup.config.snapshot);
        let told = answer(&hub, "manifest").await.filter(|(url, _)| *url == address);
        breath().await;
        let manifest = told.and_then(|(_, text)| Manifest::from_json(&text).ok());
        // Another one, if the address asks for it, is looked for by the app.
        let pinned = pin::of_address();
        let is_wanted =
            |manifest: &Manifest| pinned.as_ref().is_none_or(|id| *id == manifest.meta.snapshot_id);
        let manifest = manifest.filter(is_wanted);
        breath().await;
        let data = manifest.as_ref().and_then(|manifest| Data::at_once(&address, manifest));
        breath().await;
        Self {
            setup: Some(Shared::new(setup)),
            manifest: manifest.map(Shared::new),
            data: data.map(Shared::new),
        }
    }
}

/// Lets the browser do what it has to do first, such as hearing the reader; where it can be told so,
/// nothing else that waits.
async fn breath() {
    let scheduler = property(&gloo::utils::window(), "scheduler");
    let next = scheduler.as_ref().and_then(|scheduler| property(scheduler, "yield"));
    let called = next.and_then(|next| next.dyn_ref::<Function>()?.call0(&scheduler?).ok());
    match called.and_then(|promise| promise.dyn_into::<Promise>().ok()) {
        // It is only ever resolved.
        Some(promise) => drop(JsFuture::from(promise).await),
        None => TimeoutFuture::new(0).await,
    }
}

/// Address and text of an answer with status 200.
async fn answer(hub: &JsValue, name: &str) -> Option<(String, String)> {
    let promise: Promise = property(hub, name)?.dyn_into().ok()?;
    let answer = JsFuture::from(promise).await.ok()?;
    let status = property(&answer, "status")?.as_f64()?;
    let url = property(&answer, "url")?.as_string()?;
    let text = property(&answer, "text")?.as_string()?;
    (status == 200.0).then_some((url, text))
}

/// A property that is there.
fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
