//! Loads the bundled JavaScript parts by address, when they are needed.

use wasm_bindgen::prelude::*;
use web_sys::Url;

#[wasm_bindgen(inline_js = "export async function load(url) { return await import(url); }")]
extern "C" {
    /// Asynchronous on the JavaScript side: a synchronous throw would stop every Rust future.
    #[wasm_bindgen(catch)]
    async fn load(url: &str) -> Result<JsValue, JsValue>;
}

/// The exports of a module.
///
/// # Errors
/// The browser's own exception if the module did not load.
pub async fn import(url: &str) -> Result<JsValue, JsValue> {
    load(url).await
}

/// A path as an absolute address, or `None` if it cannot be one.
pub fn resolve(path: &str, base: &str) -> Option<String> {
    Url::new_with_base(path, base).ok().map(|url| url.href())
}
