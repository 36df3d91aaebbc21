//! What the worker's script calls.

use anyhow::Result;
use importer_core::build::Settings;
use importer_core::files::{Choice, Files};
use importer_core::guess::{self, Sheets};
use importer_core::import::Import;
use importer_core::import::mapping::Mapping;
use importer_core::memory::{self, File as Finished};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::File;

use crate::answer::Why;
use crate::files::{ALL, Chosen};
use crate::progress::Posted;

/// Says how files can be read, as JSON.
///
/// # Errors
/// Why they cannot, as JSON.
#[wasm_bindgen]
pub fn guess(files: Vec<File>) -> Result<String, JsValue> {
    guessed(&Chosen::of(files)).map_err(|error| refused(&error))
}

fn guessed(files: &Chosen) -> Result<String> {
    Ok(serde_json::to_string(&guess::guess(&Sheets::of(files, &[])?)?)?)
}

/// Says what a mapping makes of files, as JSON.
///
/// # Errors
/// Why that cannot be, as JSON.
#[wasm_bindgen]
pub fn tried(files: Vec<File>, mapping: &str, from: Option<String>) -> Result<String, JsValue> {
    let told = guess::tried(chosen(Chosen::of(files), from.as_deref()), mapping, &Posted);
    let told = told.and_then(|told| Ok(serde_json::to_string(&told)?));
    told.map_err(|error| refused(&error))
}

/// Builds a snapshot of files by a mapping.
///
/// # Errors
/// Why that cannot be, as JSON.
#[wasm_bindgen]
pub fn build(files: Vec<File>, mapping: &str, from: Option<String>) -> Result<Snapshot, JsValue> {
    let built = built(Chosen::of(files), mapping, from.as_deref());
    let mut files = built.map_err(|error| refused(&error))?;
    // They are taken from the end.
    files.reverse();
    Ok(Snapshot { files })
}

fn built(files: Chosen, mapping: &str, from: Option<&str>) -> Result<Vec<Finished>> {
    let mapping = Mapping::parse(mapping)?;
    let import = Import { from: chosen(files, from), mapping };
    memory::build(&Settings::default(), &Posted, |loader| import.feed(loader, &Posted))
}

/// What is to be read: one of the files, or all.
fn chosen(files: Chosen, from: Option<&str>) -> Box<dyn Files> {
    let one = from.filter(|from| *from != ALL).and_then(|from| files.some(&[from]));
    one.map_or_else(|| Box::new(files) as _, |(one, _)| one)
}

fn refused(error: &anyhow::Error) -> JsValue {
    let why = serde_json::to_string(&Why::from(error));
    JsValue::from_str(&why.unwrap_or_else(|error| error.to_string()))
}

/// The files of a snapshot, which are taken one after the other, so that none is there twice for long.
#[wasm_bindgen]
pub struct Snapshot {
    files: Vec<Finished>,
}

#[wasm_bindgen]
impl Snapshot {
    /// Name of the next one; none if all are taken.
    pub fn next(&self) -> Option<String> {
        self.files.last().map(|(name, _)| name.clone())
    }

    /// The bytes of the next one.
    pub fn take(&mut self) -> Option<Uint8Array> {
        self.files.pop().map(|(_, bytes)| Uint8Array::from(&bytes[..]))
    }
}
