//! Encodings other than UTF-8, which are a program of their own: the worker's script fetches it when
//! the first of them is asked for.

use std::io;

use letters::{Decoder, Detector, Encoding, Letters, Verdict};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a text cannot be read without.
const LACKING: &str = "the program for files that are not UTF-8 could not be loaded";

#[wasm_bindgen]
extern "C" {
    /// That program, as far as it is asked.
    type Program;

    /// Fetches it, the first time: a function that the worker's script puts in its place.
    #[wasm_bindgen(catch, js_name = lettersProgram)]
    fn program() -> Result<Program, JsValue>;

    #[wasm_bindgen(method)]
    fn known(this: &Program, label: &str) -> Option<EncodingThere>;

    #[wasm_bindgen(method)]
    fn decoder(this: &Program, name: &str) -> Option<DecoderThere>;

    #[wasm_bindgen(method)]
    fn detector(this: &Program) -> DetectorThere;

    type EncodingThere;

    #[wasm_bindgen(method, getter)]
    fn name(this: &EncodingThere) -> String;

    #[wasm_bindgen(method, getter)]
    fn is_single_byte(this: &EncodingThere) -> bool;

    type DecoderThere;

    #[wasm_bindgen(method)]
    fn decode(this: &DecoderThere, bytes: &[u8], is_last: bool) -> Vec<u8>;

    #[wasm_bindgen(method)]
    fn free(this: &DecoderThere);

    type DetectorThere;

    #[wasm_bindgen(method)]
    fn take(this: &DetectorThere, bytes: &[u8]);

    #[wasm_bindgen(method)]
    fn end(this: &DetectorThere) -> VerdictThere;

    type VerdictThere;

    #[wasm_bindgen(method, getter)]
    fn label(this: &VerdictThere) -> String;

    #[wasm_bindgen(method, getter, js_name = name)]
    fn called(this: &VerdictThere) -> String;

    #[wasm_bindgen(method, getter)]
    fn is_doubtful(this: &VerdictThere) -> bool;

    #[wasm_bindgen(method, getter)]
    fn is_dos(this: &VerdictThere) -> bool;
}

/// All of them, fetched when they are needed.
pub struct Fetched;

fn fetched() -> io::Result<Program> {
    program().map_err(|_| io::Error::other(LACKING))
}

impl Letters for Fetched {
    fn known(&self, label: &str) -> io::Result<Option<Encoding>> {
        let known = fetched()?.known(label);
        Ok(known
            .map(|known| Encoding { name: known.name(), is_single_byte: known.is_single_byte() }))
    }

    fn decoder(&self, name: &str) -> io::Result<Box<dyn Decoder>> {
        let decoder = fetched()?.decoder(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Decoding(decoder)))
    }

    fn detector(&self) -> io::Result<Box<dyn Detector>> {
        Ok(Box::new(Detecting(fetched()?.detector())))
    }
}

struct Decoding(DecoderThere);

impl Decoder for Decoding {
    fn decode(&mut self, bytes: &[u8], is_last: bool) -> io::Result<Vec<u8>> {
        Ok(self.0.decode(bytes, is_last))
    }
}

impl Drop for Decoding {
    fn drop(&mut self) {
        self.0.free();
    }
}

struct Detecting(DetectorThere);

impl Detector for Detecting {
    fn take(&mut self, bytes: &[u8]) {
        self.0.take(bytes);
    }

    fn end(self: Box<Self>) -> io::Result<Verdict> {
        let verdict = self.0.end();
        Ok(Verdict {
            label: verdict.label(),
            name: verdict.called(),
            is_doubtful: verdict.is_doubtful(),
            is_dos: verdict.is_dos(),
        })
    }
}
