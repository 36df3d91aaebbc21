//! The texts of one language.

use std::collections::HashMap;

/// Texts of a language by their English; empty for English itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog(HashMap<String, String>);

impl Catalog {
    /// The text for an English one.
    pub fn get(&self, english: &str) -> Option<&str> {
        self.0.get(english).map(String::as_str)
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Catalog {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(texts: I) -> Self {
        Self(texts.into_iter().map(|(key, text)| (key.into(), text.into())).collect())
    }
}
