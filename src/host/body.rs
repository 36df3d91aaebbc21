//! Bodies of answers, read no further than they may be long.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// A body of so many bytes at most as text; none of a longer one, which is not read to its end.
pub async fn text_within(body: Option<ReadableStream>, most: usize) -> Option<String> {
    let Some(body) = body else { return Some(String::new()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut text = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.ok()?;
        let bytes = Reflect::get(&piece, &JsValue::from_str("value")).ok()?;
        let Ok(bytes) = bytes.dyn_into::<Uint8Array>() else { break };
        if text.len() + bytes.length() as usize > most {
            // Nobody waits for the end of a transfer that is given up.
            let _ = reader.cancel();
            return None;
        }
        text.extend(bytes.to_vec());
    }
    String::from_utf8(text).ok()
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
