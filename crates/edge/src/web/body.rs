//! Reading a body up to a limit, so that nobody can fill the memory.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, ReadableStreamDefaultReader, Request};

use super::host;
use crate::Refusal;

/// The body of a request.
pub async fn read(request: &Request, most: usize) -> Result<Vec<u8>, Refusal> {
    let said = request.headers().get("content-length").ok().flatten();
    let said_length = said.and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    if said_length > most {
        return Err(Refusal::TooLarge);
    }
    limited(request.body(), most).await
}

/// All bytes of a stream.
pub async fn limited(stream: Option<ReadableStream>, most: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let Some(stream) = stream else { return Ok(bytes) };
    let reader = Reader::new(&stream, None)?;
    while let Some(piece) = reader.next().await? {
        if bytes.len().saturating_add(piece.length() as usize) > most {
            reader.give_up();
            return Err(Refusal::TooLarge);
        }
        bytes.extend_from_slice(&piece.to_vec());
    }
    Ok(bytes)
}

/// Reads a stream piece by piece.
pub struct Reader {
    reader: ReadableStreamDefaultReader,
    /// Settles when there is no more time.
    end: Option<Promise>,
}

impl Reader {
    /// Of that stream, for so many milliseconds in all.
    pub fn new(stream: &ReadableStream, patience_ms: Option<i32>) -> Result<Self, Refusal> {
        if stream.locked() {
            return Err(Refusal::BadBody);
        }
        let reader = stream.get_reader().unchecked_into();
        Ok(Self { reader, end: patience_ms.map(host::after) })
    }

    /// The next piece, or none at the end.
    pub async fn next(&self) -> Result<Option<Uint8Array>, Refusal> {
        let read: Promise = self.reader.read().unchecked_into();
        let step = match &self.end {
            Some(end) => Promise::race(&Array::of2(&read, end)),
            None => read,
        };
        let step: JsValue = step.await.map_err(|_| Refusal::BadBody)?;
        // Out of time, there is no step.
        let field = |name: &str| {
            Reflect::get(&step, &JsValue::from_str(name)).map_err(|_| Refusal::BadBody)
        };
        if field("done")?.is_truthy() {
            return Ok(None);
        }
        field("value")?.dyn_into().map(Some).map_err(|_| Refusal::BadBody)
    }

    /// What is left is not wanted; whether the sender learns of it does not matter.
    pub fn give_up(self) {
        let _ = self.reader.cancel();
    }
}
