//! Files that the reader of a page has chosen, read in pieces: none is ever in memory as a whole.

use std::io::{self, Read};

use importer_core::files::{Choice, Files};
use js_sys::Uint8Array;
use letters::Letters;
use web_sys::{File, FileReaderSync};

use crate::letters::Fetched;
use crate::named::of_its_own;
use crate::progress;

/// Bytes that are read in one go.
const PIECE: f64 = (1 << 20) as f64;

/// All files, as a folder of them.
pub const ALL: &str = ".";

/// Chosen files, each with a name of its own.
#[derive(Clone)]
pub struct Chosen(Vec<(String, File)>);

impl Chosen {
    /// Those of a folder and of the folders in it, where several may be called alike.
    pub fn of(files: Vec<File>) -> Self {
        let mut named: Vec<(String, File)> = Vec::new();
        for file in files {
            let own = of_its_own(&file.name(), |name| named.iter().any(|(known, _)| known == name));
            named.push((own, file));
        }
        Self(named)
    }

    fn file(&self, name: &str) -> io::Result<&File> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, file)| file).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Files for Chosen {
    fn only(&self) -> Option<String> {
        match &self.0[..] {
            [(name, _)] => Some(name.clone()),
            _ => None,
        }
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read>> {
        let file = self.file(name)?.clone();
        let reader = FileReaderSync::new().map_err(|_| io::Error::other("no reader of files"))?;
        Ok(Box::new(Pieces { file, reader, at: 0.0, piece: Vec::new(), read: 0 }))
    }

    fn letters(&self) -> &'static dyn Letters {
        &Fetched
    }
}

impl Choice for Chosen {
    /// One of them by itself; several as the folder that all of them are.
    fn some(&self, names: &[&str]) -> Option<(Box<dyn Files>, String)> {
        let [name] = names else { return Some((Box::new(self.clone()), ALL.to_owned())) };
        let file = self.file(name).ok()?.clone();
        Some((Box::new(Self(vec![((*name).to_owned(), file)])), (*name).to_owned()))
    }
}

/// A file under way.
struct Pieces {
    file: File,
    reader: FileReaderSync,
    /// Where the next piece begins.
    at: f64,
    piece: Vec<u8>,
    /// How much of the piece is read.
    read: usize,
}

impl Pieces {
    fn next(&mut self) -> Result<(), wasm_bindgen::JsValue> {
        let blob = self.file.slice_with_f64_and_f64(self.at, self.at + PIECE)?;
        let bytes = Uint8Array::new(&self.reader.read_as_array_buffer(&blob)?.into());
        self.piece = bytes.to_vec();
        self.read = 0;
        self.at += f64::from(bytes.length());
        progress::read(&self.file.name(), self.at, self.file.size());
        Ok(())
    }
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.read == self.piece.len() && self.at < self.file.size() {
            self.next().map_err(|_| io::Error::other("the browser cannot read it any more"))?;
        }
        let mut rest = self.piece.get(self.read..).unwrap_or_default();
        let length = rest.read(into)?;
        self.read = self.read.saturating_add(length);
        Ok(length)
    }
}
