//! Texts of the host: the manifest, and what else is small and read whole.

use engine::EngineError;
use gloo::timers::future::TimeoutFuture;
use snapshot::Manifest;
use snapshot::bounds::MOST_MANIFEST_BYTES;

use super::fetch;
use super::manner::{BACK_OFF_MS, Caches, Manner, PATIENCE_MS, is_worth_another_try, with_access};

/// What may stand before a text, and is none of it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Fetches and reads a manifest.
///
/// # Errors
/// [`EngineError`] names the address and what was wrong with the answer.
pub async fn read_manifest(url: &str) -> Result<Manifest, EngineError> {
    let text = with_access(async || read_text(url, MOST_MANIFEST_BYTES).await).await?;
    match manifest_of(url, &text) {
        // A host that says "as before" of what a cache has damaged would never mend it.
        Err(EngineError::Damaged(_)) => {
            let passed = async || fetch_text(url, MOST_MANIFEST_BYTES, Caches::Passed).await;
            manifest_of(url, &with_access(passed).await?)
        }
        read => read,
    }
}

/// Fetches a manifest's text as the host has it now: where nothing changed, its answer has no body.
///
/// # Errors
/// [`EngineError`] names the address and what was wrong with the answer.
pub async fn look_at(url: &str, anew: bool) -> Result<String, EngineError> {
    let caches = if anew { Caches::Passed } else { Caches::Confirmed };
    with_access(async || fetch_text(url, MOST_MANIFEST_BYTES, caches).await).await
}

/// Reads the text of a manifest.
///
/// # Errors
/// [`EngineError`] says what is wrong with it.
pub fn manifest_of(url: &str, text: &str) -> Result<Manifest, EngineError> {
    Manifest::from_json(text).map_err(|error| match EngineError::from(error) {
        EngineError::Damaged(reason) => EngineError::Damaged(format!("{url}: {reason}")),
        newer => newer,
    })
}

/// Fetches a text of so many bytes at most, trying twice.
///
/// # Errors
/// [`EngineError`] names the address and what was wrong with the answer.
pub async fn read_text(url: &str, most: u64) -> Result<String, EngineError> {
    match fetch_text(url, most, Caches::Used).await {
        Err(error) if is_worth_another_try(&error) => {
            TimeoutFuture::new(BACK_OFF_MS).await;
            fetch_text(url, most, Caches::Passed).await
        }
        first => first,
    }
}

async fn fetch_text(url: &str, most: u64, caches: Caches) -> Result<String, EngineError> {
    let manner = Manner { patience_ms: PATIENCE_MS, caches };
    let fetched = fetch::get(url, None, manner).await?;
    if fetched.status != 200 {
        return Err(EngineError::from_status(url, fetched.status));
    }
    let page = fetched.is_page().then(|| EngineError::WebPage { url: url.to_owned() });
    let read = fetched.whole_body(most).await;
    let mut body = read.map_err(|error| page.clone().unwrap_or(error))?;
    // What is asked for here is JSON, whatever a host calls it.
    if let Some(page) = page.filter(|_| body.trim_ascii_start().starts_with(b"<")) {
        return Err(page);
    }
    // Some editors begin every file with a mark.
    if body.starts_with(BYTE_ORDER_MARK) {
        body.drain(..BYTE_ORDER_MARK.len());
    }
    String::from_utf8(body).map_err(|_| EngineError::Damaged(format!("{url} is not text")))
}
