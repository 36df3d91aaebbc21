//! A text of the importer's, which knows English alone, in the reader's language.

use std::ops::Deref;

use serde::{Deserialize, Deserializer};

/// The text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retold(String);

impl From<String> for Retold {
    /// A text that is of the page's own making.
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Deref for Retold {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Retold {
    fn deserialize<D: Deserializer<'de>>(told: D) -> Result<Self, D::Error> {
        String::deserialize(told).map(|text| Self(words::retell(&text)))
    }
}
