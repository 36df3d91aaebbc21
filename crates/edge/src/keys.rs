//! The keys that sign sessions: the first signs, all of them verify, so that they can be rotated.

use crate::base64url;

/// Shortest key taken, in bytes: as long as the code it makes.
pub const SHORTEST: usize = 32;

/// Fewest different bytes in a key. Among 32 random ones there are about 30; fewer than this
/// come once in billions of keys.
const FEWEST_DIFFERENT: usize = 16;

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
    let strong = secret.len() >= SHORTEST && looks_random(&secret);
    (is_key_name(id) && strong).then(|| SessionKey { id: id.to_owned(), secret })
}

/// False for what nobody's random numbers give: zeros, a word over and over, bytes in a row.
fn looks_random(secret: &[u8]) -> bool {
    let different = count_different(secret.iter().copied());
    let steps = count_different(secret.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])));
    let repeats = |period: usize| secret[period..] == secret[..secret.len() - period];
    let over_and_over = (1..=secret.len() / 2).any(repeats);
    different >= FEWEST_DIFFERENT && steps >= FEWEST_DIFFERENT / 2 && !over_and_over
}

fn count_different(bytes: impl Iterator<Item = u8>) -> usize {
    let mut seen = [false; 256];
    bytes.for_each(|byte| seen[usize::from(byte)] = true);
    seen.iter().filter(|seen| **seen).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bytes that look like chance, others for each seed.
    fn bytes(seed: u8, length: usize) -> Vec<u8> {
        let mut state = u32::from(seed) + 1;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    fn secret(seed: u8, length: usize) -> String {
        base64url::encode(&bytes(seed, length))
    }

    #[test]
    fn the_first_signs_and_all_verify() {
        let ring = KeyRing::parse(&format!("k2:{}, k1:{}", secret(2, 32), secret(1, 64))).unwrap();
        assert_eq!(ring.signing().id, "k2");
        assert_eq!(ring.named("k1").unwrap().secret.len(), 64);
        assert_eq!(ring.named("k0"), None);
        let debug = format!("{ring:?}");
        assert_eq!(debug.matches("secret)").count(), 2, "a secret in a debug text: {debug}");
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

    #[test]
    fn keys_that_anybody_could_guess_are_none() {
        let ascending: Vec<u8> = (0..32).collect();
        let descending: Vec<u8> = (0..64).rev().map(|byte| byte * 3).collect();
        let doubled = bytes(1, 24).repeat(2);
        for weak in [
            vec![0; 32],
            vec![255; 64],
            b"changeme".repeat(5),
            b"0123456789".repeat(4),
            b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab".to_vec(),
            ascending,
            descending,
            doubled,
        ] {
            let text = format!("k1:{}", base64url::encode(&weak));
            assert_eq!(KeyRing::parse(&text), None, "{weak:?}");
        }
    }

    proptest! {
        #[test]
        fn random_keys_are_taken(secret in proptest::array::uniform32(any::<u8>())) {
            let text = format!("k1:{}", base64url::encode(&secret));
            prop_assert!(KeyRing::parse(&text).is_some());
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = KeyRing::parse(&text);
        }
    }
}
