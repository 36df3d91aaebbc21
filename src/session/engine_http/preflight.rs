//! A look at the host before it is believed.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;

use engine::{EngineError, Traffic};
use futures::future::{Either, select};

use super::faults::refused;
use super::fetch::{self, Fetched};
use super::manner::Manner;
use super::source::{Layout, MAGIC, Source};
use super::whole;

/// Bytes asked for in the preflight; a SQLite file's header has a hundred.
const HEADER_BYTES: u64 = 100;

/// The slowest line that is waited for, as in the worker's transport.
const SLOWEST_BYTES_PER_MS: u64 = 16;

impl Source {
    /// Demands the first bytes of a snapshot of the right length.
    pub(super) async fn preflight(
        &self,
        manner: Manner,
        traffic: &Cell<Traffic>,
    ) -> Result<(), EngineError> {
        if whole::of(&self.first).is_some() {
            return Ok(());
        }
        let range = (0, HEADER_BYTES - 1);
        let mut sent = traffic.get();
        sent.requests += 1;
        traffic.set(sent);
        let patience_ms = manner.patience_ms.saturating_add(self.whole_chunk_ms());
        let patient = Manner { patience_ms, ..manner };
        let fetched = match fetch::get(&self.first, Some(range), patient).await {
            Err(EngineError::Offline { url }) => {
                return Err(look_again(url, manner.patience_ms).await);
            }
            answered => answered?,
        };
        match fetched.status {
            206 => self.part(fetched, traffic).await,
            200 if fetched.is_page() => Err(EngineError::WebPage { url: self.first.clone() }),
            200 => self.whole(fetched, traffic).await,
            416 => Err(refused(&self.first, self.first_bytes, fetched.total())),
            status => Err(EngineError::from_status(&self.first, status)),
        }
    }

    /// Time in which a slow line brings a whole chunk, should the host send no less.
    fn whole_chunk_ms(&self) -> u32 {
        match self.layout {
            Layout::Single { .. } => 0,
            Layout::Chunked { .. } => {
                u32::try_from(self.first_bytes / SLOWEST_BYTES_PER_MS).unwrap_or(u32::MAX)
            }
        }
    }

    async fn part(&self, fetched: Fetched, traffic: &Cell<Traffic>) -> Result<(), EngineError> {
        if let Some(encoding) = coding(&fetched) {
            return Err(EngineError::Compressed { url: self.first.clone(), encoding });
        }
        let total = fetched.total();
        let body = fetched.whole_body(self.most()).await?;
        count(traffic, body.len());
        self.check_magic(&body)?;
        match total {
            None => Err(self.no_ranges(
                "its answers have no Content-Range header, or do not expose it to this page",
            )),
            Some(found) if found != self.first_bytes => Err(self.wrong_length(found)),
            Some(_) if body.len() as u64 != HEADER_BYTES => Err(EngineError::CutAnswer {
                url: self.first.clone(),
                asked: HEADER_BYTES,
                found: body.len() as u64,
            }),
            Some(_) => Ok(()),
        }
    }

    /// The whole file: fine for a chunk, hopeless for a database.
    async fn whole(&self, fetched: Fetched, traffic: &Cell<Traffic>) -> Result<(), EngineError> {
        if matches!(self.layout, Layout::Single { .. }) {
            self.check_magic(&fetched.first_bytes().await?)?;
            return Err(self.no_ranges("it sends the whole file"));
        }
        let body = fetched.whole_body(self.most()).await?;
        count(traffic, body.len());
        self.check_magic(&body)?;
        if body.len() as u64 == self.first_bytes {
            Ok(())
        } else {
            Err(self.wrong_length(body.len() as u64))
        }
    }

    /// Bytes that are read at most: the file or the chunk, or a header of which there may be none.
    fn most(&self) -> u64 {
        self.first_bytes.max(HEADER_BYTES)
    }

    fn check_magic(&self, body: &[u8]) -> Result<(), EngineError> {
        if body.starts_with(MAGIC) {
            Ok(())
        } else {
            Err(EngineError::NotSqlite { url: self.first.clone() })
        }
    }

    fn no_ranges(&self, detail: &str) -> EngineError {
        EngineError::NoRanges { url: self.first.clone(), detail: detail.to_owned() }
    }

    fn wrong_length(&self, found: u64) -> EngineError {
        EngineError::WrongLength { url: self.first.clone(), expected: self.first_bytes, found }
    }
}

/// A browser does not tell an answer that it cannot decode from none; a second look does.
async fn look_again(url: String, patience_ms: u32) -> EngineError {
    match fetch::head(&url, patience_ms).await {
        Ok(status) if (200..300).contains(&status) => EngineError::Undecodable { url },
        _ => EngineError::Offline { url },
    }
}

fn coding(fetched: &Fetched) -> Option<String> {
    fetched.header("Content-Encoding").filter(|coding| !coding.eq_ignore_ascii_case("identity"))
}

fn count(traffic: &Cell<Traffic>, bytes: usize) {
    let mut all = traffic.get();
    all.bytes += bytes as u64;
    traffic.set(all);
}

/// Runs both at once; the first one's error wins, and ends the second at once.
pub(super) async fn before<T>(
    first: impl Future<Output = Result<(), EngineError>>,
    second: impl Future<Output = Result<T, EngineError>>,
) -> Result<T, EngineError> {
    let (first, second) = (pin!(first), pin!(second));
    match select(first, second).await {
        Either::Left((looked, second)) => {
            looked?;
            second.await
        }
        Either::Right((opened, first)) => {
            first.await?;
            opened
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_look_at_the_host_has_the_first_word() {
        let error = |text: &str| Err(EngineError::Damaged(text.to_owned()));
        assert_eq!(before(ready(error("host")), pending::<Result<(), _>>()).await, error("host"));
        let late = async {
            gloo::timers::future::TimeoutFuture::new(10).await;
            error("host")
        };
        let early = ready(Err::<(), _>(EngineError::WorkerFailed("worker".to_owned())));
        assert_eq!(before(late, early).await, error("host"));
        assert_eq!(before(ready(Ok(())), ready(Ok(7))).await, Ok(7));
    }
}
