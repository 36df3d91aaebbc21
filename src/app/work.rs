//! Work whose code may have to be fetched first.

use std::rc::Rc;

use engine::EngineError;

use super::parts;
use crate::host::place;
use crate::host::shared::Shared;
use crate::session::load::{Line, Wanted};
use crate::session::state::Setup;
use crate::session::supply::Served;
use crate::ui::NotHere;

/// Reads the configuration, unless it is known, and the manifest.
pub async fn describe(line: Line, known: Option<Shared<Setup>>) {
    match parts::describe(Box::new((line.clone(), known))).await {
        Ok(work) => work.await,
        Err(NotHere) => line.fail(lost()),
    }
}

/// Reads the facts of a snapshot.
pub async fn load(wanted: Wanted) {
    let line = wanted.line.clone();
    match parts::load(Box::new(wanted)).await {
        Ok(work) => work.await,
        Err(NotHere) => line.fail(lost()),
    }
}

/// Brings the reader back to where he was in a view.
pub async fn bring_back() {
    // Without the code of it he begins at the top.
    if let Ok(work) = parts::bring_back(()).await {
        work.await;
    }
}

/// Answers what the page asks of a snapshot, while it stands.
pub async fn serve_page(served: Served) {
    let served = Rc::new(served);
    match parts::serve_page(served.clone()).await {
        Ok(work) => work.await,
        Err(NotHere) => served.fail(lost()),
    }
}

/// Answers what a page asks of this program in a worker.
pub async fn serve_worker() {
    // A worker whose code does not come stays silent, and the page does the work itself.
    if let Ok(work) = parts::serve_worker(()).await {
        work.await;
    }
}

/// The page's own files did not come: another try may have them.
fn lost() -> EngineError {
    EngineError::Offline { url: place::absolute("") }
}
