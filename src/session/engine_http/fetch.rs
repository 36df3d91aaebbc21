//! One HTTP request with a time limit and typed errors.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::EngineError;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestInit, Response};

use super::manner::{Caches, Manner};
use crate::host::again;
use crate::host::body::{Body, Cut};
use crate::host::{held, keeper};

#[wasm_bindgen]
extern "C" {
    /// The global function, which workers have too.
    #[wasm_bindgen(js_name = fetch)]
    fn fetch_anywhere(url: &str, init: &RequestInit) -> Promise;
}

/// An answer whose body has not been read yet; dropping it ends the transfer.
pub(super) struct Fetched {
    /// HTTP status.
    pub(super) status: u16,
    url: String,
    response: Response,
    limit: Limit,
}

/// Aborts a request when its host has been silent for too long, or when it is dropped: a slow line
/// is no silent one.
struct Limit {
    controller: AbortController,
    expired: Rc<Cell<bool>>,
    patience_ms: u32,
    timer: RefCell<Option<Timeout>>,
}

impl Limit {
    fn start(patience_ms: u32) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let limit =
            Self { controller, expired: Rc::default(), patience_ms, timer: RefCell::default() };
        limit.heard();
        Ok(limit)
    }

    /// The host has said something: from now on it may be silent as long as at first.
    fn heard(&self) {
        let (abort, mark) = (self.controller.clone(), Rc::clone(&self.expired));
        let timer = Timeout::new(self.patience_ms, move || {
            mark.set(true);
            abort.abort();
        });
        self.timer.replace(Some(timer));
    }

    /// Why a request with this limit failed.
    fn explain(&self, url: &str) -> EngineError {
        if self.expired.get() {
            let seconds = self.patience_ms.div_ceil(1000);
            EngineError::TimedOut { what: url.to_owned(), seconds }
        } else {
            EngineError::Offline { url: url.to_owned() }
        }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

/// Asks for a file, or for bytes `range.0` to `range.1` of it.
pub(super) async fn get(
    url: &str,
    range: Option<(u64, u64)>,
    manner: Manner,
) -> Result<Fetched, EngineError> {
    if held::is_here(url) {
        let offline = |_| EngineError::Offline { url: url.to_owned() };
        let response = held::answer(url, range).map_err(offline)?;
        let limit = Limit::start(manner.patience_ms).map_err(offline)?;
        return Ok(Fetched { status: response.status(), url: url.to_owned(), response, limit });
    }
    let init = RequestInit::new();
    match manner.caches {
        Caches::Used => {}
        Caches::Confirmed => init.set_cache(RequestCache::NoCache),
        Caches::Passed => init.set_cache(RequestCache::Reload),
    }
    if let Some((from, to)) = range {
        let headers = Headers::new();
        let value = format!("bytes={from}-{to}");
        let headers = headers.and_then(|headers| headers.set("Range", &value).map(|()| headers));
        let headers = headers.map_err(|_| EngineError::Offline { url: url.to_owned() })?;
        init.set_headers(&headers.into());
    }
    let fetched = send(url, &init, manner.patience_ms).await?;
    if matches!(fetched.status, 200 | 206) {
        let (from, to) = range.map_or((0.0, -1.0), |(from, to)| (from as f64, to as f64));
        keeper::note(url, from, to);
    }
    Ok(fetched)
}

/// The status of a request for a file's headers.
pub(super) async fn head(url: &str, patience_ms: u32) -> Result<u16, EngineError> {
    if held::is_here(url) {
        return Ok(if held::file(url).is_some() { 200 } else { 404 });
    }
    let init = RequestInit::new();
    init.set_method("HEAD");
    // An answer from a cache would say nothing about the connection.
    init.set_cache(RequestCache::NoStore);
    Ok(send(url, &init, patience_ms).await?.status)
}

async fn send(url: &str, init: &RequestInit, patience_ms: u32) -> Result<Fetched, EngineError> {
    let offline = |_| EngineError::Offline { url: url.to_owned() };
    let limit = Limit::start(patience_ms).map_err(offline)?;
    init.set_signal(Some(&limit.controller.signal()));
    let answer = JsFuture::from(fetch_anywhere(url, init)).await;
    let response: Response = answer.map_err(|_| limit.explain(url))?.unchecked_into();
    let fetched = Fetched { status: response.status(), url: url.to_owned(), response, limit };
    if matches!(fetched.status, 429 | 503)
        && let Some(seconds) =
            fetched.header("Retry-After").and_then(|text| text.trim().parse().ok())
    {
        again::asked_to_wait(seconds);
    }
    Ok(fetched)
}

impl Fetched {
    /// A header of the answer.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    /// True if it is a web page, which nobody asks for here.
    pub(super) fn is_page(&self) -> bool {
        let kind = self.header("Content-Type").unwrap_or_default();
        self.status == 200 && kind.trim_start().to_ascii_lowercase().starts_with("text/html")
    }

    /// The file's length as `Content-Range: bytes 0-99/LENGTH` says.
    pub(super) fn total(&self) -> Option<u64> {
        self.header("Content-Range")?.rsplit_once('/')?.1.trim().parse().ok()
    }

    /// Where the bytes begin, as `Content-Range: bytes FIRST-LAST/LENGTH` says.
    pub(super) fn first(&self) -> Option<u64> {
        let range = self.header("Content-Range")?;
        range.trim().strip_prefix("bytes ")?.split_once('-')?.0.trim().parse().ok()
    }

    /// The whole body, of so many bytes at most.
    pub(super) async fn whole_body(self, most: u64) -> Result<Vec<u8>, EngineError> {
        self.limit.heard();
        self.body().heard_within(most, || self.limit.heard()).await.map_err(|cut| match cut {
            Cut::Failed(found) => self.broken_off(self.explain(), found),
            Cut::Long(found) => {
                EngineError::CutAnswer { url: self.url.clone(), asked: most, found }
            }
        })
    }

    /// What ends in the middle was begun by somebody who can be reached.
    fn broken_off(&self, error: EngineError, found: u64) -> EngineError {
        let length =
            self.header("Content-Length").filter(|_| self.header("Content-Encoding").is_none());
        let length = length.and_then(|length| length.trim().parse().ok());
        match (error, length) {
            (EngineError::Offline { url }, Some(asked)) if found > 0 => {
                EngineError::CutAnswer { url, asked, found }
            }
            (error, _) => error,
        }
    }

    /// The first bytes of a body that may be far too long to be read as a whole.
    pub(super) async fn first_bytes(self) -> Result<Vec<u8>, EngineError> {
        let piece = self.body().next().await.map_err(|_| self.explain())?;
        Ok(piece.map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    /// Why the transfer failed.
    pub(super) fn explain(&self) -> EngineError {
        self.limit.explain(&self.url)
    }

    /// The body, in pieces.
    pub(super) fn body(&self) -> Body {
        Body::of(self.response.body())
    }
}
