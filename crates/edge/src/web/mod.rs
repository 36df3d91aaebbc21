//! The layer over the platform's `Request`, `Response` and `SubtleCrypto`: one exported function.

mod ask;
mod body;
mod crypto;
mod files;
mod host;
mod kept;
mod platform;
mod respond;

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Request, Response};

use crate::Refusal;
use crate::ask::Ask;
use crate::guard::{self, Decision};
use crate::log::Entry;
use crate::reply::Reply;
use crate::route::Site;
use crate::settings::Settings;
use ask::Asked;
use platform::Web;

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
    let ask = match ask::read(request) {
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

async fn answer(ask: &Ask<Asked>, env: &JsValue) -> Result<Response, Refusal> {
    let settings = host::settings(env);
    let settings = settings.as_deref();
    if settings.is_some_and(|settings| settings.fault.as_deref() == Some(ask.path.as_str())) {
        fail_on_purpose().await;
    }
    let site = settings.map_or(Site::UNKNOWN, Settings::site);
    match guard::decide(&Web, ask, site, settings).await? {
        Decision::Reply(reply) => respond::reply(&reply).map_err(|_| Refusal::Internal),
        Decision::File(route) => files::serve(ask, env, route, site.base).await,
    }
}

/// Fails in the middle of a request, as a fault in this code would.
#[expect(clippy::panic, reason = "the recovery from it is what is being tested")]
async fn fail_on_purpose() {
    host::sleep(1).await;
    panic!("failed on purpose");
}
