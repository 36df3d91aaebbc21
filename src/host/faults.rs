//! What went wrong on this visit, and what stands when this program itself has ended: kept and shown
//! by `static/app/faults.js`, which outlives it.

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/static/app/faults.js")]
extern "C" {
    /// Remembers an error of this visit: a short stable name, and what the reader was told.
    pub fn note(kind: &str, text: &str);

    /// The errors of this visit, `[{ at, kind, text }]`.
    pub fn errors() -> Array;

    /// True if this tab shows the page without what the reader prefers.
    #[wasm_bindgen(js_name = isAside)]
    pub fn is_aside() -> bool;

    /// The preferences are in force again: the page begins anew.
    #[wasm_bindgen(js_name = takeBack)]
    pub fn take_back();

    fn watch();

    fn speak(words: &str);

    fn end(text: &str);
}

/// From now on an end of this program, here or in a worker, is told to whoever waits for it.
pub fn tell_ends() {
    watch();
    // Yew puts a hook of its own in the place of any that it was not given.
    yew::set_custom_panic_hook(Box::new(|panic| end(&panic.to_string())));
}

/// The words of the page that stands then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What has happened.
    pub title: String,
    /// What is not lost.
    pub kept: String,
    /// That it begins anew by itself.
    pub soon: String,
    /// That it does not, since it has happened before.
    pub repeated: String,
    /// Begins anew.
    pub reload: String,
    /// Begins anew without preferences.
    pub aside: String,
    /// Copies the details.
    pub copy: String,
    /// The details were copied.
    pub copied: String,
    /// What is for whoever mends it.
    pub details: String,
}

/// Has these words ready: a program that has ended finds none.
pub fn have_ready(words: &Words) {
    let Words { title, kept, soon, repeated, reload, aside, copy, copied, details } = words;
    let told = serde_json::json!({
        "title": title, "kept": kept, "soon": soon, "repeated": repeated, "reload": reload,
        "aside": aside, "copy": copy, "copied": copied, "details": details,
    });
    speak(&told.to_string());
}
