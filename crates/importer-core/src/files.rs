//! The files of an import, wherever they are: on a disk, in a browser, in memory.

use std::io::{self, Read};
use std::path::Path;

use anyhow::Result;
use letters::Letters;
use rusqlite::Connection;

/// Where the header of a SQLite file says how it is written and read: 1 without, 2 with a log beside.
const FILE_FORMATS: std::ops::Range<usize> = 18..20;

/// Files that are read as often as is asked.
pub trait Files {
    /// Fails if there are none.
    ///
    /// # Errors
    /// Says what is wrong with the place that they should be in.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// The one file that was given, if it was a file and not a folder of files: a SQLite file, or the
    /// purchases.
    fn only(&self) -> Option<String>;

    /// Names of all of them, in order.
    fn names(&self) -> Vec<String>;

    /// Whether there is one of a name.
    fn has(&self, name: &str) -> bool {
        self.names().iter().any(|known| known == name)
    }

    /// The bytes of one from its beginning.
    ///
    /// # Errors
    /// If it cannot be read.
    fn open(&self, name: &str) -> io::Result<Box<dyn Read>>;

    /// What knows the letters of those that are not UTF-8.
    fn letters(&self) -> &'static dyn Letters;

    /// What messages call one when they say where it is.
    fn called(&self, name: &str) -> String {
        name.to_owned()
    }

    /// One that is a SQLite file, to be read only.
    ///
    /// # Errors
    /// If it cannot be read.
    fn database(&self, name: &str) -> Result<Connection> {
        let mut bytes = Vec::new();
        self.open(name)?.read_to_end(&mut bytes)?;
        Ok(database_of(bytes)?)
    }
}

/// Files out of which some may be imported together.
pub trait Choice: Files {
    /// Some of them by themselves, and what `builder build --from` would have to be for them; none if
    /// they cannot be imported together.
    fn some(&self, names: &[&str]) -> Option<(Box<dyn Files>, String)>;
}

/// A database of its bytes, which nothing is written to.
fn database_of(mut bytes: Vec<u8>) -> rusqlite::Result<Connection> {
    // In memory there is nothing beside a file, and what lay beside it is not here.
    if let Some(formats) = bytes.get_mut(FILE_FORMATS) {
        formats.iter_mut().filter(|format| **format == 2).for_each(|format| *format = 1);
    }
    let mut database = Connection::open_in_memory()?;
    database.deserialize_read_exact("main", &bytes[..], bytes.len(), true)?;
    Ok(database)
}

/// The last part of a name that may be a path.
pub fn last_part(name: &str) -> String {
    let last = Path::new(name).file_name();
    last.unwrap_or_default().to_string_lossy().into_owned()
}

/// Bytes that are named, for whoever has them in memory.
#[derive(Clone)]
pub struct Named {
    /// Their names and bytes.
    pub files: Vec<(String, std::sync::Arc<[u8]>)>,
    /// What knows the letters of those that are not UTF-8.
    pub letters: &'static dyn Letters,
}

impl Files for Named {
    fn only(&self) -> Option<String> {
        match &self.files[..] {
            [(name, _)] => Some(name.clone()),
            _ => None,
        }
    }

    fn names(&self) -> Vec<String> {
        self.files.iter().map(|(name, _)| name.clone()).collect()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read>> {
        let found = self.files.iter().find(|(known, _)| known == name);
        let (_, bytes) = found.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(io::Cursor::new(bytes.clone())))
    }

    fn letters(&self) -> &'static dyn Letters {
        self.letters
    }
}

impl Choice for Named {
    fn some(&self, names: &[&str]) -> Option<(Box<dyn Files>, String)> {
        let chosen = self.files.iter().filter(|(known, _)| names.contains(&known.as_str()));
        let chosen = Self { files: chosen.cloned().collect(), letters: self.letters };
        let from = chosen.only().unwrap_or_else(|| ".".to_owned());
        Some((Box::new(chosen), from))
    }
}
