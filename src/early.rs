//! What the page has read before the app was there: `static/first-paint`.
//!
//! A script in the page's head asks for the configuration and the manifest while the app is still
//! on its way, and shows the numbers that the manifest carries. The app begins with both, so that
//! its first drawing has these numbers too. Whatever did not come as it should is left out here,
//! and the app asks for it itself and tells the reader what is wrong.

use js_sys::{Promise, Reflect};
use snapshot::Manifest;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::language;
use crate::place;
use crate::shared::Shared;
use crate::state::Setup;

/// What was read early.
#[derive(Clone, Default, PartialEq)]
pub struct Early {
    /// The configuration.
    pub setup: Option<Shared<Setup>>,
    /// The manifest of the configured snapshot.
    pub manifest: Option<Shared<Manifest>>,
}

impl Early {
    /// Waits for what was asked for; what the host refused is missing.
    pub async fn read() -> Self {
        let Some(hub) = property(&gloo::utils::window(), "hub") else { return Self::default() };
        let Some((_, config)) = answer(&hub, "config").await else { return Self::default() };
        let setup = Setup::read(&config);
        if setup.config.sign_in.is_required() {
            // What the reader may know is decided at the door.
            return Self::default();
        }
        language::learn(&setup.config.locale).await;
        let manifest = match answer(&hub, "manifest").await {
            Some((url, text)) if url == place::absolute(&setup.config.snapshot) => {
                Manifest::from_json(&text).ok().map(Shared::new)
            }
            _ => None,
        };
        Self { setup: Some(Shared::new(setup)), manifest }
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
