//! The keys that walk through the list.

/// The row after a key; `None` if the key is none of the list's.
pub fn walk(key: &str, at: u32, rows: u32, page: u32) -> Option<u32> {
    let last = rows.checked_sub(1)?;
    Some(match key {
        "ArrowDown" => at.saturating_add(1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at.saturating_add(page).min(last),
        "PageUp" => at.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn keys_stay_in_the_list() {
        assert_eq!(walk("PageDown", 95, 100, 10), Some(99));
        assert_eq!(walk("ArrowUp", 0, 100, 10), Some(0));
        assert_eq!(walk("End", 3, 100, 10), Some(99));
        assert_eq!(walk("a", 3, 100, 10), None);
        assert_eq!(walk("Home", 0, 0, 10), None);
    }
}
