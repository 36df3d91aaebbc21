//! Files that were looked at, and what is remembered of them for whoever leaves the view and comes back.

use std::cell::RefCell;
use std::rc::Rc;

use super::guess::{Guess, Tried};
use crate::host::brought::File;
use crate::session::importer::Why;

/// Files that were looked at, and how they would be read.
#[derive(Clone)]
pub struct Looked {
    /// What the reader calls them.
    pub name: String,
    /// The files.
    pub files: Vec<File>,
    /// How they can be read.
    pub guess: Rc<Guess>,
    /// The mapping as it stands by now.
    pub mapping: String,
    /// True while the files are read under it.
    pub pending: bool,
    /// What the mapping makes of the files; nothing where it is the guess's own.
    pub tried: Option<Result<Tried, Why>>,
    /// Why the last build came to nothing.
    pub refused: Option<Why>,
}

impl Looked {
    /// True if nothing of the guess was changed.
    pub fn is_as_guessed(&self) -> bool {
        self.mapping.trim() == self.guess.mapping.trim()
    }
}

impl PartialEq for Looked {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.guess, &other.guess)
            && self.mapping == other.mapping
            && self.pending == other.pending
            && self.tried == other.tried
            && self.refused == other.refused
    }
}

thread_local! {
    static LAST: RefCell<Option<Rc<Looked>>> = const { RefCell::new(None) };
    static BUILT: RefCell<Option<Rc<Looked>>> = const { RefCell::new(None) };
}

/// What was looked at last, unless it was built or left.
pub fn last() -> Option<Rc<Looked>> {
    LAST.with_borrow(Clone::clone)
}

/// Something was looked at.
pub fn keep(looked: Looked) -> Rc<Looked> {
    let looked = Rc::new(looked);
    LAST.replace(Some(looked.clone()));
    looked
}

/// What was looked at last is left.
pub fn leave() {
    LAST.take();
}

/// What was looked at last is what is open from now on.
pub fn was_built() {
    BUILT.replace(LAST.take());
}

/// What is open from now on was made elsewhere.
pub fn was_brought() {
    BUILT.take();
}

/// What is open was made of this.
pub fn built() -> Option<Rc<Looked>> {
    BUILT.with_borrow(Clone::clone)
}
