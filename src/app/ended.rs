//! What the page says when this program has ended, in the reader's language: a program that has ended
//! finds no words. Until they are ready English stands in.

use std::cell::RefCell;

use words::say;

use crate::host::faults::{Words, have_ready};
use crate::look::language;

thread_local! {
    /// The language in which they are ready.
    static READY: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Has the words ready in the language spoken now.
pub fn prepare() {
    let tag = language::tag();
    if READY.with_borrow(|ready| *ready == tag) {
        return;
    }
    READY.set(tag);
    have_ready(&Words {
        title: say!("This page has stopped"),
        kept: say!(
            "A fault in the page itself has ended it. Nothing of the data is changed; the address \
             and your preferences are kept."
        ),
        soon: say!("The same view is loaded again in a moment."),
        repeated: say!(
            "It has stopped more than once by now, so it does not begin again by itself. Try it \
             again, or without your preferences and filters."
        ),
        reload: say!("Reload"),
        aside: say!("Start without preferences and filters"),
        copy: say!("Copy details"),
        copied: say!("Copied"),
        details: say!("Details"),
    });
}
