//! Where the way from files to a dashboard stands.

use std::rc::Rc;

use super::looked::Looked;
use crate::session::importer::Stage as Said;

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

impl Default for Stage {
    fn default() -> Self {
        Self::Choose(None)
    }
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
