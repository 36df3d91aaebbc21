//! Packs columns on another thread while the next ones are being read, where there can be another;
//! else at once.

use std::cell::RefCell;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use anyhow::{Context, Result};
use snapshot::{EncodedPack, PackError};

/// Columns that may wait, so that they do not pile up in memory.
const WAITING: usize = 2;

type Encode = Box<dyn FnOnce() -> Result<EncodedPack, PackError> + Send>;

/// Columns to be packed.
pub struct Job {
    name: &'static str,
    block: u32,
    encode: Encode,
}

/// A pack that is done.
pub type Done = (&'static str, u32, EncodedPack);

/// Who packs.
pub enum Press<'scope> {
    /// Another thread.
    Beside {
        /// What it is to pack.
        jobs: SyncSender<Job>,
        /// What it has packed.
        done: ScopedJoinHandle<'scope, Result<Vec<Done>, PackError>>,
    },
    /// Whoever hands columns over: a browser's worker is alone.
    Here(RefCell<Vec<Done>>),
}

impl<'scope> Press<'scope> {
    /// Starts the other thread, if there can be one.
    pub fn start(scope: &'scope Scope<'scope, '_>) -> Self {
        let (jobs, waiting) = sync_channel(WAITING);
        match Builder::new().spawn_scoped(scope, move || press(waiting)) {
            Ok(done) => Self::Beside { jobs, done },
            Err(_) => Self::Here(RefCell::default()),
        }
    }

    /// Has columns packed; waits while too many are waiting.
    ///
    /// # Errors
    /// If others before could not be packed.
    pub fn take(
        &self,
        name: &'static str,
        block: u32,
        encode: impl FnOnce() -> Result<EncodedPack, PackError> + Send + 'static,
    ) -> Result<()> {
        let jobs = match self {
            Self::Beside { jobs, .. } => jobs,
            Self::Here(done) => {
                done.borrow_mut().push((name, block, encode()?));
                return Ok(());
            }
        };
        let job = Job { name, block, encode: Box::new(encode) };
        jobs.send(job).ok().context("columns could not be packed")
    }

    /// Hands over all packs, in the order in which they were taken.
    ///
    /// # Errors
    /// If columns could not be packed, or `store` fails.
    pub fn end(
        self,
        mut store: impl FnMut(&'static str, u32, EncodedPack) -> Result<()>,
    ) -> Result<()> {
        let done = match self {
            Self::Here(done) => done.into_inner(),
            Self::Beside { jobs, done } => {
                drop(jobs);
                done.join().ok().context("packing columns stopped")??
            }
        };
        done.into_iter().try_for_each(|(name, block, pack)| store(name, block, pack))
    }
}

fn press(waiting: Receiver<Job>) -> Result<Vec<Done>, PackError> {
    waiting.into_iter().map(|job| Ok((job.name, job.block, (job.encode)()?))).collect()
}
