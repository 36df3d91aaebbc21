//! The engine in a browser: SQLite over HTTP, in a worker that can be ended.
//!
//! The only place that knows sql.js-httpvfs (with `static/js/sqlite*.js`, its shims). A host is
//! looked at before it is believed ([`preflight`]), every call has a time limit, and after a
//! fault that may pass the worker is ended, a new one is opened and the call is repeated once.

mod bounds;
mod connection;
mod faults;
mod fetch;
mod manner;
mod people;
mod preflight;
mod ranges;
mod source;
mod texts;
mod values;
mod whole;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use engine::{
    Answer, Columns, Engine, EngineError, Placed, Progress, Query, Rows, SliceReader, Traffic,
    questions,
};
use futures::lock::Mutex;
use gloo::timers::future::TimeoutFuture;
use serde::de::DeserializeOwned;
use snapshot::cubes::{CubeData, Layer};
use snapshot::places::PackPlace;
use snapshot::slices::{Slices, Wanted};
use snapshot::{Manifest, Meta, SideFile, SnapshotFile};

pub use bounds::{Bounds, LeftOut};
use connection::{Connection, Scripts};
use manner::{BACK_OFF_MS, Caches, Manner, is_worth_another_try};
pub use manner::{PATIENCE_MS, with_access};
use source::Source;
pub use texts::{look_at, manifest_of, read_manifest, read_text};
pub use whole::{may_help, read_whole};

use crate::host::script;

/// One snapshot, read by range requests.
///
/// Packs are read without SQL where a file beside the manifest says where they lie; the SQL part
/// itself is only fetched when the first statement is asked.
pub struct HttpEngine {
    /// The manifest's address, to which paths are relative.
    address: String,
    source: Source,
    file: SnapshotFile,
    places: Mutex<Option<Rc<Placed>>>,
    meta: Meta,
    scripts: Scripts,
    patience_ms: u32,
    // The worker answers one call after the other; waiting here keeps time limits honest.
    connection: Mutex<Option<Connection>>,
    caches: Cell<Caches>,
    traffic: Rc<Cell<Traffic>>,
}

/// Absolute address of a snapshot's file, or of the first of its chunks.
pub fn first_address(manifest_url: &str, file: &SnapshotFile) -> Option<String> {
    Source::new(manifest_url, file).ok().map(|source| source.first)
}

impl HttpEngine {
    /// An engine that has asked for nothing yet.
    ///
    /// `manifest_url` and `scripts` are absolute addresses: of `manifest.json`, to which the
    /// snapshot's paths are relative, and of the folder with the bundled JavaScript.
    ///
    /// # Errors
    /// If one of them is no address.
    pub fn new(
        manifest_url: &str,
        manifest: &Manifest,
        scripts: &str,
    ) -> Result<Self, EngineError> {
        Ok(Self {
            address: manifest_url.to_owned(),
            source: Source::new(manifest_url, &manifest.file)?,
            file: manifest.file.clone(),
            places: Mutex::default(),
            meta: manifest.meta.clone(),
            scripts: Scripts::new(scripts)?,
            patience_ms: PATIENCE_MS,
            connection: Mutex::new(None),
            caches: Cell::new(Caches::Used),
            traffic: Rc::default(),
        })
    }

    /// Looks at the host, starts the worker and opens the snapshot, with a patience in
    /// milliseconds of the caller's choice.
    ///
    /// # Errors
    /// Whatever keeps the snapshot from being read, after a second try where that may help.
    pub async fn open_with(
        manifest_url: &str,
        manifest: &Manifest,
        scripts: &str,
        patience_ms: u32,
    ) -> Result<Self, EngineError> {
        let mut engine = Self::new(manifest_url, manifest, scripts)?;
        engine.patience_ms = patience_ms;
        let opened = with_access(async || match engine.connect().await {
            Err(error) if is_worth_another_try(&error) => {
                TimeoutFuture::new(BACK_OFF_MS).await;
                engine.again().connect().await
            }
            first => first,
        })
        .await?;
        *engine.connection.lock().await = Some(opened);
        Ok(engine)
    }

