//! The encodings of the web.

pub mod between;
pub mod detector;
pub mod reader;

use std::io;

use encoding_rs::Encoding as Table;

use self::detector::Finder;
use self::reader::Reader;
use crate::{Decoder, Detector, Encoding, Letters, Verdict};

/// All of them, in this program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tables;

impl Letters for Tables {
    fn known(&self, label: &str) -> io::Result<Option<Encoding>> {
        Ok(known(label))
    }

    fn decoder(&self, name: &str) -> io::Result<Box<dyn Decoder>> {
        let reader = Reader::of(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(reader))
    }

    fn detector(&self) -> io::Result<Box<dyn Detector>> {
        Ok(Box::new(Finder::default()))
    }
}

impl Decoder for Reader {
    fn decode(&mut self, bytes: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        Ok(self.read(bytes, is_last).into_bytes())
    }
}

impl Detector for Finder {
    fn take(&mut self, bytes: &[u8]) {
        self.look(bytes);
    }

    fn end(self: Box<Self>) -> io::Result<Verdict> {
        Ok(self.verdict())
    }
}

/// The encoding of a label.
pub fn known(label: &str) -> Option<Encoding> {
    let table = Table::for_label(label.as_bytes())?;
    Some(Encoding { name: table.name().to_owned(), is_single_byte: table.is_single_byte() })
}
