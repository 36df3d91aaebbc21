//! What the host gives: settings, static files, a log and time.

use std::cell::OnceCell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Request, Response};

use super::{Rc, Settings};
use crate::Refusal;
use crate::log::Entry;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(request: &Request) -> Result<Promise, JsValue>;

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

/// Writes one line.
pub fn log(entry: &Entry<'_>) {
    web_sys::console::log_1(&JsValue::from_str(&entry.line()));
}

/// Waits.
pub async fn sleep(milliseconds: i32) {
    let wait = Promise::new(&mut |done: Function, _| {
        set_timeout(&done, milliseconds);
    });
    // It is never rejected.
    let _: Result<JsValue, JsValue> = wait.await;
}

fn read_settings(env: &JsValue) -> Option<Settings> {
    let text = |name: &str| get(env, name).and_then(|value| value.as_string());
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

fn get(env: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(env, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
