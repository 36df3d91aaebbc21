//! One HTTP request with a time limit and typed errors.

use std::cell::Cell;
use std::rc::Rc;

use engine::EngineError;
use gloo::timers::callback::Timeout;
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestInit, Response,
};

use super::{Caches, Manner};

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

/// Aborts a request when its time is up, or when it is dropped.
struct Limit {
    controller: AbortController,
    expired: Rc<Cell<bool>>,
    patience_ms: u32,
    _timer: Timeout,
}

impl Limit {
    fn start(patience_ms: u32) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let expired = Rc::new(Cell::new(false));
        let (abort, mark) = (controller.clone(), Rc::clone(&expired));
        let timer = Timeout::new(patience_ms, move || {
            mark.set(true);
            abort.abort();
        });
        Ok(Self { controller, expired, patience_ms, _timer: timer })
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
    let init = RequestInit::new();
    if manner.caches == Caches::Passed {
        init.set_cache(RequestCache::Reload);
    }
    if let Some((from, to)) = range {
        let headers = Headers::new();
        let value = format!("bytes={from}-{to}");
        let headers = headers.and_then(|headers| headers.set("Range", &value).map(|()| headers));
        let headers = headers.map_err(|_| EngineError::Offline { url: url.to_owned() })?;
        init.set_headers(&headers.into());
    }
    send(url, &init, manner.patience_ms).await
}

/// The status of a request for a file's headers.
pub(super) async fn head(url: &str, patience_ms: u32) -> Result<u16, EngineError> {
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
    Ok(Fetched { status: response.status(), url: url.to_owned(), response, limit })
}

impl Fetched {
    /// A header of the answer.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    /// The file's length as `Content-Range: bytes 0-99/LENGTH` says.
    pub(super) fn total(&self) -> Option<u64> {
        self.header("Content-Range")?.rsplit_once('/')?.1.trim().parse().ok()
    }

    /// The whole body, of so many bytes at most: a host may send whatever it likes.
    pub(super) async fn whole_body(self, most: u64) -> Result<Vec<u8>, EngineError> {
        let (mut body, reader) = (Vec::<u8>::new(), self.reader());
        while let Some(piece) = self.next(&reader).await? {
            let found = (body.len() as u64).saturating_add(piece.length().into());
            let room = usize::try_from(found).is_ok_and(|found| {
                found <= body.capacity() || body.try_reserve(found - body.len()).is_ok()
            });
            if found > most || !room {
                return Err(EngineError::CutAnswer { url: self.url, asked: most, found });
            }
            let at = body.len();
            body.resize(at + piece.length() as usize, 0);
            piece.copy_to(&mut body[at..]);
        }
        Ok(body)
    }

    /// The first bytes of a body that may be far too long to be read as a whole.
    pub(super) async fn first_bytes(self) -> Result<Vec<u8>, EngineError> {
        let piece = self.next(&self.reader()).await?;
        Ok(piece.map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    fn reader(&self) -> Option<ReadableStreamDefaultReader> {
        Some(self.response.body()?.get_reader().unchecked_into())
    }

    /// The next bytes of a body; none at its end.
    async fn next(
        &self,
        reader: &Option<ReadableStreamDefaultReader>,
    ) -> Result<Option<Uint8Array>, EngineError> {
        let failed = |_| self.limit.explain(&self.url);
        let Some(reader) = reader else { return Ok(None) };
        let piece = JsFuture::from(reader.read()).await.map_err(failed)?;
        let bytes = Reflect::get(&piece, &JsValue::from_str("value")).map_err(failed)?;
        Ok(bytes.dyn_into().ok())
    }
}
