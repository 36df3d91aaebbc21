//! Asynchronous work that ends with the one who started it, and the moment the browser is idle.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::IdleRequestOptions;

use super::timing::now;

/// Longest wait for an idle moment, in milliseconds; after it work goes on in a busy browser.
const IDLE_LIMIT: u32 = 250;

/// Longest wait for the next piece of work that the reader waits for: one frame.
const FRAME: u32 = 16;

/// Work under way; dropping it cancels the work at its next await.
#[must_use = "dropping a task cancels it"]
pub struct Task {
    handle: AbortHandle,
    done: Rc<Cell<bool>>,
}

impl Task {
    /// True while the work has not come to its end.
    pub fn is_running(&self) -> bool {
        !self.done.get()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.handle.abort();
    }
}

/// Starts work on this thread.
pub fn start(work: impl Future<Output = ()> + 'static) -> Task {
    start_boxed(Box::pin(work))
}

/// One code for whatever work it is.
fn start_boxed(work: LocalBoxFuture<'static, ()>) -> Task {
    let done = Rc::new(Cell::new(false));
    let (work, handle) = abortable(work);
    let ended = done.clone();
    spawn_local(async move {
        // Aborted work ends like finished work; whoever dropped the task knows.
        let _ = work.await;
        ended.set(true);
    });
    Task { handle, done }
}

/// Waits until the browser has nothing better to do, or a quarter of a second.
pub async fn idle() {
    idle_within(IDLE_LIMIT).await;
}

/// Lets the browser draw and hear the reader. It may call itself busy long after a frame, so no
/// longer than a frame is waited for an idle moment.
pub async fn breath() {
    idle_within(FRAME).await;
}

/// Lets tasks that can go on do so first; the browser neither draws nor hears anybody meanwhile.
pub async fn others() {
    // The promise is resolved.
    let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
}

/// Milliseconds of work after which the browser may draw, and hear the reader.
const AT_ONCE: f64 = 8.0;

/// Pauses in long work: those that come too soon are none.
pub struct Pauses(Cell<f64>);

impl Pauses {
    /// The work begins now.
    pub fn begun() -> Self {
        Self(Cell::new(now()))
    }

    /// A piece of it is done.
    pub async fn pause(&self) {
        if now() - self.0.get() > AT_ONCE {
            breath().await;
            self.0.set(now());
        }
    }
}

async fn idle_within(milliseconds: u32) {
    let Some(promise) = idle_promise(milliseconds) else { return TimeoutFuture::new(1).await };
    // The promise is only ever resolved.
    let _ = JsFuture::from(promise).await;
}

/// `None` in browsers without idle callbacks.
fn idle_promise(milliseconds: u32) -> Option<Promise> {
    let window = web_sys::window()?;
    let name = JsValue::from_str("requestIdleCallback");
    if !Reflect::has(&window, &name).unwrap_or(false) {
        return None;
    }
    let options = IdleRequestOptions::new();
    options.set_timeout(milliseconds);
    Some(Promise::new(&mut |resolve, _reject| {
        if window.request_idle_callback_with_options(&resolve, &options).is_err() {
            // Without a slot there is nothing to wait for.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }))
}
