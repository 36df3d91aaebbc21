//! Encodings other than UTF-8, which nearly all files are in: a port to them, and behind the feature
//! `tables` the encodings of the web themselves.
//!
//! Their tables are large and seldom needed. Who reads files knows only [`Letters`]; a program for
//! machines has `Tables`, a browser fetches them as a program of their own when a file needs one.

use std::io;

#[cfg(feature = "tables")]
mod tables;

#[cfg(feature = "tables")]
pub use tables::{Tables, detector::Finder, known, reader::Reader};

/// The name of the one encoding that needs no tables.
pub const UTF_8: &str = "UTF-8";

/// What knows the letters of encodings.
pub trait Letters {
    /// The encoding of a label of the Encoding standard; none if there is no such.
    ///
    /// # Errors
    /// If the tables are not at hand.
    fn known(&self, label: &str) -> io::Result<Option<Encoding>>;

    /// Reads a text of an encoding by its name. A byte order mark at its beginning is left out.
    ///
    /// # Errors
    /// If there is no such encoding, or the tables are not at hand.
    fn decoder(&self, name: &str) -> io::Result<Box<dyn Decoder>>;

    /// Finds out in which encoding a text is that is not UTF-8.
    ///
    /// # Errors
    /// If the tables are not at hand.
    fn detector(&self) -> io::Result<Box<dyn Detector>>;
}

/// An encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Its name, as the Encoding standard writes it.
    pub name: String,
    /// Whether every byte is a letter.
    pub is_single_byte: bool,
}

impl Encoding {
    /// The one that most files are in.
    pub fn utf_8() -> Self {
        Self { name: UTF_8.to_owned(), is_single_byte: false }
    }

    /// Whether it is that one.
    pub fn is_utf_8(&self) -> bool {
        self.name == UTF_8
    }
}

/// A text that is read in pieces.
pub trait Decoder {
    /// The next bytes as UTF-8; the end of a letter may come with the next piece. What is no letter
    /// becomes U+FFFD.
    ///
    /// # Errors
    /// If the tables are gone.
    fn decode(&mut self, bytes: &[u8], is_last: bool) -> io::Result<Vec<u8>>;
}

/// A text that is looked through in pieces.
pub trait Detector {
    /// Takes the next bytes.
    fn take(&mut self, bytes: &[u8]);

    /// What they are, all in all.
    ///
    /// # Errors
    /// If the tables are gone.
    fn end(self: Box<Self>) -> io::Result<Verdict>;
}

/// Which encoding a text is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The label to write into a mapping.
    pub label: String,
    /// Its name for people.
    pub name: String,
    /// Whether another encoding is as likely.
    pub is_doubtful: bool,
    /// Whether it looks like a code page of DOS, which is no encoding of the web.
    pub is_dos: bool,
}
