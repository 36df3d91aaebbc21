//! Whether segments can be changed here, to what, and the way to do it.

use facts::rules::UNKNOWN;
use yew::prelude::*;

use crate::session::edits::{Change, Ledger, Step, key};
use crate::session::live::use_live;
use crate::session::state::Action;
use crate::session::store::{Dispatcher, use_store};

/// The way to change segments.
#[derive(Clone, PartialEq)]
pub struct Editor {
    /// The segments that somebody can be given, most valuable first.
    pub segments: Vec<String>,
    /// True if changes stay here, since there is nobody to send them to.
    pub is_local: bool,
    /// True if the data can be changed now: what a link keeps as it was stays so.
    pub can_change: bool,
    dispatch: Dispatcher,
}

impl Editor {
    /// Gives customers other segments.
    pub fn change(&self, steps: Vec<Step>) {
        let local = self.is_local;
        self.step(move |ledger| ledger.change(&steps, local, key));
    }

    /// Takes the last step back.
    pub fn undo(&self) {
        let local = self.is_local;
        self.step(move |ledger| ledger.undo(local, key));
    }

    /// Puts a customer back to what it was.
    pub fn withdraw(&self, customer: String) {
        let local = self.is_local;
        self.step(move |ledger| ledger.withdraw(&customer, local, key));
    }

    /// Puts all customers back to what they were.
    pub fn withdraw_all(&self) {
        let local = self.is_local;
        self.step(move |ledger| ledger.withdraw_all(local, key));
    }

    /// The reader had time enough to take the last step back.
    pub fn seen(&self, place: u32) {
        self.step(move |ledger| ledger.seen(place));
    }

    /// The reader has read why a change does not stand.
    pub fn dismiss(&self, key: String) {
        self.step(move |ledger| ledger.dismiss(&key));
    }

    fn step(&self, step: impl FnOnce(&mut Ledger) + 'static) {
        self.dispatch.dispatch(Action::Edits(Change::new(step)));
    }
}

/// The way to change segments.
#[hook]
pub fn use_editor() -> Editor {
    let (store, live) = (use_store(), use_live());
    let meta = store.manifest().map(|manifest| &manifest.meta);
    let segments = meta.map(|meta| meta.labels.segments.as_slice()).unwrap_or_default();
    let segments: Vec<String> = segments.iter().filter(|name| *name != UNKNOWN).cloned().collect();
    let setup = store.setup.as_ref();
    Editor {
        can_change: live.teller.is_some() && !segments.is_empty(),
        is_local: setup.is_none_or(|setup| setup.config.edits.is_none()),
        segments,
        dispatch: store.dispatcher(),
    }
}
