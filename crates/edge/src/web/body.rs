//! Reading a body up to a limit, so that nobody can fill the memory.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, ReadableStreamDefaultReader, Request};

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
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    while let Some(chunk) = next(&reader).await? {
        if bytes.len() + chunk.len() > most {
            // What is left is not wanted; whether the sender learns of it does not matter.
            let _ = reader.cancel();
            return Err(Refusal::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, Refusal> {
    let step: JsValue = reader.read().await.map_err(|_| Refusal::BadBody)?;
    let field =
        |name: &str| Reflect::get(&step, &JsValue::from_str(name)).map_err(|_| Refusal::BadBody);
    if field("done")?.is_truthy() {
        return Ok(None);
    }
    Ok(Some(Uint8Array::new(&field("value")?).to_vec()))
}
