//! Google's published keys, as fetched, and for how long they may be kept.

use serde::Deserialize;
use serde_json::Value;

use crate::base64url;

/// Longest answer read, in bytes.
pub const LONGEST: usize = 64 * 1024;

const MOST_KEYS: usize = 20;
const SHORTEST_MODULUS: usize = 256;
const DEFAULT_SECONDS: u64 = 3_600;
/// Seconds for which keys are kept at most, whatever is said.
pub const LONGEST_KEPT: u64 = 86_400;
const SECONDS: std::ops::RangeInclusive<u64> = 300..=LONGEST_KEPT;

/// One RSA key, in the text form in which it was published and is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsaKey {
    /// Its name.
    pub kid: String,
    /// Modulus, base64url.
    pub n: String,
    /// Exponent, base64url.
    pub e: String,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

/// Reads the keys that verify RS256; other keys, and entries that are none, are passed over. None if it is no set of keys, or
/// none in it serves.
pub fn read(text: &[u8]) -> Option<Vec<RsaKey>> {
    let published: Published = serde_json::from_slice(text).ok()?;
    let keys: Vec<RsaKey> = published.keys.iter().take(MOST_KEYS).filter_map(key).collect();
    (!keys.is_empty()).then_some(keys)
}

/// Seconds for which keys may be kept, by the answer's `Cache-Control`.
pub fn seconds_to_keep(cache_control: Option<&str>) -> u64 {
    let directives = cache_control.unwrap_or_default().split(',');
    let max_age = directives.filter_map(|part| part.trim().strip_prefix("max-age=")).next();
    let seconds = max_age.and_then(|digits| digits.parse().ok()).unwrap_or(DEFAULT_SECONDS);
    seconds.clamp(*SECONDS.start(), *SECONDS.end())
}

fn key(jwk: &Value) -> Option<RsaKey> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let says = |name: &str, word: &str| jwk.get(name).is_none_or(|it| it == word);
    let serves = text("kty") == Some("RSA") && says("alg", "RS256") && says("use", "sig");
    let (kid, n, e) = (text("kid")?, text("n")?, text("e")?);
    let strong = base64url::decode(n)?.len() >= SHORTEST_MODULUS;
    let whole = !kid.is_empty() && base64url::decode(e).is_some_and(|bytes| !bytes.is_empty());
    let owned = || RsaKey { kid: kid.to_owned(), n: n.to_owned(), e: e.to_owned() };
    (serves && strong && whole).then(owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jwk(change: (&str, serde_json::Value)) -> serde_json::Value {
        let n = base64url::encode(&[1; 256]);
        let mut jwk = serde_json::json!({
            "kty": "RSA", "kid": "a", "n": n, "e": "AQAB", "alg": "RS256", "use": "sig"
        });
        jwk[change.0] = change.1;
        jwk
    }

    fn read_one(jwk: serde_json::Value) -> Option<Vec<RsaKey>> {
        read(serde_json::json!({ "keys": [jwk] }).to_string().as_bytes())
    }

    #[test]
    fn only_strong_rsa_keys_for_signatures_serve() {
        assert_eq!(read_one(jwk(("kid", "b".into()))).unwrap()[0].kid, "b");
        for (field, value) in [
            ("kty", "oct".into()),
            ("alg", "RS512".into()),
            ("use", "enc".into()),
            ("n", base64url::encode(&[1; 128]).into()),
            ("e", "".into()),
            ("kid", 1.into()),
            ("kid", "".into()),
        ] {
            assert_eq!(read_one(jwk((field, value))), None, "{field}");
        }
        let elliptic = serde_json::json!({ "kty": "EC", "kid": "c", "crv": "P-256" });
        let mixed = serde_json::json!({ "keys": [elliptic, jwk(("kid", "b".into()))] });
        assert_eq!(read(mixed.to_string().as_bytes()).unwrap().len(), 1);
        assert_eq!(read(b"{\"keys\":[]}"), None);
    }

    #[test]
    fn an_entry_that_is_no_key_takes_no_other_along() {
        for odd in [
            serde_json::json!(null),
            serde_json::json!("key"),
            serde_json::json!([]),
            serde_json::json!({}),
            jwk(("kty", 7.into())),
            jwk(("n", 7.into())),
            jwk(("use", serde_json::json!(["sig"]))),
        ] {
            let text = serde_json::json!({ "keys": [odd, jwk(("kid", "b".into()))] }).to_string();
            assert_eq!(read(text.as_bytes()).unwrap().len(), 1, "{text}");
        }
    }

    #[test]
    fn the_answer_says_for_how_long() {
        assert_eq!(seconds_to_keep(Some("public, max-age=20000, must-revalidate")), 20_000);
        assert_eq!(seconds_to_keep(Some("max-age=1")), 300);
        assert_eq!(seconds_to_keep(Some("max-age=99999999999999999999")), 3_600);
        assert_eq!(seconds_to_keep(None), 3_600);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", header in "\\PC*") {
            let _ = (read(text.as_bytes()), seconds_to_keep(Some(&header)));
        }
    }
}
