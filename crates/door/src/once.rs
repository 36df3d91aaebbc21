//! Names that stand twice in one object, of which readers of JSON keep the last without a word.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A name that stands twice in one object of a JSON text, however it is written there.
pub fn twice(text: &str) -> Option<String> {
    let mut name = None;
    // What else is wrong with the text says whoever reads it.
    let _ = Twice(&mut name).deserialize(&mut serde_json::Deserializer::from_str(text));
    name
}

/// Any value, of which nothing is kept but the last name that was there before.
struct Twice<'a>(&'a mut Option<String>);

impl<'de> DeserializeSeed<'de> for Twice<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Twice<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if names.contains(&name) {
                *self.0 = Some(name);
            } else {
                names.insert(name);
            }
            map.next_value_seed(Twice(self.0))?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Twice(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::twice;

    #[test]
    fn a_name_that_stands_twice_is_found_at_any_depth_and_however_written() {
        for text in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": 1, "\u0061": 1}"#,
            r#"[null, true, -1, 1, 1.5, "a", {"b": [{"a": {}, "c": 0, "a": {}}]}]"#,
        ] {
            assert_eq!(twice(text).as_deref(), Some("a"), "{text}");
        }
        for text in ["{}", r#"{"a": {"a": "a"}, "b": [{"a": 1}, {"a": 1}], "A": 1}"#, "{", ""] {
            assert_eq!(twice(text), None, "{text}");
        }
    }
}
