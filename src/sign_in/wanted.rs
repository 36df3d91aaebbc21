//! The view the reader wanted, kept while Google's page has the window. Never a token.

use web_sys::{PopStateEvent, Storage, Url};

use crate::host::place;

const KEY: &str = "insights-hub.wanted";

/// Keeps the view on screen, unless it is the entry.
pub fn remember() {
    let location = gloo::utils::window().location();
    let (path, query) = (location.pathname(), location.search());
    let address = format!("{}{}", path.unwrap_or_default(), query.unwrap_or_default());
    if let Some(storage) = storage().filter(|_| place::absolute(&address) != place::absolute("./"))
    {
        // A browser that keeps nothing shows the dashboard instead.
        let _ = storage.set_item(KEY, &address);
    }
}

/// What was kept, once, if it is a view of this page.
pub fn take() -> Option<String> {
    let storage = storage()?;
    let address = storage.get_item(KEY).ok().flatten()?;
    // It is of no use a second time.
    let _ = storage.remove_item(KEY);
    let base = place::absolute("./");
    Url::new_with_base(&address, &base).ok().map(|url| url.href()).filter(|url| is_view(url, &base))
}

/// Shows a view of this page without loading it again.
pub fn show(address: &str) {
    let window = gloo::utils::window();
    let Ok(history) = window.history() else { return };
    let replaced = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    if replaced.is_ok()
        && let Ok(event) = PopStateEvent::new("popstate")
    {
        // The router listens for this.
        let _ = window.dispatch_event(&event);
    }
}

/// Takes `sign_in=CODE` out of the address, where the edge function has put it.
pub fn code_in_address() -> Option<String> {
    let window = gloo::utils::window();
    let url = Url::new(&window.location().href().ok()?).ok()?;
    let code = url.search_params().get("sign_in")?;
    url.search_params().delete("sign_in");
    let history = window.history().ok()?;
    // An address that stays as it is does no harm.
    let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url.href()));
    Some(code)
}

fn is_view(url: &str, base: &str) -> bool {
    url.len() < 4_000 && url.strip_prefix(base).is_some_and(|inner| !inner.starts_with("api/"))
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn only_views_of_this_page_are_returned_to() {
        let base = place::absolute("./");
        let keep = |text: &str| storage().unwrap().set_item(KEY, text).unwrap();
        let path = Url::new(&base).unwrap().pathname();
        keep(&format!("{path}dashboard?segment=High%20Value"));
        assert_eq!(take(), Some(format!("{base}dashboard?segment=High%20Value")));
        assert_eq!(take(), None, "once");
        for bad in ["https://evil.com/x", "//evil.com/x", "javascript:alert(1)", "/\\evil.com"] {
            keep(bad);
            assert_eq!(take(), None, "{bad}");
        }
        keep(&format!("{path}api/auth/logout"));
        assert_eq!(take(), None);
    }
}
