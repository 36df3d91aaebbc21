//! The keys that sign sessions: the first signs, all of them verify, so that they can be rotated.

use crate::base64url;

/// Shortest key taken, in bytes: as long as the code it makes.
pub const SHORTEST: usize = 32;

/// One key with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey {
    /// The name that cookies carry.
    pub id: String,
    /// The secret itself.
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SessionKey({}, secret)", self.id)
    }
}

/// All keys, the signing one first; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRing {
    first: SessionKey,
    older: Vec<SessionKey>,
}

impl KeyRing {
    /// Reads `k2:SECRET,k1:SECRET`, secrets in unpadded base64url; none if any part is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let keys: Vec<SessionKey> = text.split(',').map(key).collect::<Option<_>>()?;
        let named_twice =
            |(at, one): (usize, &SessionKey)| keys[..at].iter().any(|other| other.id == one.id);
        if keys.iter().enumerate().any(named_twice) {
            return None;
        }
        let mut keys = keys.into_iter();
        Some(Self { first: keys.next()?, older: keys.collect() })
    }

    /// The key that signs.
    pub fn signing(&self) -> &SessionKey {
        &self.first
    }

    /// The key of a name, if it still verifies.
    pub fn named(&self, id: &str) -> Option<&SessionKey> {
        std::iter::once(&self.first).chain(&self.older).find(|key| key.id == id)
    }
}

/// True for what may name a key: short, and free of the letters that part a cookie's value.
pub fn is_key_name(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn key(text: &str) -> Option<SessionKey> {
    let (id, secret) = text.trim().split_once(':')?;
    let secret = base64url::decode(secret)?;
    (is_key_name(id) && secret.len() >= SHORTEST).then(|| SessionKey { id: id.to_owned(), secret })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret(byte: u8, length: usize) -> String {
        base64url::encode(&vec![byte; length])
    }

    #[test]
    fn the_first_signs_and_all_verify() {
        let ring = KeyRing::parse(&format!("k2:{}, k1:{}", secret(2, 32), secret(1, 64))).unwrap();
        assert_eq!(ring.signing().id, "k2");
        assert_eq!(ring.named("k1").unwrap().secret.len(), 64);
        assert_eq!(ring.named("k0"), None);
        assert!(!format!("{ring:?}").contains("2, 2"), "a secret in a debug text");
    }

    #[test]
    fn a_wrong_part_spoils_the_whole() {
        let good = secret(1, 32);
        let short = secret(1, 31);
        for text in [
            String::new(),
            "k1".to_owned(),
            "k1:".to_owned(),
            format!("k1:{short}"),
            format!("k1:{good},"),
            format!("k1:{good},k1:{good}"),
            format!("k.1:{good}"),
            format!("k1:{good}=="),
        ] {
            assert_eq!(KeyRing::parse(&text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = KeyRing::parse(&text);
        }
    }
}
