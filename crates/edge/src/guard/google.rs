//! Google's public keys: fetched when needed, kept between requests.

use super::platform::Platform;
use crate::Refusal;
use crate::jwks::{self, RsaKey};
use crate::key_cache::{FETCH_MS, Plan};
use crate::log::Entry;

const WAIT_MS: u32 = 25;
/// Times to ask again while another request fetches: a little longer than a fetch may take.
const MOST_WAITS: u64 = FETCH_MS / 25 + 40;

/// The key of that name.
pub async fn key<P: Platform>(platform: &P, name: &str, url: &str) -> Result<RsaKey, Refusal> {
    for _ in 0..MOST_WAITS {
        let now = platform.now_ms();
        match platform.remembered(|memory| memory.keys.plan(name, now)) {
            Plan::Use(key) => return Ok(key),
            Plan::Refuse(refusal) => return Err(refusal),
            // Requests do not wait on each other's promises: workerd forbids it.
            Plan::Wait => platform.sleep(WAIT_MS).await,
            Plan::Fetch => {
                let fetched = fetch(platform, url).await;
                if fetched.is_none() {
                    let detail = "the keys at JWKS_URL cannot be had".to_owned();
                    platform.log(&Entry { detail: Some(detail), ..Entry::about("keys", "", "") });
                }
                let now = platform.now_ms();
                platform.remembered(|memory| memory.keys.settle(fetched, now));
            }
        }
    }
    Err(Refusal::KeysUnavailable)
}

async fn fetch<P: Platform>(platform: &P, url: &str) -> Option<(Vec<RsaKey>, u64)> {
    let published = platform.published(url).await?;
    let seconds = jwks::seconds_to_keep(published.cache_control.as_deref());
    Some((jwks::read(&published.text)?, seconds))
}
