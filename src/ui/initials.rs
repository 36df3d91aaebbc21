//! What stands for somebody's picture.

/// The first letters of the first and last word, if they begin with letters or digits at all.
pub fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn initials_come_from_letters() {
        for (name, letters) in [
            ("Ada Lovelace", "AL"),
            ("O'Neil", "O"),
            ("<b>Bold</b> Name", "bN"),
            ("李 小龍", "李小"),
            ("🎈", ""),
            ("Ana María de la Cruz", "AC"),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
