//! What this browser keeps of the hub: told, completed and cleared by `static/js/offline.js`.

use std::rc::Rc;

use js_sys::Reflect;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::{place, script};

#[wasm_bindgen]
extern "C" {
    /// The script, once imported.
    #[derive(Clone)]
    type Module;

    #[wasm_bindgen(method, catch)]
    async fn kept(this: &Module) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = toKeep)]
    async fn to_keep(this: &Module, manifest: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = keepAll)]
    async fn keep_all(
        this: &Module,
        manifest: &str,
        tell: &js_sys::Function,
        signal: &web_sys::AbortSignal,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn clear(this: &Module) -> Result<JsValue, JsValue>;
}

/// How much is kept here, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Kept {
    /// False where this browser, or this page, keeps nothing.
    pub works: bool,
    /// Of the app.
    pub files: f64,
    /// Of the data.
    pub data: f64,
    /// What the browser would keep beside it.
    pub free: f64,
}

/// How much of everything is here, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Share {
    /// What is kept of it.
    pub here: f64,
    /// All.
    pub all: f64,
}

/// Why not everything is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The browser has no room for it.
    Room,
    /// The host does not send it, or not as it should be.
    Lost,
    /// The browser keeps nothing for this page.
    Denied,
    /// What was kept was deleted meanwhile.
    Cleared,
    /// The reader ended it.
    Ended,
}

impl From<JsValue> for Refusal {
    fn from(thrown: JsValue) -> Self {
        let text = |name: &str| Reflect::get(&thrown, &JsValue::from_str(name)).ok()?.as_string();
        match text("kind").as_deref() {
            Some("room") => Self::Room,
            Some("lost") => Self::Lost,
            Some("cleared") => Self::Cleared,
            _ if text("name").as_deref() == Some("AbortError") => Self::Ended,
            _ => Self::Denied,
        }
    }
}

/// Ends a keeping when it is dropped.
pub struct Ending(AbortController);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Ending {
    /// What can end one keeping; nothing in browsers that cannot.
    pub fn new() -> Option<Rc<Self>> {
        AbortController::new().ok().map(|controller| Rc::new(Self(controller)))
    }

    /// Ends it.
    pub fn end(&self) {
        self.0.abort();
    }
}

async fn module() -> Result<Module, Refusal> {
    let url = script::resolve("offline.js", &place::scripts()).ok_or(Refusal::Denied)?;
    Ok(script::import(&url).await.map_err(|_| Refusal::Lost)?.unchecked_into())
}

fn read<T: for<'a> Deserialize<'a>>(told: JsValue) -> Result<T, Refusal> {
    serde_wasm_bindgen::from_value(told).map_err(|_| Refusal::Denied)
}

/// How much is kept here.
///
/// # Errors
/// [`Refusal::Lost`] if the script for it did not come.
pub async fn kept() -> Result<Kept, Refusal> {
    read(module().await?.kept().await?)
}

/// How much of everything is here, given the manifest's address.
///
/// # Errors
/// Why that cannot be told.
pub async fn to_keep(manifest: &str) -> Result<Share, Refusal> {
    read(module().await?.to_keep(manifest).await?)
}

/// Keeps everything: the app, and all of the snapshot of a manifest.
///
/// # Errors
/// Why not everything is kept; what was kept until then stays.
pub async fn keep_all(
    manifest: &str,
    ending: &Ending,
    told: impl Fn(Share) + 'static,
) -> Result<(), Refusal> {
    let module = module().await?;
    let tell = Closure::<dyn Fn(f64, f64)>::new(move |here, all| told(Share { here, all }));
    let tell_function = tell.as_ref().unchecked_ref::<js_sys::Function>();
    module.keep_all(manifest, tell_function, &ending.0.signal()).await?;
    Ok(())
}

/// Deletes what is kept.
///
/// # Errors
/// If the script for it did not come, or the browser refuses.
pub async fn clear() -> Result<(), Refusal> {
    module().await?.clear().await?;
    Ok(())
}
