//! What the reader changes of customers: shown at once, sent to whoever keeps the customers, and gone
//! from here as soon as the data says the same.
//!
//! The [`Ledger`] is a value that is changed by pure steps; [`persistence`] keeps it in the browser, `send`
//! tells the other side. What of it lies over the data is told to the driver of live events, which
//! lays it there like an event.

mod edited;
mod json;
mod kept;
mod ledger;
mod persistence;
mod send;

use yew::prelude::*;

pub use edited::{Accepted, Edited, Edits, Wanted};
pub use kept::{Kept, Refusal, Refused};
pub use ledger::{Answer, Base, Ledger, MOST, Step, Undo};
pub use persistence::{Persistence, forget, key};
pub use send::{Post, send};

/// A step of the ledger, to be made on what it is by then.
pub struct Change(Box<dyn FnOnce(&mut Ledger)>);

impl Change {
    /// A step.
    pub fn new(step: impl FnOnce(&mut Ledger) + 'static) -> Self {
        Self(Box::new(step))
    }

    /// The ledger after it.
    pub fn made(self, ledger: &Ledger) -> Ledger {
        let mut ledger = ledger.clone();
        (self.0)(&mut ledger);
        ledger
    }
}

/// What the reader has changed; whoever asks is drawn anew at each change.
///
/// # Panics
/// Outside of the app component, which provides it.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_ledger() -> Ledger {
    use_context::<Ledger>().expect("the app provides the edits")
}
