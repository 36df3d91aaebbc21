//! Remembers millions of text keys in few bytes each: by a 128-bit hash, not by the text.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use anyhow::{Context, Result};

/// Two independent 64-bit hashes; for ten million keys a clash is rarer than one in 10^24.
fn hash(key: &[u8]) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(salt);
        hasher.write(key);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

/// A hash of several texts, of which none can be taken for a part of its neighbour.
pub fn short_hash(texts: &[impl AsRef<str>]) -> u64 {
    hash_of(texts, DefaultHasher::new())
}

/// The same with twice the bits, for what must not be taken for each other among millions.
pub fn long_hash(texts: &[impl AsRef<str>]) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(salt);
        u128::from(hash_of(texts, hasher))
    };
    half(1) << 64 | half(2)
}

fn hash_of(texts: &[impl AsRef<str>], mut hasher: DefaultHasher) -> u64 {
    for text in texts {
        hasher.write(text.as_ref().as_bytes());
        // No UTF-8 has this byte.
        hasher.write_u8(u8::MAX);
    }
    hasher.finish()
}

/// Numbers keys from 0 by first appearance.
#[derive(Default)]
pub struct KeyNumbers {
    numbers: HashMap<u128, u32>,
    last: Option<(Vec<u8>, u32)>,
}

impl KeyNumbers {
    /// The key's number.
    ///
    /// # Errors
    /// Beyond 2^32 keys.
    pub fn number(&mut self, key: &[u8]) -> Result<u32> {
        // Lines of one order stand together.
        if let Some((last, number)) = &self.last
            && last == key
        {
            return Ok(*number);
        }
        let next = u32::try_from(self.numbers.len()).context("too many orders")?;
        let number = *self.numbers.entry(hash(key)).or_insert(next);
        self.last = Some((key.to_vec(), number));
        Ok(number)
    }
}

/// Keys seen so far.
#[derive(Default)]
pub struct KeySet {
    seen: HashSet<u128>,
}

impl KeySet {
    /// Adds a key; false if it was there.
    pub fn insert(&mut self, key: &str) -> bool {
        self.seen.insert(hash(key.as_bytes()))
    }

    /// Whether the key was added.
    pub fn contains(&self, key: &str) -> bool {
        self.seen.contains(&hash(key.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_first_appearance() {
        let mut numbers = KeyNumbers::default();
        let of = ["b", "a", "a", "b", "c"].map(|key| numbers.number(key.as_bytes()).unwrap());
        assert_eq!(of, [0, 1, 1, 0, 2]);
    }

    #[test]
    fn sets_notice_repeats() {
        let mut set = KeySet::default();
        assert!(set.insert("x") && set.insert("y") && !set.insert("x"));
        assert!(set.contains("y") && !set.contains("z"));
    }
}
