//! Google's public keys: fetched when needed, kept between requests.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{AbortSignal, Request, RequestInit, RequestRedirect, Response};

use super::{body, host, now_ms};
use crate::Refusal;
use crate::jwks::{self, RsaKey};
use crate::key_cache::{FETCH_MS, KeyCache, Plan};
use crate::log::Entry;

thread_local! {
    static KEYS: RefCell<KeyCache> = const { RefCell::new(KeyCache::new()) };
}

const WAIT_MS: i32 = 25;
/// Times to ask again while another request fetches: a little longer than a fetch may take.
const MOST_WAITS: u64 = FETCH_MS / 25 + 40;

/// The key of that name.
pub async fn key(name: &str, url: &str) -> Result<RsaKey, Refusal> {
    for _ in 0..MOST_WAITS {
        match KEYS.with_borrow_mut(|keys| keys.plan(name, now_ms())) {
            Plan::Use(key) => return Ok(key),
            Plan::Refuse(refusal) => return Err(refusal),
            // Requests do not wait on each other's promises: workerd forbids it.
            Plan::Wait => host::sleep(WAIT_MS).await,
            Plan::Fetch => {
                let fetched = fetch(url).await;
                if fetched.is_none() {
                    let detail = "the keys at JWKS_URL cannot be had".to_owned();
                    host::log(&Entry { detail: Some(detail), ..Entry::about("keys", "", "") });
                }
                KEYS.with_borrow_mut(|keys| keys.settle(fetched, now_ms()));
            }
        }
    }
    Err(Refusal::KeysUnavailable)
}

async fn fetch(url: &str) -> Option<(Vec<RsaKey>, u64)> {
    let init = RequestInit::new();
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&AbortSignal::timeout_with_f64(FETCH_MS as f64)));
    let request = Request::new_with_str_and_init(url, &init).ok()?;
    let response: Response = host::fetch(&request).await.ok()?.dyn_into().ok()?;
    if response.status() != 200 {
        return None;
    }
    let kept = response.headers().get("cache-control").ok().flatten();
    let text = body::limited(response.body(), jwks::LONGEST).await.ok()?;
    Some((jwks::read(&text)?, jwks::seconds_to_keep(kept.as_deref())))
}
