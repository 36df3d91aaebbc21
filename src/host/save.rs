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
    let mut draft = Draft::default();
    draft.add(bytes)?;
    draft.save(name, kind)
}

/// A file that is written piece by piece: the browser takes each as it comes, and may put it on the
/// disk. So nothing of it is left in the program's memory, and all of it is there once.
#[derive(Default)]
pub struct Draft(Array);

impl Draft {
    /// Appends a piece.
    ///
    /// # Errors
    /// [`NotSaved`] where the browser has no room for it.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), NotSaved> {
        let parts = Array::of1(&Uint8Array::from(bytes));
        let piece = Blob::new_with_u8_array_sequence(&parts).map_err(|_| NotSaved)?;
        self.0.push(&piece);
        Ok(())
    }

    /// Saves all pieces under a name.
    ///
    /// # Errors
    /// As [`save`].
    pub fn save(self, name: &str, kind: &str) -> Result<(), NotSaved> {
        self.try_save(name, kind).map_err(|_| NotSaved)
    }

    fn try_save(&self, name: &str, kind: &str) -> Result<(), JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        offer(name, &Blob::new_with_blob_sequence_and_options(&self.0, &options)?)
    }
}

/// Saves a file that the browser has under a name.
///
/// # Errors
/// [`NotSaved`] where the browser makes no file of it.
pub fn save_blob(name: &str, file: &Blob) -> Result<(), NotSaved> {
    offer(name, file).map_err(|_| NotSaved)
}

fn offer(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link = gloo::utils::document().create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.unchecked_into::<HtmlElement>().click();
    Timeout::new(KEPT_MS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}