    /// Reads all columns, as [`engine::read_columns`] does, a second time if they are damaged:
    /// the damage may be in what the browser has cached.
    ///
    /// # Errors
    /// As [`engine::read_columns`].
    pub async fn load_columns(
        &self,
        mut progress: impl FnMut(Progress),
    ) -> Result<Columns, EngineError> {
        match engine::read_columns(self, &self.meta, &mut progress).await {
            Err(EngineError::Damaged(_)) => {
                self.again().connection.lock().await.take();
                engine::read_columns(self, &self.meta, &mut progress).await
            }
            first => first,
        }
    }

    /// Reads layers of cubes, as [`engine::read_cubes`] does, a second time if they are damaged.
    ///
    /// # Errors
    /// As [`engine::read_cubes`].
    pub async fn load_cubes(&self, layers: &BTreeSet<Layer>) -> Result<CubeData, EngineError> {
        match engine::read_cubes(self, &self.meta, layers).await {
            Err(EngineError::Damaged(_)) => {
                self.again().connection.lock().await.take();
                engine::read_cubes(self, &self.meta, layers).await
            }
            first => first,
        }
    }

    /// Reads slices, as [`SliceReader::read`] does, a second time if they are damaged.
    ///
    /// # Errors
    /// As [`SliceReader::read`].
    pub async fn load_slices(
        &self,
        reader: &mut SliceReader,
        wanted: &Wanted,
        mut progress: impl FnMut(Progress),
    ) -> Result<Slices, EngineError> {
        match reader.read(self, &self.meta, wanted, &mut progress).await {
            Err(EngineError::Damaged(_)) => {
                self.again().connection.lock().await.take();
                reader.read(self, &self.meta, wanted, &mut progress).await
            }
            first => first,
        }
    }

    /// Reads a file beside the manifest.
    ///
    /// # Errors
    /// If it cannot be read or is not what was written, after a second try.
    pub async fn read_beside<T: DeserializeOwned>(
        &self,
        file: &SideFile,
    ) -> Result<T, EngineError> {
        with_access(async || match self.try_beside(file).await {
            Err(error) if is_worth_another_try(&error) => {
                TimeoutFuture::new(BACK_OFF_MS).await;
                self.again().try_beside(file).await
            }
            first => first,
        })
        .await
    }

    async fn try_beside<T: DeserializeOwned>(&self, file: &SideFile) -> Result<T, EngineError> {
        let url = script::resolve(&file.path, &self.address)
            .ok_or_else(|| EngineError::Damaged(format!("'{}' is not an address", file.path)))?;
        let fetched = fetch::get(&url, None, self.manner()).await?;
        if fetched.status != 200 {
            return Err(EngineError::from_status(&url, fetched.status));
        }
        let is_page = fetched.is_page();
        let named = |error| if is_page { EngineError::WebPage { url: url.clone() } } else { error };
        let body = fetched.whole_body(file.bytes).await.map_err(named)?;
        file.read(&body).map_err(|reason| named(EngineError::Damaged(format!("{url}: {reason}"))))
    }

    /// Where the packs lie; nothing where no file says so, or it cannot be had: SQL finds them, too.
    ///
    /// # Errors
    /// If there is such a file, and what it says cannot be.
    async fn places(&self) -> Result<Option<Rc<Placed>>, EngineError> {
        let mut known = self.places.lock().await;
        if let Some(places) = &*known {
            return Ok(Some(places.clone()));
        }
        let Some(file) = &self.file.places else { return Ok(None) };
        let places = match self.read_beside::<Vec<PackPlace>>(file).await {
            Ok(places) if places.is_empty() => return Ok(None),
            Ok(places) => Placed::new(places, &self.file),
            Err(error @ (EngineError::Damaged(_) | EngineError::CutAnswer { .. })) => {
                return Err(error);
            }
            Err(_) => return Ok(None),
        };
        let named = |error| EngineError::Damaged(format!("{}: {error}", file.path));
        Ok(Some(known.insert(Rc::new(places.map_err(named)?)).clone()))
    }

