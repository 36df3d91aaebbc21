//! A summary of the visit for whoever hosts the page, where `config.json` asks for it: what
//! `static/js/diagnostics.js` sends is nothing that leads to a person.

use js_sys::Array;
use serde_json::json;
use snapshot::FORMAT_VERSION;
use wasm_bindgen::prelude::*;

use crate::host::{again, faults, place, script};

#[wasm_bindgen]
extern "C" {
    /// The exports of `static/js/diagnostics.js`.
    type Script;

    #[wasm_bindgen(method, catch)]
    async fn report(
        this: &Script,
        url: &str,
        facts: &str,
        errors: &JsValue,
    ) -> Result<JsValue, JsValue>;
}

/// Has a summary sent to an address when the page, which shows this snapshot, is put aside.
pub async fn report(address: String, snapshot: String) {
    let url = format!("{}diagnostics.js", place::scripts());
    let facts = json!({
        "version": env!("CARGO_PKG_VERSION"), "snapshot": snapshot, "format": FORMAT_VERSION,
    });
    let mut failures = 0;
    let module = loop {
        match script::import(&url).await {
            Ok(module) => break module,
            Err(_) => failures += 1,
        }
        again::due(failures).await;
    };
    let module: Script = module.unchecked_into();
    // It is called for as long as the page lives.
    let errors = Closure::<dyn Fn() -> Array>::new(faults::errors).into_js_value();
    // A summary that is not sent is missed by nobody on this page.
    let _ = module.report(&place::absolute(&address), &facts.to_string(), &errors).await;
}
