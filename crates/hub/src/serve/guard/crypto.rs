//! The guard's cryptography: HMAC-SHA256, RS256, SHA-256 and randomness.

use edge::base64url;
use edge::jwks::RsaKey;
use edge::keys::SessionKey;
use edge::token::Token;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use ring::{digest, hmac};

/// Fills bytes with fresh randomness; false if there is none.
pub fn random(bytes: &mut [u8]) -> bool {
    SystemRandom::new().fill(bytes).is_ok()
}

/// The digest of some bytes.
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// The code of a message.
pub fn sign(key: &SessionKey, message: &[u8]) -> Vec<u8> {
    hmac::sign(&made(key), message).as_ref().to_vec()
}

/// True if a code is that of a message, compared in constant time.
pub fn verify(key: &SessionKey, code: &[u8], message: &[u8]) -> bool {
    hmac::verify(&made(key), message, code).is_ok()
}

/// True if a token was signed by that key.
pub fn verify_rs256(key: &RsaKey, token: &Token) -> bool {
    let (Some(n), Some(e)) = (base64url::decode(&key.n), base64url::decode(&key.e)) else {
        return false;
    };
    let key = RsaPublicKeyComponents { n, e };
    key.verify(&RSA_PKCS1_2048_8192_SHA256, token.signed.as_bytes(), &token.signature).is_ok()
}

fn made(key: &SessionKey) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, &key.secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, the second test case.
    #[test]
    fn codes_are_those_of_the_standard() {
        let key = SessionKey { id: "k".to_owned(), secret: b"Jefe".to_vec() };
        let message = b"what do ya want for nothing?";
        let code = sign(&key, message);
        let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assert!(verify(&key, &code, message));
        assert!(!verify(&key, &code, b"what else?"));
        assert!(!verify(&key, &code[1..], message) && !verify(&key, b"", message));
    }

    /// FIPS 180-4, the one-block example.
    #[test]
    fn digests_are_those_of_the_standard() {
        let text = base64url::encode(&sha256(b"abc"));
        assert_eq!(text, "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }

    #[test]
    fn randomness_differs() {
        let (mut one, mut other) = ([0; 32], [0; 32]);
        assert!(random(&mut one) && random(&mut other));
        assert_ne!(one, other);
    }
}