    /// True if the snapshot was read as a whole.
    pub fn is_whole(&self) -> bool {
        whole::of(&self.source.first).is_some()
    }

    /// True if a file beside the manifest says where the packs lie.
    pub fn has_places(&self) -> bool {
        self.file.places.is_some()
    }

    /// True if SQL was asked for before: its program is here, or on its way.
    pub fn has_sql(&self) -> bool {
        self.connection.try_lock().is_none_or(|connection| connection.is_some())
    }

    fn manner(&self) -> Manner {
        Manner { patience_ms: self.patience_ms, caches: self.caches.get() }
    }

    /// From here on caches are not believed.
    fn again(&self) -> &Self {
        self.caches.set(Caches::Passed);
        self
    }

    /// The host is looked at while the worker loads, and has the first word on what is wrong.
    async fn connect(&self) -> Result<Connection, EngineError> {
        let manner = self.manner();
        let traffic = Rc::clone(&self.traffic);
        let connection = preflight::before(
            self.source.preflight(manner, &self.traffic),
            Connection::open(&self.scripts, &self.source, manner, traffic),
        )
        .await?;
        self.is_meant(&connection).await?;
        Ok(connection)
    }

    /// Makes sure that the file is the manifest's: one that took its place may be as long and as good.
    async fn is_meant(&self, connection: &Connection) -> Result<(), EngineError> {
        let found = match connection.ask(&Query::new(questions::WHICH)).await {
            Ok(rows) => {
                rows.first().and_then(|row| Some(row.get::<&str>("value").ok()?.to_owned()))
            }
            // A file without such a table is no snapshot of anything.
            Err(EngineError::Sql(_)) => None,
            Err(error) => return Err(error),
        };
        let (expected, found) = (&self.meta.snapshot_id, found.as_deref().unwrap_or("?"));
        let found = found.trim_matches('"');
        if found == expected {
            return Ok(());
        }
        Err(EngineError::OtherSnapshot {
            expected: expected.clone(),
            found: found.to_owned(),
            field: "snapshot_id".to_owned(),
        })
    }

    /// Runs one reading statement, of whose answer no more is sent by the worker than is kept.
    ///
    /// # Errors
    /// As [`Engine::query`].
    pub async fn query_within(
        &self,
        query: Query,
        bounds: Bounds,
    ) -> Result<(Rows, LeftOut), EngineError> {
        let query = query.checked()?;
        self.answer(async |connection: &Connection| connection.ask_within(&query, bounds).await)
            .await
    }

    async fn answer<T>(
        &self,
        ask: impl AsyncFn(&Connection) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let mut slot = self.connection.lock().await;
        with_access(async || match self.attempt(&mut slot, &ask).await {
            Err(error) if is_worth_another_try(&error) => {
                TimeoutFuture::new(BACK_OFF_MS).await;
                self.again().attempt(&mut slot, &ask).await
            }
            first => first,
        })
        .await
    }

    /// Asks once, on a new connection if there is none; one that failed is ended.
    async fn attempt<T>(
        &self,
        slot: &mut Option<Connection>,
        ask: &impl AsyncFn(&Connection) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let connection = match slot.take() {
            Some(open) if open.is_free().await => open,
            _ => self.connect().await?,
        };
        // Put back at once: if this future is dropped, the worker lives on for the next call.
        let connection = slot.insert(connection);
        let answer = ask(connection).await;
        if !matches!(answer, Ok(_) | Err(EngineError::Sql(_))) {
            *slot = None;
        }
        answer
    }
}

impl Engine for HttpEngine {
    fn query(&self, query: Query) -> Answer<'_, Rows> {
        Box::pin(async move {
            let query = query.checked()?;
            self.answer(async |connection: &Connection| connection.ask(&query).await).await
        })
    }

    fn traffic(&self) -> Traffic {
        self.traffic.get()
    }
}
