//! Packs columns on another thread while the next ones are being read.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use anyhow::{Context, Result};
use snapshot::{EncodedPack, PackError};

/// Columns that may wait, so that they do not pile up in memory.
const WAITING: usize = 2;

type Encode = Box<dyn FnOnce() -> Result<EncodedPack, PackError> + Send>;

/// Columns to be packed.
struct Job {
    name: &'static str,
    block: u32,
    encode: Encode,
}

/// A pack that is done.
type Done = (&'static str, u32, EncodedPack);

/// The other thread.
pub struct Press<'scope> {
    jobs: SyncSender<Job>,
    done: ScopedJoinHandle<'scope, Result<Vec<Done>, PackError>>,
}

impl<'scope> Press<'scope> {
    /// Starts it.
    pub fn start(scope: &'scope Scope<'scope, '_>) -> Self {
        let (jobs, waiting) = sync_channel(WAITING);
        Self { jobs, done: scope.spawn(move || press(waiting)) }
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
        let job = Job { name, block, encode: Box::new(encode) };
        self.jobs.send(job).ok().context("columns could not be packed")
    }

    /// Hands over all packs, in the order in which they were taken.
    ///
    /// # Errors
    /// If columns could not be packed, or `store` fails.
    pub fn end(
        self,
        mut store: impl FnMut(&'static str, u32, EncodedPack) -> Result<()>,
    ) -> Result<()> {
        drop(self.jobs);
        let done = self.done.join().ok().context("packing columns stopped")??;
        done.into_iter().try_for_each(|(name, block, pack)| store(name, block, pack))
    }
}

fn press(waiting: Receiver<Job>) -> Result<Vec<Done>, PackError> {
    waiting.into_iter().map(|job| Ok((job.name, job.block, (job.encode)()?))).collect()
}
