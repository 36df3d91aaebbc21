//! One worker with one open snapshot, through the shim in `static/js/sqlite.js`.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use engine::{EngineError, Query, Rows, Traffic};
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::bounds::{self, Bounds, LeftOut};
use super::faults::explain;
use super::manner::Manner;
use super::source::Source;
use super::{values, whole};
use crate::host::{held, script};

/// How often, and how many milliseconds apart, a worker is asked whether it is done with an
/// abandoned answer; after that it is cheaper to start another one.
const ABANDONED_LOOKS: u32 = 20;
const ABANDONED_LOOK_MS: u32 = 50;

#[wasm_bindgen]
extern "C" {
    /// The shim, once imported.
    #[wasm_bindgen(typescript_type = "SqliteModule")]
    #[derive(Clone)]
    type Module;

    #[wasm_bindgen(method, catch)]
    async fn start(
        this: &Module,
        worker: &str,
        snapshot: JsValue,
        whole: JsValue,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn open(
        this: &Module,
        connection: &Remote,
        wasm: &str,
        page_size: u32,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn ask(
        this: &Module,
        connection: &Remote,
        sql: &str,
        params: Array,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = askWithin)]
    async fn ask_within(
        this: &Module,
        connection: &Remote,
        sql: &str,
        params: Array,
        bounds: JsValue,
    ) -> Result<JsValue, JsValue>;

    /// The shim's connection: a worker and its counters.
    type Remote;

    #[wasm_bindgen(method, getter)]
    fn busy(this: &Remote) -> bool;

    #[wasm_bindgen(method, getter)]
    fn requests(this: &Remote) -> f64;

    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Remote) -> f64;

    #[wasm_bindgen(method)]
    fn close(this: &Remote);
}

/// Addresses of the shim, the worker and SQLite itself.
pub(super) struct Scripts {
    module: String,
    worker: String,
    wasm: String,
    imports: Cell<u32>,
}

impl Scripts {
    /// The three files in a folder.
    pub(super) fn new(folder: &str) -> Result<Self, EngineError> {
        let within = |name: &str| {
            script::resolve(name, folder)
                .ok_or_else(|| EngineError::WorkerFailed(format!("'{folder}' is not an address")))
        };
        Ok(Self {
            module: within("sqlite.js")?,
            worker: within("sqlite-worker.js")?,
            wasm: within("sql-wasm.wasm")?,
            imports: Cell::new(0),
        })
    }

    /// A browser remembers that an import failed, so a second try needs another address.
    async fn import(&self, patience_ms: u32) -> Result<Module, EngineError> {
        let tries = self.imports.get();
        let url = match tries {
            0 => self.module.clone(),
            again => format!("{}?again={again}", self.module),
        };
        let failed = |error| {
            self.imports.set(tries + 1);
            error
        };
        let (loading, patience) = (pin!(script::import(&url)), TimeoutFuture::new(patience_ms));
        let module = match select(loading, patience).await {
            Either::Left((module, _)) => module
                .map_err(|_| failed(EngineError::WorkerFailed(format!("{url} did not load"))))?,
            Either::Right(_) => {
                let seconds = patience_ms.div_ceil(1000);
                return Err(failed(EngineError::TimedOut { what: url.clone(), seconds }));
            }
        };
        Ok(module.unchecked_into())
    }
}

/// A worker that is ended when this is dropped.
pub(super) struct Connection {
    module: Module,
    remote: Remote,
    url: String,
    traffic: Rc<Cell<Traffic>>,
    counted: Cell<Traffic>,
}

impl Connection {
    /// Starts a worker and opens the snapshot in it.
    pub(super) async fn open(
        scripts: &Scripts,
        source: &Source,
        manner: Manner,
        traffic: Rc<Cell<Traffic>>,
    ) -> Result<Self, EngineError> {
        let module = scripts.import(manner.patience_ms).await?;
        let url = source.first.clone();
        let failed = |rejection| explain(&source.first, rejection);
        let described = source.describe(manner)?;
        let whole = whole::of(&source.first).or_else(|| held::file(&source.first));
        let whole = whole.map_or(JsValue::UNDEFINED, JsValue::from);
        let started = module.start(&scripts.worker, described, whole).await;
        let remote = started.map_err(failed)?;
        let counted = Cell::default();
        let connection = Self { module, remote: remote.unchecked_into(), url, traffic, counted };
        let Self { module, remote, .. } = &connection;
        let opened = module.open(remote, &scripts.wasm, source.page_size).await;
        connection.count();
        opened.map_err(|rejection| match failed(rejection) {
            // No statement of ours is wrong at this point: the engine itself is.
            EngineError::Sql(message) => EngineError::WorkerFailed(message),
            EngineError::TooSlow { seconds } => {
                EngineError::TimedOut { what: scripts.wasm.clone(), seconds }
            }
            error => error,
        })?;
        Ok(connection)
    }

    /// True when the worker has nothing to do, or soon: an answer nobody waits for any more may
    /// still be under way.
    pub(super) async fn is_free(&self) -> bool {
        for _ in 0..ABANDONED_LOOKS {
            if !self.remote.busy() {
                return true;
            }
            TimeoutFuture::new(ABANDONED_LOOK_MS).await;
        }
        false
    }

    /// Runs a checked query.
    pub(super) async fn ask(&self, query: &Query) -> Result<Rows, EngineError> {
        let params = values::params(&query.params);
        let answer = self.module.ask(&self.remote, &query.sql, params).await;
        self.count();
        values::rows(&answer.map_err(|rejection| explain(&self.url, rejection))?)
    }

    /// Runs a checked query, of whose answer no more is sent than is kept.
    pub(super) async fn ask_within(
        &self,
        query: &Query,
        bounds: Bounds,
    ) -> Result<(Rows, LeftOut), EngineError> {
        let params = values::params(&query.params);
        let asked = self.module.ask_within(&self.remote, &query.sql, params, bounds.told());
        let answer = asked.await;
        self.count();
        bounds::read(&answer.map_err(|rejection| explain(&self.url, rejection))?)
    }

    /// Adds what the worker fetched since the last look to the engine's traffic.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn count(&self) {
        let before = self.counted.get();
        let now =
            Traffic { requests: self.remote.requests() as u64, bytes: self.remote.bytes() as u64 };
        self.counted.set(now);
        let mut all = self.traffic.get();
        all.requests += now.requests - before.requests;
        all.bytes += now.bytes - before.bytes;
        self.traffic.set(all);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.count();
        self.remote.close();
    }
}
