//! Packs by byte ranges of the snapshot's file: no SQL, so no engine has to be fetched for them.

use engine::{Answer, EngineError, PackEntry, PackStore, Piece, SqlPacks};
use futures::future::try_join_all;
use gloo::timers::future::TimeoutFuture;
use snapshot::EncodedPack;
use snapshot::places::{ByteRange, chunk_parts};

use super::faults::refused;
use super::fetch::{self, Fetched};
use super::manner::{BACK_OFF_MS, is_worth_another_try, with_access};
use super::source::Layout;
use super::{HttpEngine, whole};

impl PackStore for HttpEngine {
    fn list(&self) -> Answer<'_, Vec<PackEntry>> {
        Box::pin(async move {
            match self.places().await? {
                Some(places) => Ok(places.entries()),
                None => SqlPacks { engine: self, meta: &self.meta }.list().await,
            }
        })
    }

    fn read<'a>(&'a self, entries: &'a [PackEntry]) -> Answer<'a, Vec<EncodedPack>> {
        Box::pin(async move {
            let Some(places) = self.places().await? else {
                return SqlPacks { engine: self, meta: &self.meta }.read(entries).await;
            };
            let plan = places.plan(entries)?;
            let pieces = plan.ranges.iter().map(|&range| self.read_range(range));
            plan.gather(&try_join_all(pieces).await?)
        })
    }
}

impl HttpEngine {
    /// Reads bytes of the snapshot, a second time if the first failed; what the host does wrong
    /// is found by the same look at it as before the engine opens a snapshot.
    async fn read_range(&self, range: ByteRange) -> Result<Piece, EngineError> {
        let first = with_access(async || match self.try_range(range).await {
            Err(error) if is_worth_another_try(&error) => {
                TimeoutFuture::new(BACK_OFF_MS).await;
                self.again().try_range(range).await
            }
            first => first,
        })
        .await;
        match first {
            // A host that says nothing, or lets nobody in, says no more when looked at again.
            Err(
                error @ (EngineError::Forbidden { status: 401, .. } | EngineError::TimedOut { .. }),
            ) => Err(error),
            Err(error) => {
                self.source.preflight(self.manner(), &self.traffic).await?;
                Err(error)
            }
            read => read,
        }
    }

    async fn try_range(&self, range: ByteRange) -> Result<Piece, EngineError> {
        let bytes = match &self.source.layout {
            Layout::Single { url, bytes } => self.part_of(url, *bytes, range).await?,
            Layout::Chunked { prefix, digits, chunk_bytes, bytes } => {
                let mut read = Vec::new();
                for part in chunk_parts(range, *chunk_bytes, *bytes) {
                    let number = part.number;
                    let url = format!("{prefix}{number:0width$}", width = usize::from(*digits));
                    read.append(&mut self.part_of(&url, part.length, part.inside).await?);
                }
                read
            }
        };
        Ok(Piece { at: range.at, bytes })
    }

    /// Some bytes of a file of a known length.
    async fn part_of(
        &self,
        url: &str,
        length: u64,
        range: ByteRange,
    ) -> Result<Vec<u8>, EngineError> {
        if let Some(whole) = whole::of(url) {
            return whole::part(url, &whole, range).await;
        }
        self.count(1, 0);
        let fetched =
            fetch::get(url, Some((range.at, range.end().saturating_sub(1))), self.manner()).await?;
        let whole = match fetched.status {
            206 if is_coded(&fetched) => {
                return Err(EngineError::Undecodable { url: url.to_owned() });
            }
            206 => {
                let found = fetched.total().unwrap_or(length);
                if found != length {
                    let url = url.to_owned();
                    return Err(EngineError::WrongLength { url, expected: length, found });
                }
                if fetched.first().is_some_and(|first| first != range.at) {
                    let detail = "it sends other bytes than were asked for".to_owned();
                    return Err(EngineError::NoRanges { url: url.to_owned(), detail });
                }
                false
            }
            416 => return Err(refused(url, length, fetched.total())),
            200 if fetched.is_page() => {
                return Err(EngineError::WebPage { url: url.to_owned() });
            }
            // A chunk may come as a whole.
            200 if matches!(self.source.layout, Layout::Chunked { .. }) => true,
            200 => {
                let detail = "it sends the whole file".to_owned();
                return Err(EngineError::NoRanges { url: url.to_owned(), detail });
            }
            status => return Err(EngineError::from_status(url, status)),
        };
        let asked = if whole { length } else { range.bytes };
        let mut body = fetched.whole_body(asked).await?;
        self.count(0, body.len() as u64);
        let found = body.len() as u64;
        if asked != found {
            return Err(EngineError::CutAnswer { url: url.to_owned(), asked, found });
        }
        if whole {
            let part = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            body.truncate(part(range.end()));
            body.drain(..part(range.at).min(body.len()));
        }
        Ok(body)
    }

    fn count(&self, requests: u64, bytes: u64) {
        let mut all = self.traffic.get();
        all.requests += requests;
        all.bytes += bytes;
        self.traffic.set(all);
    }
}

fn is_coded(fetched: &Fetched) -> bool {
    let coding = fetched.header("Content-Encoding");
    coding.is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"))
}
