//! A snapshot that was read as a whole, for hosts that serve no parts of files: where it is small
//! enough, and the reader wants it. The browser holds the bytes; every reader of parts looks here first.

use std::cell::RefCell;

use engine::{EngineError, Progress};
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use snapshot::places::ByteRange;
use snapshot::{Publishing, SnapshotFile};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::fetch;
use super::manner::{Caches, Manner, PATIENCE_MS, with_access};
use super::source::{MAGIC, Source};

/// The largest file that is offered to be read as a whole, in bytes.
const MOST_BYTES: u64 = 50_000_000;

/// No end to the whole: each piece of it has its own.
const NO_LIMIT_MS: u32 = i32::MAX as u32;

thread_local! {
    /// Its address and its bytes.
    static WHOLE: RefCell<Option<(String, Blob)>> = const { RefCell::new(None) };
}

/// True if a snapshot may be read as a whole after this error: its host serves no parts of it.
pub fn may_help(error: &EngineError, file: &SnapshotFile) -> bool {
    use EngineError::{Compressed, NoRanges, Undecodable};
    let no_parts = matches!(error, NoRanges { .. } | Compressed { .. } | Undecodable { .. });
    no_parts && file.bytes <= MOST_BYTES && matches!(file.publishing, Publishing::Single { .. })
}

/// Reads a snapshot as a whole; `address` is its manifest's.
///
/// # Errors
/// What the host answers, and a file that is none, or of another length.
pub async fn read_whole(
    address: &str,
    file: &SnapshotFile,
    mut progress: impl FnMut(Progress),
) -> Result<(), EngineError> {
    let url = Source::new(address, file)?.first;
    let pieces = with_access(async || pieces(&url, file.bytes, &mut progress).await).await?;
    let damaged = |_| EngineError::WorkerFailed("the browser has no room for it".to_owned());
    let blob = Blob::new_with_u8_array_sequence(&pieces).map_err(damaged)?;
    WHOLE.set(Some((url, blob)));
    Ok(())
}

async fn pieces(
    url: &str,
    total: u64,
    progress: &mut impl FnMut(Progress),
) -> Result<Array, EngineError> {
    let manner = Manner { patience_ms: NO_LIMIT_MS, caches: Caches::Used };
    let silent =
        || EngineError::TimedOut { what: url.to_owned(), seconds: PATIENCE_MS.div_ceil(1000) };
    let asked = Box::pin(fetch::get(url, None, manner));
    let fetched = match select(asked, TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((fetched, _)) => fetched?,
        Either::Right(_) => return Err(silent()),
    };
    if fetched.status != 200 {
        return Err(EngineError::from_status(url, fetched.status));
    }
    let (pieces, body) = (Array::new(), fetched.body());
    let mut loaded = 0_u64;
    progress(Progress { loaded, total });
    loop {
        let next = Box::pin(body.next());
        let next = match select(next, TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((next, _)) => next.map_err(|_| fetched.explain())?,
            Either::Right(_) => return Err(silent()),
        };
        let Some(piece) = next else { break };
        if loaded == 0 && !is_database(&piece) {
            return Err(EngineError::NotSqlite { url: url.to_owned() });
        }
        loaded = loaded.saturating_add(piece.length().into());
        if loaded > total {
            break;
        }
        pieces.push(&piece);
        progress(Progress { loaded, total });
    }
    if loaded != total {
        return Err(EngineError::WrongLength {
            url: url.to_owned(),
            expected: total,
            found: loaded,
        });
    }
    Ok(pieces)
}

/// True if bytes begin as a database does, as far as they go.
fn is_database(piece: &Uint8Array) -> bool {
    let head = piece.subarray(0, MAGIC.len() as u32).to_vec();
    MAGIC.starts_with(&head)
}

/// The file of an address, if it was read as a whole.
pub(super) fn of(url: &str) -> Option<Blob> {
    WHOLE.with_borrow(|whole| {
        whole.as_ref().filter(|(of, _)| of == url).map(|(_, blob)| blob.clone())
    })
}

/// Some bytes of a file that was read as a whole.
pub(super) async fn part(
    url: &str,
    whole: &Blob,
    range: ByteRange,
) -> Result<Vec<u8>, EngineError> {
    let lost = |_| EngineError::WorkerFailed(format!("the browser has lost {url}"));
    let part = whole.slice_with_f64_and_f64(range.at as f64, range.end() as f64).map_err(lost)?;
    let bytes: ArrayBuffer =
        JsFuture::from(part.array_buffer()).await.map_err(lost)?.unchecked_into();
    let bytes = Uint8Array::new(&bytes).to_vec();
    if bytes.len() as u64 == range.bytes {
        return Ok(bytes);
    }
    let (asked, found) = (range.bytes, bytes.len() as u64);
    Err(EngineError::CutAnswer { url: url.to_owned(), asked, found })
}
