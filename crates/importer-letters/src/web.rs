//! What the worker's script calls.

use letters::{Finder, Reader};
use wasm_bindgen::prelude::wasm_bindgen;

/// An encoding.
#[wasm_bindgen(getter_with_clone)]
pub struct Encoding {
    /// Its name, as the Encoding standard writes it.
    pub name: String,
    /// Whether every byte is a letter.
    pub is_single_byte: bool,
}

/// The encoding of a label of the Encoding standard.
#[wasm_bindgen]
pub fn known(label: &str) -> Option<Encoding> {
    let letters::Encoding { name, is_single_byte } = letters::known(label)?;
    Some(Encoding { name, is_single_byte })
}

/// A text that is read in pieces.
#[wasm_bindgen]
pub struct Decoder(Reader);

/// Reads a text of an encoding by its name.
#[wasm_bindgen]
pub fn decoder(name: &str) -> Option<Decoder> {
    Reader::of(name).map(Decoder)
}

#[wasm_bindgen]
impl Decoder {
    /// The next bytes as UTF-8.
    pub fn decode(&mut self, bytes: &[u8], is_last: bool) -> Vec<u8> {
        self.0.read(bytes, is_last).into_bytes()
    }
}

/// A text that is looked through in pieces.
#[wasm_bindgen]
pub struct Detector(Finder);

/// Finds out in which encoding a text is.
#[wasm_bindgen]
pub fn detector() -> Detector {
    Detector(Finder::default())
}

#[wasm_bindgen]
impl Detector {
    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.look(bytes);
    }

    /// What they are, all in all.
    pub fn end(self) -> Verdict {
        let letters::Verdict { label, name, is_doubtful, is_dos } = self.0.verdict();
        Verdict { label, name, is_doubtful, is_dos }
    }
}

/// Which encoding a text is in.
#[wasm_bindgen(getter_with_clone)]
pub struct Verdict {
    /// The label to write into a mapping.
    pub label: String,
    /// Its name for people.
    pub name: String,
    /// Whether another encoding is as likely.
    pub is_doubtful: bool,
    /// Whether it looks like a code page of DOS.
    pub is_dos: bool,
}
