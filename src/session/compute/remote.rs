//! The page's side: a worker that is ended when nobody needs it.

use std::cell::Cell;

use engine::{EngineError, Progress, Traffic};
use facts::{Question, Recorded, Reply};
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use futures::future::{Either, select};
use futures::lock::Mutex;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use snapshot::Manifest;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::message::{News, Order};
use crate::host::{held, place, script};

/// How long a worker may take to say its first word, in milliseconds. It fetches the columns
/// first, and says so.
const PATIENCE_MS: u32 = 15_000;

#[wasm_bindgen]
extern "C" {
    /// Where this program's JavaScript is, which the worker imports, too.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static GLUE: String;
}

/// A worker with the columns of one snapshot.
pub struct Remote {
    worker: Worker,
    news: Mutex<UnboundedReceiver<News>>,
    traffic: Cell<Traffic>,
    has_spoken: Cell<bool>,
    _listening: [Closure<dyn Fn(Event)>; 2],
}

impl Remote {
    /// Starts a worker for a snapshot.
    ///
    /// # Errors
    /// [`EngineError::WorkerFailed`] if this browser has none for the page.
    pub fn start(address: &str, manifest: &Manifest) -> Result<Self, EngineError> {
        let failed = |_| EngineError::WorkerFailed("a worker could not be started".to_owned());
        let url = script::resolve("compute.js", &place::scripts())
            .ok_or_else(|| failed(JsValue::NULL))?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&url, &options).map_err(failed)?;
        let (heard, news) = unbounded();
        let told = heard.clone();
        let message = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let text = event.unchecked_into::<MessageEvent>().data().as_string();
            let news = text.and_then(|text| serde_json::from_str::<News>(&text).ok());
            let lost = || EngineError::WorkerFailed("a worker said something odd".to_owned());
            // Who does not listen any more has dropped the worker.
            let _ = told.unbounded_send(news.unwrap_or_else(|| News::Failed(lost())));
        });
        let fault = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            event.prevent_default();
            let lost = EngineError::WorkerFailed("a worker stopped".to_owned());
            let _ = heard.unbounded_send(News::Failed(lost));
        });
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fault.as_ref().unchecked_ref()));
        let remote = Self {
            worker,
            news: Mutex::new(news),
            traffic: Cell::default(),
            has_spoken: Cell::default(),
            _listening: [message, fault],
        };
        remote.begin().map_err(failed)?;
        remote.tell(&Order::Open {
            address: address.to_owned(),
            file: manifest.file.clone(),
            meta: Box::new(manifest.meta.clone()),
        })?;
        Ok(remote)
    }

    /// Hands over the program itself, its JavaScript by address, the rest compiled as it is, and the
    /// files that the reader has handed to the page.
    fn begin(&self) -> Result<(), JsValue> {
        let start = Object::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&start, &JsValue::from_str(key), value);
        set("glue", &GLUE.with(|url| JsValue::from_str(url)))?;
        set("module", &wasm_bindgen::module())?;
        set("held", &held::all())?;
        self.worker.post_message(&start)
    }

    fn tell(&self, order: &Order) -> Result<(), EngineError> {
        let lost = |error: String| EngineError::WorkerFailed(error);
        let text = serde_json::to_string(order).map_err(|error| lost(error.to_string()))?;
        let posted = self.worker.post_message(&JsValue::from_str(&text));
        posted.map_err(|_| lost("a worker did not listen".to_owned()))
    }

    /// What the worker fetched so far.
    pub fn traffic(&self) -> Traffic {
        self.traffic.get()
    }

    /// True if the worker did begin: one that ended afterwards may be started again.
    pub fn has_spoken(&self) -> bool {
        self.has_spoken.get()
    }

    /// Has questions answered into a record, given the sums that are known of single categories.
    ///
    /// Dropping the future tells the worker to forget them.
    ///
    /// # Errors
    /// Whatever keeps the worker from answering; [`EngineError::WorkerFailed`] if it is the
    /// worker itself.
    pub async fn ask(
        &self,
        questions: &[Question],
        sums: &[(Question, Reply)],
        into: &Recorded,
        mut progress: impl FnMut(Progress),
    ) -> Result<(), EngineError> {
        let mut news = self.news.lock().await;
        // What is left of questions that nobody waits for.
        while news.try_recv().is_ok() {}
        self.tell(&Order::Ask(questions.to_vec(), sums.to_vec()))?;
        let mut forget = Forget(Some(self));
        let ended = || EngineError::WorkerFailed("a worker stopped".to_owned());
        let silent = || EngineError::WorkerFailed("a worker does not answer".to_owned());
        let mut first = true;
        loop {
            let next = match select(news.next(), TimeoutFuture::new(PATIENCE_MS)).await {
                Either::Left((next, _)) => next.ok_or_else(ended)?,
                Either::Right(_) if first => return Err(silent()),
                Either::Right(_) => continue,
            };
            first = false;
            match next {
                News::Received => self.has_spoken.set(true),
                News::Progress(state) => progress(state),
                News::Reply(reply) => into.add([*reply]),
                News::Done(traffic) => {
                    self.traffic.set(traffic);
                    forget.0 = None;
                    return Ok(());
                }
                News::Failed(error) => {
                    forget.0 = None;
                    return Err(error);
                }
            }
        }
    }
}

/// Tells a worker that nobody waits any more.
struct Forget<'a>(Option<&'a Remote>);

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        if let Some(remote) = self.0 {
            // A worker that does not listen has nothing to forget.
            let _ = remote.tell(&Order::Forget);
        }
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
