//! What the reader changes: read, kept, laid over the data, sent, and let go of when the data says so.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use facts::Overlay;
use snapshot::{Manifest, Meta};
use yew::prelude::*;

use crate::host::shared::Shared;
use crate::host::task;
use crate::session::data::Data;
use crate::session::edits::{
    self, Answer, Base, Change, Ledger, Persistence, Post, Wanted, use_ledger,
};
use crate::session::live::{Teller, Told, use_live};
use crate::session::state::Action;
use crate::session::store::{Dispatcher, use_store};

/// Follows what the reader changes, for as long as the data is on screen.
#[hook]
pub fn use_editing(lets_in: bool, teller: Option<&Teller>) {
    let store = use_store();
    let setup = store.setup.clone().filter(|_| lets_in);
    // What is changed of the reader's own data lasts as long as it.
    let kept = setup.as_ref().filter(|setup| !setup.config.is_own);
    let persistence = kept.map(|setup| Persistence::of(&setup.config));
    let address = setup.and_then(|setup| setup.config.edits.clone());
    use_persistence(persistence);
    use_laid(teller);
    use_settled();
    use_post(persistence, address);
}

fn step(dispatch: &Dispatcher, step: impl FnOnce(&mut Ledger) + 'static) {
    dispatch.dispatch(Action::Edits(Change::new(step)));
}

/// Reads what the browser keeps, hears of what other tabs do, and has every change kept.
#[hook]
fn use_persistence(persistence: Option<Persistence>) {
    let (ledger, dispatch) = (use_ledger(), use_store().dispatcher());
    {
        let dispatch = dispatch.clone();
        use_effect_with(persistence, move |&persistence| {
            let listening = persistence.map(|persistence| {
                let join = move |kept| step(&dispatch, |ledger| ledger.join(kept));
                join(persistence.read());
                persistence.listen(Callback::from(join))
            });
            move || drop(listening)
        });
    }
    use_effect_with(
        (persistence, ledger.edits.clone(), ledger.refused.clone(), ledger.stored.clone()),
        move |(persistence, ..)| {
            if let Some(persistence) = persistence.filter(|_| !ledger.is_stored()) {
                step(&dispatch, move |ledger| ledger.kept(persistence.keep(ledger)));
            }
        },
    );
}

/// Tells what is to lie over the data.
#[hook]
fn use_laid(teller: Option<&Teller>) {
    let laid = use_ledger().laid();
    use_effect_with((teller.cloned(), laid), |(teller, laid)| {
        if let Some(teller) = teller {
            teller.tell(Told::Edits(laid.clone()));
        }
    });
}

/// What lies over the open snapshot.
struct Under<'a> {
    meta: &'a Meta,
    overlay: Option<&'a Overlay>,
}

impl<'a> Under<'a> {
    fn of(data: &'a Data) -> Self {
        Self { meta: data.facts.meta(), overlay: Overlay::of(&data.facts) }
    }
}

impl Base for Under<'_> {
    fn snapshot(&self) -> &str {
        &self.meta.snapshot_id
    }

    fn covers(&self, seq: u64) -> bool {
        seq <= self.meta.covers || self.overlay.is_some_and(|overlay| overlay.covers(seq))
    }

    fn segment(&self, customer: &str) -> Option<&str> {
        self.overlay?.unedited_segment(customer)
    }
}

/// Lets go of what the data says by now.
#[hook]
fn use_settled() {
    let (store, ledger, turns) = (use_store(), use_ledger(), use_live().turns);
    let data = store.data().cloned();
    use_effect_with((data, ledger.edits.clone(), turns), move |(data, ..)| {
        if let Some(data) = data {
            let mut settled = ledger.clone();
            settled.settle(&Under::of(data));
            if settled.edits != ledger.edits {
                let data = data.clone();
                step(&store.dispatcher(), move |ledger| ledger.settle(&Under::of(&data)));
            }
        }
    });
}

/// Sends what is due.
#[hook]
fn use_post(persistence: Option<Persistence>, address: Option<String>) {
    let (store, ledger) = (use_store(), use_ledger());
    let open = use_mut_ref(|| None::<Shared<Manifest>>);
    open.replace(store.manifest().cloned());
    let is_due = !ledger.due().is_empty() && store.manifest().is_some();
    use_effect_with((persistence, address, is_due), move |(persistence, address, is_due)| {
        let task =
            persistence.zip(address.clone()).filter(|_| *is_due).map(|(persistence, address)| {
                let out = Out { dispatch: store.dispatcher(), persistence, open };
                task::start(edits::send(address, Rc::new(out)))
            });
        move || drop(task)
    });
}

/// The way from the ledger to the other side, and back.
struct Out {
    dispatch: Dispatcher,
    persistence: Persistence,
    /// The open snapshot.
    open: Rc<RefCell<Option<Shared<Manifest>>>>,
}

impl Out {
    /// Makes a step, and gives what came of it.
    fn ask<T: 'static>(&self, ask: impl FnOnce(&mut Ledger) -> T + 'static) -> Option<T> {
        let said = Rc::new(Cell::new(None));
        let told = said.clone();
        step(&self.dispatch, move |ledger| told.set(Some(ask(ledger))));
        said.take()
    }
}

impl Post for Out {
    fn due(&self) -> Vec<(String, Wanted)> {
        let persistence = self.persistence;
        let due = self.ask(move |ledger| {
            ledger.join(persistence.read());
            ledger.due()
        });
        due.unwrap_or_default()
    }

    fn begun(&self, customer: &str, wanted: &Wanted) -> bool {
        let (customer, key, persistence) =
            (customer.to_owned(), wanted.key.clone(), self.persistence);
        let begun = self.ask(move |ledger| {
            let begun = ledger.tried(&customer, &key);
            // Should the page end now, the next one knows that it may have been heard.
            ledger.kept(persistence.keep(ledger));
            begun
        });
        begun.unwrap_or_default()
    }

    fn answered(&self, customer: &str, wanted: &Wanted, answer: Answer) {
        let (customer, wanted) = (customer.to_owned(), wanted.clone());
        let Some(manifest) = self.open.borrow().clone() else { return };
        let persistence = self.persistence;
        step(&self.dispatch, move |ledger| {
            let Meta { snapshot_id, labels, .. } = &manifest.meta;
            ledger.answered(&customer, &wanted, answer, (snapshot_id, &labels.segments));
            // The tab whose turn is next need not ask once more.
            ledger.kept(persistence.keep(ledger));
        });
    }
}
