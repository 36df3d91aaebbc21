//! What the host gives: settings, static files, a log and time.

use std::cell::OnceCell;

use js_sys::{Function, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, Request, Response};

use super::{Rc, Settings};
use crate::Refusal;
use crate::log::Entry;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(request: &Request) -> Result<Promise, JsValue>;

    /// Set by the shim: so many bytes of a body, from one of them on; none behind them are read.
    #[wasm_bindgen(catch, js_namespace = globalThis, js_name = edgePart)]
    fn edge_part(body: &ReadableStream, skip: f64, count: f64) -> Result<ReadableStream, JsValue>;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Function, milliseconds: i32) -> JsValue;

    /// What serves the static files.
    type Assets;

    #[wasm_bindgen(method, catch)]
    fn fetch(this: &Assets, request: &Request) -> Result<Promise, JsValue>;
}

thread_local! {
    static SETTINGS: OnceCell<Option<Rc<Settings>>> = const { OnceCell::new() };
}

/// The settings, read once an instance; none, and a line in the log, if they are not complete.
pub fn settings(env: &JsValue) -> Option<Rc<Settings>> {
    SETTINGS.with(|cell| cell.get_or_init(|| read_settings(env).map(Rc::new)).clone())
}

/// A request to the network.
pub async fn fetch(request: &Request) -> Result<JsValue, JsValue> {
    global_fetch(request)?.await
}

/// A request to the static files.
pub async fn file(env: &JsValue, request: &Request) -> Result<Response, Refusal> {
    let failed = |_| Refusal::FilesUnavailable;
    let assets: Assets = get(env, "ASSETS").ok_or(Refusal::FilesUnavailable)?.unchecked_into();
    let answer: JsValue = assets.fetch(request).map_err(failed)?.await.map_err(failed)?;
    answer.dyn_into().map_err(failed)
}

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time after 1970")]
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Writes one line.
pub fn log(entry: &Entry<'_>) {
    web_sys::console::log_1(&JsValue::from_str(&entry.line()));
}

/// Settles after a while, with nothing.
pub fn after(milliseconds: i32) -> Promise {
    Promise::new(&mut |done: Function, _| {
        set_timeout(&done, milliseconds);
    })
}

/// Waits.
pub async fn sleep(milliseconds: i32) {
    // It is never rejected.
    let _: Result<JsValue, JsValue> = after(milliseconds).await;
}

/// A part of a body, handed on as it comes.
pub fn part(body: &ReadableStream, skip: u64, count: u64) -> Result<ReadableStream, JsValue> {
    // Files are far shorter than what a double counts exactly.
    edge_part(body, skip as f64, count as f64)
}

/// Tells whoever sends a body that nobody reads it.
pub fn drop_body(body: Option<&ReadableStream>) {
    if let Some(body) = body.filter(|body| !body.locked()) {
        // Whether the sender learns of it does not matter.
        let _ = body.cancel();
    }
}

fn read_settings(env: &JsValue) -> Option<Settings> {
    let text = |name: &str| get(env, name).map(|value| written(&value));
    match Settings::read(text) {
        Ok(settings) => Some(settings),
        Err(problems) => {
            for problem in problems {
                log(&Entry::configuration(problem.to_string()));
            }
            None
        }
    }
}

/// A setting as text. What is no text, as numbers and lists in a file of settings are, is not
/// passed over: it is what it looks like in that file, and judged like any text.
fn written(value: &JsValue) -> String {
    let json = || JSON::stringify(value).ok().and_then(|text| text.as_string());
    value.as_string().or_else(json).unwrap_or_else(|| "{}".to_owned())
}

fn get(env: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(env, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
