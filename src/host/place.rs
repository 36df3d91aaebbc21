//! Addresses: everything the page fetches is resolved against `document.baseURI`.

use web_sys::Url;

/// A path beside the page, or an address of its own, as an absolute address.
pub fn absolute(path: &str) -> String {
    let base = gloo::utils::document().base_uri().ok().flatten().unwrap_or_default();
    // An address that cannot be parsed is shown as written in the error that follows.
    Url::new_with_base(path, &base).map_or_else(|_| path.to_owned(), |url| url.href())
}

/// The address of a WebSocket: a path beside the page is one of the page's own host.
pub fn socket(path: &str) -> String {
    let address = absolute(path);
    match address.strip_prefix("http") {
        Some(rest) => format!("ws{rest}"),
        None => address,
    }
}

/// The page's place on its host, as in `/shop/`: what tells it from other hubs there.
pub fn path() -> String {
    Url::new(&absolute(".")).map_or_else(|_| "/".to_owned(), |url| url.pathname())
}

/// The folder with the bundled JavaScript, as an absolute address that ends in a slash.
pub fn scripts() -> String {
    let meta = gloo::utils::document().query_selector("meta[name=hub-js]").ok().flatten();
    let folder = meta.and_then(|meta| meta.get_attribute("content"));
    absolute(folder.as_deref().unwrap_or("js/"))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn paths_are_beside_the_page_and_addresses_stay() {
        let base = gloo::utils::document().base_uri().unwrap().unwrap();
        assert!(absolute("config.json").ends_with("/config.json"));
        assert_eq!(absolute("./"), base.rsplit_once('/').unwrap().0.to_owned() + "/");
        assert_eq!(absolute("https://data.example/m.json"), "https://data.example/m.json");
        assert!(scripts().ends_with('/'));
    }
}
