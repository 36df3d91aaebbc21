//! Files that the reader has handed to the page. They are read as if a host served them, by an address
//! that no host can have, and no request for them ever leaves the page.

use wasm_bindgen::prelude::*;
use web_sys::{Blob, Response};

/// Where they lie: a name that is reserved for what does not exist, so that a request that were sent
/// all the same would come to nobody.
const PLACE: &str = "https://own.files.invalid/";

#[wasm_bindgen(inline_js = r#"
// In the page they are put here one by one; a worker of the page is given all of them at once.
const files = (globalThis.hubHeld ??= new Map());
export const hold = (url, file) => { files.set(url, file); };
export const letGo = (folder) => {
  for (const url of [...files.keys()]) if (url.startsWith(folder)) files.delete(url);
};
export const held = (url) => files.get(url);
export const all = () => files;
export const answer = (url, from, to) => {
  const file = files.get(url);
  if (!file) return new Response(null, { status: 404 });
  if (to < 0) return new Response(file, { headers: { "Content-Length": String(file.size) } });
  const end = Math.min(to + 1, file.size);
  if (from >= end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${file.size}` } });
  const headers = { "Content-Range": `bytes ${from}-${end - 1}/${file.size}` };
  return new Response(file.slice(from, end), { status: 206, headers });
};
"#)]
extern "C" {
    fn hold(url: &str, file: &Blob);
    #[wasm_bindgen(js_name = letGo)]
    fn let_go(folder: &str);
    fn held(url: &str) -> Option<Blob>;
    #[wasm_bindgen(js_name = all)]
    fn all_files() -> JsValue;
    #[wasm_bindgen(catch, js_name = answer)]
    fn respond(url: &str, from: f64, to: f64) -> Result<Response, JsValue>;
}

/// A folder of files that are held as long as this lives.
#[derive(Debug, PartialEq, Eq)]
pub struct Folder(String);

impl Folder {
    /// A folder for what has this id.
    pub fn new(id: &str) -> Self {
        Self(format!("{PLACE}{id}/"))
    }

    /// Puts a file there.
    pub fn hold(&self, name: &str, file: &Blob) {
        hold(&self.address(name), file);
    }

    /// The address of a file in it.
    pub fn address(&self, name: &str) -> String {
        format!("{}{name}", self.0)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let_go(&self.0);
    }
}

/// True for an address at which only files that are held can lie.
pub fn is_here(url: &str) -> bool {
    url.starts_with(PLACE)
}

/// The file at an address.
pub fn file(url: &str) -> Option<Blob> {
    is_here(url).then(|| held(url)).flatten()
}

/// All of them, for a worker of this page.
pub fn all() -> JsValue {
    all_files()
}

/// What a host would answer: a whole file, or the bytes from the first to the last, both included.
///
/// # Errors
/// The browser's own exception if it makes no such answer.
pub fn answer(url: &str, range: Option<(u64, u64)>) -> Result<Response, JsValue> {
    let (from, to) = range.map_or((0.0, -1.0), |(from, to)| (from as f64, to as f64));
    respond(url, from, to)
}

#[cfg(test)]
mod tests {
    use js_sys::{Array, JsString};
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    async fn text(response: &Response) -> String {
        let text = JsFuture::from(response.text().unwrap()).await.unwrap();
        text.unchecked_into::<JsString>().into()
    }

    #[wasm_bindgen_test]
    async fn they_are_answered_as_a_host_would_until_they_are_let_go_of() {
        let folder = Folder::new("some");
        let parts = Array::of1(&JsValue::from_str("0123456789"));
        folder.hold("a.bin", &Blob::new_with_str_sequence(&parts).unwrap());
        let url = folder.address("a.bin");
        assert!(is_here(&url) && !is_here("https://shop.example/a.bin"));
        let whole = answer(&url, None).unwrap();
        assert_eq!((whole.status(), text(&whole).await.as_str()), (200, "0123456789"));
        for (range, said, bytes) in
            [((2, 4), "bytes 2-4/10", "234"), ((8, 30), "bytes 8-9/10", "89")]
        {
            let part = answer(&url, Some(range)).unwrap();
            assert_eq!(part.status(), 206);
            assert_eq!(part.headers().get("Content-Range").unwrap().as_deref(), Some(said));
            assert_eq!(text(&part).await, bytes);
        }
        assert_eq!(answer(&url, Some((10, 12))).unwrap().status(), 416);
        assert_eq!(answer(&folder.address("b"), None).unwrap().status(), 404);
        drop(folder);
        assert!(file(&url).is_none());
        assert_eq!(answer(&url, None).unwrap().status(), 404);
    }
}
