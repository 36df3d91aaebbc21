//! The worker's side: reads the rows that questions are about when they come, all of them where that
//! is not longer, and answers one by one.

use std::collections::VecDeque;
use std::sync::Arc;

use engine::{Engine, EngineError, SliceReader};
use facts::{Columns, Question, Recorded, Sliced, Source, slices};
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use gloo::timers::future::TimeoutFuture;
use snapshot::Manifest;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{News, Order};
use crate::session::engine_http::HttpEngine;
use crate::session::supply::{assembled, damaged};

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// True where there is no page around this program.
pub fn is_worker() -> bool {
    scope().is_some()
}

/// Listens for orders as long as the worker lives.
pub async fn serve() {
    let Some(scope) = scope() else { return };
    let (heard, orders) = unbounded();
    let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let order = event.data().as_string();
        if let Some(Ok(order)) = order.map(|text| serde_json::from_str::<Order>(&text)) {
            // The other end lives as long as the worker.
            let _ = heard.unbounded_send(order);
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    answer(orders).await;
}

fn tell(news: &News) {
    if let (Some(scope), Ok(text)) = (scope(), serde_json::to_string(news)) {
        // A page that is gone hears nothing.
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}

#[derive(Default)]
struct Desk {
    engine: Option<HttpEngine>,
    meta: Option<Arc<snapshot::Meta>>,
    columns: Option<Columns>,
    /// Some rows, while not all are here.
    sliced: Option<Sliced>,
    slices: SliceReader,
    /// What the page knows of single categories.
    sums: Arc<Recorded>,
    queue: VecDeque<Question>,
}

/// How long answers are given without a look at whether they are still wanted, in milliseconds.
/// A look costs some of them, too.
const LOOK_AFTER_MS: f64 = 30.0;

async fn answer(mut orders: UnboundedReceiver<Order>) {
    let mut desk = Desk::default();
    let mut looked = 0.0;
    loop {
        if desk.queue.is_empty() {
            let Some(order) = orders.next().await else { return };
            desk.take(order);
            looked = js_sys::Date::now();
        } else if js_sys::Date::now() - looked > LOOK_AFTER_MS {
            // Between two answers it may turn out that the others are not wanted any more.
            TimeoutFuture::new(0).await;
            looked = js_sys::Date::now();
        }
        while let Ok(order) = orders.try_recv() {
            desk.take(order);
        }
        if let Err(error) = desk.work().await {
            desk.queue.clear();
            tell(&News::Failed(error));
        }
    }
}

impl Desk {
    fn take(&mut self, order: Order) {
        match order {
            Order::Open { address, file, meta } => {
                let format_version = meta.format_version;
                let manifest =
                    Manifest { format_version, file, meta: *meta, first_view: None, events: None };
                self.meta = Some(Arc::new(manifest.meta.clone()));
                // No statement is asked here, so where SQL's scripts are does not matter.
                match HttpEngine::new(&address, &manifest, &address) {
                    Ok(engine) => self.engine = Some(engine),
                    Err(error) => tell(&News::Failed(error)),
                }
            }
            Order::Ask(questions, sums) => {
                tell(&News::Received);
                self.sums.add(sums);
                self.queue.extend(questions);
            }
            Order::Forget => self.forget(),
        }
    }

    fn forget(&mut self) {
        if !self.queue.is_empty() {
            self.queue.clear();
            self.done();
        }
    }

    fn done(&self) {
        tell(&News::Done(self.engine.as_ref().map(Engine::traffic).unwrap_or_default()));
    }

    /// Answers the next question.
    async fn work(&mut self) -> Result<(), EngineError> {
        if self.queue.is_empty() {
            return Ok(());
        }
        let here = self.queue.front().and_then(|question| self.source_of(question));
        let Some(source) = here else {
            // What came in the meantime is looked at before the first answer.
            return self.read().await;
        };
        let reply = self.queue.front().and_then(|question| question.ask(source));
        if let Some(question) = self.queue.pop_front()
            && let Some(reply) = reply
        {
            tell(&News::Reply(Box::new((question, reply))));
        }
        if self.queue.is_empty() {
            self.done();
        }
        Ok(())
    }
    /// Who of those here can answer.
    fn source_of(&self, question: &Question) -> Option<&dyn Source> {
        if let Some(columns) = &self.columns {
            return Some(columns);
        }
        let sliced = self.sliced.as_ref().filter(|sliced| sliced.covers(question))?;
        Some(sliced)
    }

    /// Reads what the questions need: some rows, or all of them where those are too many.
    async fn read(&mut self) -> Result<(), EngineError> {
        let nothing = || EngineError::WorkerFailed("no snapshot to ask".to_owned());
        let engine = self.engine.as_ref().ok_or_else(nothing)?;
        let meta = self.meta.as_ref().ok_or_else(nothing)?;
        let progress = |progress| tell(&News::Progress(progress));
        if let Some(wanted) = slices::wanted(meta, &self.queue, &*self.sums)
            && self.slices.is_worth(engine, &wanted).await?
        {
            // The room of the last ones is given back before others are put together.
            self.sliced = None;
            let read = engine.load_slices(&mut self.slices, &wanted, progress).await?;
            let sliced = Sliced::new(meta.clone(), read, wanted, self.sums.clone());
            self.sliced = Some(sliced.map_err(damaged)?);
        } else {
            (self.sliced, self.slices) = (None, SliceReader::default());
            self.columns = Some(assembled(meta, engine.load_columns(progress).await?)?);
        }
        Ok(())
    }
}
