//! Texts of data in messages and comments.

use crate::import::visible::visible;

/// A text as messages show it: what cannot be seen is visible, and it is not long.
pub fn short(text: &str) -> String {
    visible(text)
}

/// A text that may be long, on one line.
pub fn whole(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// So many things, in words.
pub fn count(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A path as an argument of a command.
pub fn argument(path: &str) -> String {
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || "/._-:\\~".contains(c));
    if is_plain { path.to_owned() } else { format!("'{}'", whole(path).replace('\'', "'\\''")) }
}
