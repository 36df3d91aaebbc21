//! The page's engine without the page, for tests that put SQL to it in a real browser.

use engine::{Engine, EngineError, Progress, Query, Value};
use insights_hub::session::engine_http::{HttpEngine, read_manifest};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

fn main() {}

/// A question as the tests write it down.
#[derive(Deserialize)]
struct Question {
    sql: String,
    #[serde(default)]
    params: Vec<Value>,
}

/// An open snapshot. Every error is thrown as `{ code, message }`.
#[wasm_bindgen]
pub struct Probe {
    engine: HttpEngine,
}

/// What a load gave.
#[wasm_bindgen(getter_with_clone)]
pub struct Loaded {
    /// Row counts and a hash of every value.
    pub fingerprint: String,
    /// Loaded and total bytes of each report of progress.
    pub steps: Vec<f64>,
}

#[wasm_bindgen]
impl Probe {
    /// Opens what a manifest points at; addresses are absolute.
    pub async fn open(
        manifest: String,
        scripts: String,
        patience_ms: u32,
    ) -> Result<Probe, JsValue> {
        let described = read_manifest(&manifest).await.map_err(thrown)?;
        let engine = HttpEngine::open_with(&manifest, &described, &scripts, patience_ms).await;
        Ok(Self { engine: engine.map_err(thrown)? })
    }

    /// The answer to a question (JSON), written as Rust writes it.
    pub async fn ask(&self, question: String) -> Result<String, JsValue> {
        let question: Question =
            serde_json::from_str(&question).map_err(|error| JsValue::from(error.to_string()))?;
        let query = Query { sql: question.sql, params: question.params };
        let rows = self.engine.query(query).await.map_err(thrown)?;
        Ok(format!("{rows:?}"))
    }

    /// Starts a question and drops it before it is answered.
    pub async fn abandon(&self, sql: String) {
        let asked = self.engine.query(Query::new(sql));
        let moment = gloo::timers::future::TimeoutFuture::new(30);
        futures::future::select(asked, moment).await;
    }

    /// Loads all columns; gives their fingerprint and the steps of progress, loaded of total.
    pub async fn load(&self) -> Result<Loaded, JsValue> {
        let mut steps = Vec::new();
        let mut note = |progress: Progress| {
            steps.extend([progress.loaded as f64, progress.total as f64]);
        };
        let columns = self.engine.load_columns(&mut note).await;
        Ok(Loaded { fingerprint: columns.map_err(thrown)?.fingerprint(), steps })
    }

    /// Requests and bytes so far.
    pub fn traffic(&self) -> Vec<f64> {
        let traffic = self.engine.traffic();
        vec![traffic.requests as f64, traffic.bytes as f64]
    }
}

fn thrown(error: EngineError) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    thrown.set_name(error.code());
    thrown.into()
}
