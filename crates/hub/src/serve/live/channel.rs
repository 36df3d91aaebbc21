//! The channel's events as listeners take them: the latest from memory, older ones from the journal.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use anyhow::Result;
use tokio::sync::watch;

use super::journal::Journal;
use super::told::{Told, Written};
use crate::serve::log;

/// Events that are held in memory.
const RECENT: usize = 4096;

/// Events of a frame at most, and their bytes.
const MOST_EVENTS: usize = 500;
const MOST_BYTES: usize = 256 * 1024;

/// Which events there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The first that is kept.
    pub first: u64,
    /// The last.
    pub last: u64,
}

/// The channel.
pub struct Channel {
    name: String,
    journal: Mutex<Journal>,
    recent: RwLock<VecDeque<Told>>,
    state: watch::Sender<State>,
}

impl Channel {
    /// The channel of a journal.
    pub fn of(journal: Journal) -> Self {
        let state = State { first: journal.first(), last: journal.last() };
        Self {
            name: journal.name.clone(),
            journal: Mutex::new(journal),
            recent: RwLock::default(),
            state: watch::Sender::new(state),
        }
    }

    /// The name of the numbering.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which events there are.
    pub fn state(&self) -> State {
        *self.state.borrow()
    }

    /// Which events there are, and a word whenever there are more.
    pub fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Writes into the journal, and tells everybody. The disk is waited for.
    ///
    /// # Errors
    /// If it cannot be written; nothing is told then.
    pub fn write<E>(
        &self,
        write: impl FnOnce(&mut Journal) -> Result<Written, E>,
    ) -> Result<Vec<Told>, E> {
        let mut journal = self.journal();
        let Written(told) = write(&mut journal)?;
        if told.is_empty() {
            return Ok(told);
        }
        let mut recent = self.recent.write().unwrap_or_else(PoisonError::into_inner);
        recent.extend(told.iter().cloned());
        let older = recent.len().saturating_sub(RECENT);
        recent.drain(..older);
        drop(recent);
        self.state.send_replace(State { first: journal.first(), last: journal.last() });
        Ok(told)
    }

    /// Events after one, as many as a frame may have; nothing where they are to be read from the
    /// journal.
    pub fn recent(&self, seq: u64) -> Option<Vec<Told>> {
        let recent = self.recent.read().unwrap_or_else(PoisonError::into_inner);
        let first = recent.front()?.seq;
        let skipped = seq.saturating_add(1).checked_sub(first)?;
        let later = recent.iter().skip(usize::try_from(skipped).ok()?);
        Some(cut(later.take(MOST_EVENTS).cloned()))
    }

    /// The same from the journal. The disk is waited for.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn older(&self, seq: u64) -> Result<Vec<Told>> {
        Ok(cut(self.journal().after(seq, MOST_EVENTS)?.into_iter()))
    }

    /// Leaves one tidy file behind, before the program ends; what is not tidied up is not lost.
    pub fn settle(&self) {
        if let Err(error) = self.journal().settle() {
            log::note("journal", &format!("{error:#}"));
        }
    }

    fn journal(&self) -> MutexGuard<'_, Journal> {
        // Whatever went wrong in the middle of a write was taken back.
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As many as may be in one frame; one at least.
fn cut(told: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut bytes = 0_usize;
    let fits = |told: &Told| {
        let before = bytes;
        bytes = bytes.saturating_add(told.text.len());
        before == 0 || bytes <= MOST_BYTES
    };
    told.take_while(fits).collect()
}
