//! The layer over the platform's `Request`, `Response` and `SubtleCrypto`: one exported function.

mod ask;
mod auth;
mod body;
mod crypto;
mod files;
mod google;
mod host;
mod kept;
mod respond;
mod sealed;

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Request, Response};

use crate::Refusal;
use crate::log::Entry;
use crate::reply::Reply;
use crate::route::{Route, route};
use crate::settings::Settings;
use ask::Ask;

#[wasm_bindgen]
extern "C" {
    /// Set by the shim: fails every request under way and has the instance replaced.
    #[wasm_bindgen(js_namespace = globalThis, js_name = edgeAborted)]
    fn edge_aborted();
}

#[wasm_bindgen(start)]
fn start() {
    wasm_bindgen::handler::set_on_abort(edge_aborted);
    // Where it failed, but not with what: a panic's message may repeat a request's content.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        host::log(&Entry { detail: place, ..Entry::about("panic", "", "") });
    }));
}

/// Answers one request. `env` holds the settings as strings, and in `ASSETS` what serves the
/// static files: an object with `fetch(request)`.
///
/// # Errors
/// Only if the platform refuses to build a response; the shim answers 500 then.
#[wasm_bindgen]
pub async fn handle(request: Request, env: JsValue) -> Result<Response, JsValue> {
    let ask = match Ask::new(request) {
        Ok(ask) => ask,
        Err(refusal) => {
            // What it names its host by is not written down: it may be anything.
            host::log(&Entry::refused("?", "?", refusal));
            return respond::reply(&Reply::refuse(refusal));
        }
    };
    match answer(&ask, &env).await {
        Ok(response) => Ok(response),
        Err(refusal) => {
            host::log(&Entry::refused(&ask.method, &ask.path, refusal));
            respond::reply(&Reply::refuse(refusal))
        }
    }
}

async fn answer(ask: &Ask, env: &JsValue) -> Result<Response, Refusal> {
    let settings = host::settings(env);
    let Some(settings) = settings.as_deref() else { return unconfigured(ask, env).await };
    if settings.fault.as_deref() == Some(ask.path.as_str()) {
        fail_on_purpose().await;
    }
    let route = route(&ask.path, &settings.base, &settings.public)?;
    if let Err(allowed) = route.takes(&ask.method) {
        return respond::reply(&Reply::wrong_method(allowed)).map_err(|_| Refusal::Internal);
    }
    let reply = match route {
        Route::Nonce => auth::nonce(ask, settings).await?,
        Route::SignIn => auth::sign_in(ask, settings).await?,
        Route::Validate => auth::validate(ask, settings).await?,
        Route::LogOut => auth::log_out(ask, settings)?,
        Route::Guarded => {
            sealed::session(ask, settings).await?;
            return files::serve(ask, env, route, &settings.base).await;
        }
        Route::Public | Route::Page => return files::serve(ask, env, route, &settings.base).await,
    };
    respond::reply(&reply).map_err(|_| Refusal::Internal)
}

/// Without settings only the page itself is served, so that it can say what is missing.
async fn unconfigured(ask: &Ask, env: &JsValue) -> Result<Response, Refusal> {
    match route(&ask.path, "/", &[])? {
        found @ (Route::Public | Route::Page) if found.takes(&ask.method).is_ok() => {
            files::serve(ask, env, found, "/").await
        }
        _ => Err(Refusal::NotConfigured),
    }
}

/// Fails in the middle of a request, as a fault in this code would.
#[expect(clippy::panic, reason = "the recovery from it is what is being tested")]
async fn fail_on_purpose() {
    host::sleep(1).await;
    panic!("failed on purpose");
}

/// Seconds since 1970.
fn now() -> u64 {
    now_ms() / 1_000
}

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time after 1970")]
fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
