//! What the guard runs on here: this machine's clock, network and memory.

use std::io::Read;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use edge::Refusal;
use edge::guard::platform::{Memory, Platform, Published};
use edge::jwks::{self, RsaKey};
use edge::key_cache::FETCH_MS;
use edge::keys::SessionKey;
use edge::log::Entry;
use edge::token::Token;
use ureq::Agent;
use ureq::http::header::CACHE_CONTROL;

use super::ask::Asked;
use super::crypto;
use crate::serve::log;

/// This machine.
pub struct Machine {
    agent: Agent,
    memory: Mutex<Memory>,
}

impl Machine {
    /// Nothing remembered yet.
    pub fn new() -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_millis(FETCH_MS)))
            .user_agent(concat!("insights-hub/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: agent.into(), memory: Mutex::default() }
    }
}

impl Platform for Machine {
    type Request = Asked;

    #[expect(clippy::disallowed_methods, reason = "sessions end by the clock")]
    fn now_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Refusal> {
        crypto::random(bytes).then_some(()).ok_or(Refusal::Internal)
    }

    async fn sha256(&self, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
        Ok(crypto::sha256(bytes))
    }

    async fn sign(&self, key: &SessionKey, message: &[u8]) -> Result<Vec<u8>, Refusal> {
        Ok(crypto::sign(key, message))
    }

    async fn verify(&self, key: &SessionKey, code: &[u8], message: &[u8]) -> Result<bool, Refusal> {
        Ok(crypto::verify(key, code, message))
    }

    async fn verify_rs256(&self, key: &RsaKey, token: &Token) -> Result<bool, Refusal> {
        Ok(crypto::verify_rs256(key, token))
    }

    async fn body(&self, asked: &Asked, most: usize) -> Result<Vec<u8>, Refusal> {
        asked.read(most).await
    }

    async fn published(&self, url: &str) -> Option<Published> {
        let (agent, url) = (self.agent.clone(), url.to_owned());
        tokio::task::spawn_blocking(move || published(&agent, &url)).await.ok()?
    }

    async fn sleep(&self, milliseconds: u32) {
        tokio::time::sleep(Duration::from_millis(milliseconds.into())).await;
    }

    fn remembered<T>(&self, look: impl FnOnce(&mut Memory) -> T) -> T {
        look(&mut self.memory.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn log(&self, entry: &Entry<'_>) {
        log::entry(entry);
    }
}

fn published(agent: &Agent, url: &str) -> Option<Published> {
    let response = agent.get(url).call().ok()?;
    let (head, body) = response.into_parts();
    if head.status != 200 {
        return None;
    }
    let cache_control = head.headers.get(CACHE_CONTROL).and_then(|value| value.to_str().ok());
    let (mut text, most) = (Vec::new(), jwks::LONGEST as u64);
    // One byte more tells what is too long from what is just as long as it may be.
    body.into_reader().take(most.saturating_add(1)).read_to_end(&mut text).ok()?;
    let cache_control = cache_control.map(str::to_owned);
    (text.len() <= jwks::LONGEST).then_some(Published { text, cache_control })
}
