//! The worker's side: reads the columns when the first question comes, and answers one by one.

use std::collections::VecDeque;
use std::sync::Arc;

use engine::{Engine, EngineError};
use facts::{Columns, Question};
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use gloo::timers::future::TimeoutFuture;
use snapshot::Manifest;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{News, Order};
use crate::session::engine_http::HttpEngine;
use crate::session::supply::assembled;

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
            Order::Ask(questions) => {
                tell(&News::Received);
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
        if self.columns.is_none() {
            let nothing = || EngineError::WorkerFailed("no snapshot to ask".to_owned());
            let (engine, meta) = (
                self.engine.as_ref().ok_or_else(nothing)?,
                self.meta.as_ref().ok_or_else(nothing)?,
            );
            let read = engine.load_columns(|progress| tell(&News::Progress(progress))).await?;
            self.columns = Some(assembled(meta, read)?);
            // What came in the meantime is looked at before the first answer.
            return Ok(());
        }
        if let (Some(columns), Some(question)) = (&self.columns, self.queue.pop_front())
            && let Some(reply) = question.ask(columns)
        {
            tell(&News::Reply(Box::new((question, reply))));
        }
        if self.queue.is_empty() {
            self.done();
        }
        Ok(())
    }
}
