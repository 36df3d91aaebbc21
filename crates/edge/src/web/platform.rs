//! The guard's platform: cryptography, clock, network and memory of a runtime for WebAssembly.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{AbortSignal, Request, RequestInit, RequestRedirect, Response};

use super::ask::Asked;
use super::{body, crypto, host};
use crate::Refusal;
use crate::guard::platform::{Memory, Platform, Published};
use crate::jwks::{self, RsaKey};
use crate::key_cache::FETCH_MS;
use crate::keys::SessionKey;
use crate::log::Entry;
use crate::token::Token;

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The runtime.
pub struct Web;

impl Platform for Web {
    type Request = Asked;

    fn now_ms(&self) -> u64 {
        host::now_ms()
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Refusal> {
        crypto::random(bytes)
    }

    async fn sha256(&self, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
        crypto::sha256(bytes).await
    }

    async fn sign(&self, key: &SessionKey, message: &[u8]) -> Result<Vec<u8>, Refusal> {
        crypto::sign(key, message).await
    }

    async fn verify(&self, key: &SessionKey, code: &[u8], message: &[u8]) -> Result<bool, Refusal> {
        crypto::verify(key, code, message).await
    }

    async fn verify_rs256(&self, key: &RsaKey, token: &Token) -> Result<bool, Refusal> {
        crypto::verify_rs256(key, token).await
    }

    async fn body(&self, asked: &Asked, most: usize) -> Result<Vec<u8>, Refusal> {
        body::read(&asked.request, most).await
    }

    async fn published(&self, url: &str) -> Option<Published> {
        let init = RequestInit::new();
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(&AbortSignal::timeout_with_f64(FETCH_MS as f64)));
        let request = Request::new_with_str_and_init(url, &init).ok()?;
        let response: Response = host::fetch(&request).await.ok()?.dyn_into().ok()?;
        if response.status() != 200 {
            return None;
        }
        let cache_control = response.headers().get("cache-control").ok().flatten();
        let text = body::limited(response.body(), jwks::LONGEST).await.ok()?;
        Some(Published { text, cache_control })
    }

    async fn sleep(&self, milliseconds: u32) {
        host::sleep(i32::try_from(milliseconds).unwrap_or(i32::MAX)).await;
    }

    fn remembered<T>(&self, look: impl FnOnce(&mut Memory) -> T) -> T {
        MEMORY.with_borrow_mut(look)
    }

    fn log(&self, entry: &Entry<'_>) {
        host::log(entry);
    }
}
