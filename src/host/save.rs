//! Hands a file to the reader: the browser saves what it is given, nothing leaves the tab.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// Milliseconds after which the browser has surely read what it was given.
const KEPT_MS: u32 = 30_000;

/// The browser makes no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSaved;

/// Saves bytes under a name.
///
/// # Errors
/// [`NotSaved`] where the browser has no room for the file, or makes none.
pub fn save(name: &str, kind: &str, bytes: &[u8]) -> Result<(), NotSaved> {
    try_save(name, kind, bytes).map_err(|_| NotSaved)
}

fn try_save(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link = gloo::utils::document().create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.unchecked_into::<HtmlElement>().click();
    Timeout::new(KEPT_MS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}
