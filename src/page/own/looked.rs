//! Files that were looked at.

use std::collections::BTreeSet;
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
    /// True if it is to be built as soon as they are read.
    pub then_build: bool,
    /// What the mapping makes of the files; nothing where it is the guess's own.
    pub tried: Option<Result<Tried, Why>>,
    /// Why the last build came to nothing.
    pub refused: Option<Why>,
    /// The questions that were answered.
    pub answered: BTreeSet<String>,
}

impl Looked {
    /// True if the mapping makes something of the files that can be built.
    pub fn builds(&self) -> bool {
        match &self.tried {
            None => self.guess.builds,
            Some(tried) => tried.as_ref().is_ok_and(|tried| tried.builds),
        }
    }

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
            && self.then_build == other.then_build
            && self.tried == other.tried
            && self.refused == other.refused
            && self.answered == other.answered
    }
}
