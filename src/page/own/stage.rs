//! Where the way from files to a dashboard stands.

use std::rc::Rc;

use super::guess::{Guess, Tried};
use crate::host::brought::File;
use crate::session::importer::{Stage as Said, Why};

/// Where it stands.
#[derive(Clone, PartialEq)]
pub enum Stage {
    /// Files are to be chosen; why those that were brought cannot be opened.
    Choose(Option<String>),
    /// Something is under way.
    Busy(Busy),
    /// A guess is to be looked at.
    Review(Rc<Looked>),
}

/// What is under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Busy {
    /// In words.
    pub what: String,
    /// Bytes read, and bytes of the file.
    pub read: Option<(f64, f64)>,
    /// What it is at, and at which row.
    pub at: Option<(String, f64)>,
}

impl Busy {
    /// Something begins.
    pub fn begin(what: String) -> Self {
        Self { what, read: None, at: None }
    }

    /// The same with what was said.
    #[must_use]
    pub fn after(&self, said: Said) -> Self {
        match said {
            Said::Read { bytes, of, .. } => Self { read: Some((bytes, of)), ..self.clone() },
            Said::Stage { name, rows, .. } => Self { at: Some((name, rows)), ..self.clone() },
            Said::Line { .. } => self.clone(),
        }
    }
}

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
