//! What page and worker say to each other.

use engine::{EngineError, Progress, Traffic};
use facts::{Question, Reply};
use serde::{Deserialize, Serialize};
use snapshot::{Meta, SnapshotFile};

/// What the page tells the worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Order {
    /// Which snapshot questions are about; the address is the manifest's.
    Open {
        /// Absolute.
        address: String,
        /// Where the snapshot's bytes are.
        file: SnapshotFile,
        /// What they are.
        meta: Box<Meta>,
    },
    /// Answer these, after what was asked before; of some sums that answers are made of it is told
    /// what they are.
    Ask(Vec<Question>, Vec<(Question, Reply)>),
    /// Nobody waits for the answers any more.
    Forget,
}

/// What the worker tells the page.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum News {
    /// It has heard what it is asked, however long the host takes for it.
    Received,
    /// How far reading rows has come.
    Progress(Progress),
    /// An answer.
    Reply(Box<(Question, Reply)>),
    /// Everything asked for was answered or forgotten.
    Done(Traffic),
    /// It cannot go on; what was asked is forgotten.
    Failed(EngineError),
}
