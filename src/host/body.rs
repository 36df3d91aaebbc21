//! Bodies of answers, read no further than they may be long.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// A body that comes in pieces; an answer may have none.
pub struct Body(Option<ReadableStreamDefaultReader>);

/// Why a body was not read to its end.
#[derive(Debug)]
pub enum Cut {
    /// The transfer failed when so many bytes had come.
    Failed(u64),
    /// It is longer than it may be: so many bytes had come.
    Long(u64),
}

impl Body {
    /// The body of an answer, which nobody else reads.
    pub fn of(stream: Option<ReadableStream>) -> Self {
        Self(stream.map(|stream| stream.get_reader().unchecked_into()))
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// If the transfer fails.
    pub async fn next(&self) -> Result<Option<Uint8Array>, JsValue> {
        let Some(reader) = &self.0 else { return Ok(None) };
        let piece = JsFuture::from(reader.read()).await?;
        let bytes = Reflect::get(&piece, &JsValue::from_str("value"))?;
        Ok(bytes.dyn_into().ok())
    }

    /// All of it, if that is so many bytes at most: a host may send whatever it likes.
    ///
    /// # Errors
    /// If the transfer fails, or the body is longer; then it is not read to its end.
    pub async fn within(self, most: u64) -> Result<Vec<u8>, Cut> {
        self.heard_within(most, || ()).await
    }

    /// The same, and somebody is told of each piece that comes.
    ///
    /// # Errors
    /// As [`Body::within`].
    pub async fn heard_within(self, most: u64, heard: impl Fn()) -> Result<Vec<u8>, Cut> {
        let mut body = Vec::<u8>::new();
        while let Some(piece) = self.next().await.map_err(|_| Cut::Failed(body.len() as u64))? {
            heard();
            let found = (body.len() as u64).saturating_add(piece.length().into());
            let room = usize::try_from(found).is_ok_and(|found| {
                found <= body.capacity() || body.try_reserve(found - body.len()).is_ok()
            });
            if found > most || !room {
                // Nobody waits for the end of a transfer that is given up.
                let _ = self.0.map(|reader| reader.cancel());
                return Err(Cut::Long(found));
            }
            let at = body.len();
            body.resize(at + piece.length() as usize, 0);
            piece.copy_to(&mut body[at..]);
        }
        Ok(body)
    }
}

/// A body of so many bytes at most as text; none of a longer one, which is not read to its end.
pub async fn text_within(body: Option<ReadableStream>, most: u64) -> Option<String> {
    String::from_utf8(Body::of(body).within(most).await.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::Response;

    use super::*;

    #[wasm_bindgen_test]
    async fn a_text_is_read_as_far_as_it_may_be_long() {
        let body = |text: &str| Response::new_with_opt_str(Some(text)).unwrap().body();
        assert_eq!(text_within(body("a\u{e9}"), 3).await.as_deref(), Some("a\u{e9}"));
        assert_eq!(text_within(body("a\u{e9}"), 2).await, None);
        assert_eq!(text_within(None, 2).await.as_deref(), Some(""));
    }
}
