//! The cookie that ties a sign-in to the browser it was begun in.
//!
//! The page hands Google the SHA-256 of the cookie's whole value as nonce, and Google puts it into
//! the token. Another browser's token does not fit this browser's cookie, and scripts cannot read
//! the cookie.

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::token::SKEW;

/// Seconds for which a sign-in may take.
pub const SECONDS: u64 = 600;

/// Random bytes in one.
pub const RANDOM_BYTES: usize = 16;

/// What the cookie says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nonce {
    /// Random text.
    pub rnd: String,
    /// When it ends.
    pub exp: u64,
}

impl Nonce {
    /// A new one, from now.
    pub fn begin(rnd: String, now: u64) -> Self {
        Self { rnd, exp: now.saturating_add(SECONDS) }
    }

    /// Reads the verified payload of its cookie.
    ///
    /// # Errors
    /// [`Refusal::NoNonce`] if it has another form or has ended.
    pub fn read(payload: &[u8], now: u64) -> Result<Self, Refusal> {
        let nonce: Self = serde_json::from_slice(payload).map_err(|_| Refusal::NoNonce)?;
        let in_time = now < nonce.exp && nonce.exp <= now.saturating_add(SECONDS + SKEW);
        in_time.then_some(nonce).ok_or(Refusal::NoNonce)
    }

    /// The payload of its cookie.
    pub fn write(&self) -> Vec<u8> {
        // Plain fields of text and numbers: serialising them cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_holds_for_ten_minutes() {
        let nonce = Nonce::begin("r".to_owned(), 5_000);
        assert_eq!(Nonce::read(&nonce.write(), 5_599), Ok(nonce.clone()));
        assert_eq!(Nonce::read(&nonce.write(), 5_600), Err(Refusal::NoNonce));
        let far = Nonce { exp: 90_000, ..nonce };
        assert_eq!(Nonce::read(&far.write(), 5_000), Err(Refusal::NoNonce));
    }

    proptest! {
        #[test]
        fn no_payload_panics(payload in proptest::collection::vec(any::<u8>(), 0..99), now: u64) {
            let _ = Nonce::read(&payload, now);
        }
    }
}
