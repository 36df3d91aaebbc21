//! Files that the reader brings: dropped anywhere on the page, or chosen. What is done with them is
//! told by `static/js/own.js`.

use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, Function};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Event, FileList};

use super::{place, script};

#[wasm_bindgen(inline_js = r#"
// What was dropped can only be asked for while the event lasts.
export const entriesOf = (event) =>
  [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? item.getAsFile() ?? []);
export const fetched = async (address, name) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return [new File([await answer.blob()], name)];
};
export const bringsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
"#)]
extern "C" {
    #[wasm_bindgen(js_name = entriesOf)]
    fn entries_of(event: &Event) -> Array;
    #[wasm_bindgen(js_name = bringsFiles)]
    fn brings_files(event: &Event) -> bool;
    #[wasm_bindgen(catch, js_name = fetched)]
    async fn file_at(address: &str, name: &str) -> Result<JsValue, JsValue>;

    /// The script, once imported.
    #[derive(Clone)]
    type Module;

    #[wasm_bindgen(method, catch)]
    async fn files(this: &Module, brought: &Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = isZip)]
    async fn is_zip(this: &Module, file: &Blob) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn unzip(this: &Module, archive: &Blob) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn zip(this: &Module, files: &Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = writesFolders)]
    fn writes_folders(this: &Module) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, catch, js_name = writeFolder)]
    async fn write_folder(
        this: &Module,
        files: &Array,
        tell: &Function,
    ) -> Result<JsValue, JsValue>;
}

/// A file and its path, as far as it is known.
pub type File = (String, Blob);

/// Why nothing can be done with files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The script for it did not come.
    Lost,
    /// There are too many of them.
    TooMany,
    /// It is no archive, or a cut one.
    Damaged,
    /// The archive is packed in a way that browsers cannot undo.
    Compressed,
    /// The browser refused: to read a file, or to write one.
    Refused,
}

impl From<JsValue> for Trouble {
    fn from(thrown: JsValue) -> Self {
        let message = thrown.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
        match message.as_deref() {
            Some("too-many") => Self::TooMany,
            Some("damaged") => Self::Damaged,
            Some("compressed") => Self::Compressed,
            _ => Self::Refused,
        }
    }
}

thread_local! {
    /// What was dropped last, and nobody has taken yet.
    static DROPPED: RefCell<Option<Array>> = const { RefCell::new(None) };
}

/// What the window is told when something was dropped and can be taken.
pub const EVENT: &str = "hub:brought";

/// What was dropped on the page, once.
pub fn take() -> Option<Array> {
    DROPPED.take()
}

/// The files of an input.
pub fn chosen(list: &FileList) -> Array {
    let mut files = Array::new();
    for at in 0..list.length() {
        files.extend(list.get(at));
    }
    files
}

/// A file that lies beside the page, as if it had been chosen.
///
/// # Errors
/// [`Trouble::Lost`] where it does not come.
pub async fn fetched(address: &str, name: &str) -> Result<Array, Trouble> {
    Ok(file_at(address, name).await.map_err(|_| Trouble::Lost)?.unchecked_into())
}

/// Takes what is dropped on the page for as long as this lives; `told` hears of it, and whether files
/// are being held over the page.
pub fn listen(told: impl Fn(Drag) + 'static) -> [EventListener; 3] {
    let told = std::rc::Rc::new(told);
    let window = gloo::utils::window();
    let listen = |name: &'static str, act: fn(&Event) -> Drag| {
        let told = told.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, name, options, move |event| {
            if brings_files(event) {
                // Else the browser would leave the page for the file.
                event.prevent_default();
                told(act(event));
            }
        })
    };
    [
        listen("dragover", |_| Drag::Over),
        listen("dragleave", |_| Drag::Away),
        listen("drop", |event| {
            DROPPED.replace(Some(entries_of(event)));
            if let Ok(told) = Event::new(EVENT) {
                // Whoever stands ready takes it.
                let _ = gloo::utils::window().dispatch_event(&told);
            }
            Drag::Dropped
        }),
    ]
}

/// What happens with files that are dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drag {
    /// They are held over the page.
    Over,
    /// They are not any more.
    Away,
    /// They were dropped, and can be taken.
    Dropped,
}

async fn module() -> Result<Module, Trouble> {
    let url = script::resolve("own.js", &place::scripts()).ok_or(Trouble::Lost)?;
    Ok(script::import(&url).await.map_err(|_| Trouble::Lost)?.unchecked_into())
}

fn read(told: &JsValue) -> Vec<File> {
    let pair = |pair: JsValue| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).dyn_into::<Blob>().ok()?))
    };
    Array::from(told).iter().filter_map(pair).collect()
}

fn told(files: &[File]) -> Array {
    let pair = |(name, file): &File| Array::of2(&JsValue::from_str(name), file);
    files.iter().map(pair).collect()
}

/// The files behind what was dropped or chosen, with those in folders.
///
/// # Errors
/// [`Trouble`] says why they cannot be had.
pub async fn files(brought: &Array) -> Result<Vec<File>, Trouble> {
    Ok(read(&module().await?.files(brought).await?))
}

/// The files in a ZIP archive; none if it is no such archive.
///
/// # Errors
/// [`Trouble`] says what is wrong with it.
pub async fn unzipped(file: &Blob) -> Result<Option<Vec<File>>, Trouble> {
    let module = module().await?;
    if !module.is_zip(file).await?.is_truthy() {
        return Ok(None);
    }
    Ok(Some(read(&module.unzip(file).await?)))
}

/// One ZIP archive of files.
///
/// # Errors
/// [`Trouble`] says why there is none.
pub async fn zipped(files: &[File]) -> Result<Blob, Trouble> {
    module().await?.zip(&told(files)).await?.dyn_into().map_err(|_| Trouble::Refused)
}

/// True where a folder of the reader's can be written.
pub async fn writes_folders() -> bool {
    match module().await {
        Ok(module) => module.writes_folders().unwrap_or(false),
        Err(_) => false,
    }
}

/// Writes files into a folder that the reader chooses, and tells the bytes written; false if the
/// reader chose none.
///
/// # Errors
/// [`Trouble`] says why they are not there.
pub async fn write_folder(files: &[File], tell: impl Fn(f64) + 'static) -> Result<bool, Trouble> {
    let tell = Closure::<dyn Fn(f64)>::new(tell);
    let written = module().await?.write_folder(&told(files), tell.as_ref().unchecked_ref()).await?;
    Ok(written.is_truthy())
}
