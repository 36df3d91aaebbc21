//! Loads the bundled JavaScript parts by address, when they are needed.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;
use web_sys::Url;

thread_local! {
    /// How often an address did not load.
    static FAILED: RefCell<BTreeMap<String, u32>> = const { RefCell::new(BTreeMap::new()) };
}

#[wasm_bindgen(inline_js = "export async function load(url) { return await import(url); }")]
extern "C" {
    /// Asynchronous on the JavaScript side: a synchronous throw would stop every Rust future.
    #[wasm_bindgen(catch)]
    async fn load(url: &str) -> Result<JsValue, JsValue>;
}

/// The exports of a module.
///
/// Some browsers remember for as long as the page lives that an address did not load, so each new
/// try asks for another one of the same file.
///
/// # Errors
/// The browser's own exception if the module did not load.
pub async fn import(url: &str) -> Result<JsValue, JsValue> {
    let failed = FAILED.with_borrow(|failed| failed.get(url).copied());
    let address = failed.map_or_else(|| url.to_owned(), |times| format!("{url}?again={times}"));
    let loaded = load(&address).await;
    if loaded.is_err() {
        FAILED.with_borrow_mut(|failed| *failed.entry(url.to_owned()).or_default() += 1);
    }
    loaded
}

/// A path as an absolute address, or `None` if it cannot be one.
pub fn resolve(path: &str, base: &str) -> Option<String> {
    Url::new_with_base(path, base).ok().map(|url| url.href())
}
