//! Who somebody is where no edge function answers: Google's token read for show, in this page alone.
//!
//! Its signature is not checked: whoever can forge it here can also read the public data without.

use serde::Deserialize;

use super::session::{Session, User};
use super::trouble::Trouble;
use crate::session::config::GoogleConfig;

/// Seconds by which Google's clock and this machine's may differ.
const SKEW: f64 = 60.0;

const ISSUERS: [&str; 2] = ["https://accounts.google.com", "accounts.google.com"];

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    exp: f64,
    iat: f64,
    nonce: Option<String>,
    hd: Option<String>,
    #[serde(flatten)]
    user: User,
}

/// The session that a token stands for.
///
/// # Errors
/// What the reader is told if it is not for this page, this try or this time.
pub fn read(
    credential: &str,
    google: &GoogleConfig,
    nonce: &str,
    now: f64,
) -> Result<Session, Trouble> {
    let refused = |why: &str| Trouble::Refused(why.to_owned());
    let claims = claims(credential).ok_or_else(|| refused("bad_token"))?;
    if !ISSUERS.contains(&claims.iss.as_str()) {
        return Err(refused("wrong_issuer"));
    }
    if claims.aud != google.client_id {
        return Err(refused("wrong_audience"));
    }
    if claims.nonce.as_deref() != Some(nonce) {
        return Err(Trouble::Stale);
    }
    if claims.exp + SKEW <= now || claims.iat > now + SKEW {
        return Err(Trouble::Clock);
    }
    if let Some(domain) = &google.hosted_domain {
        let same = |hd: &String| hd.eq_ignore_ascii_case(domain);
        if !claims.hd.as_ref().is_some_and(same) {
            return Err(Trouble::WrongDomain(domain.clone()));
        }
    }
    let (expires_at, ends_at) = (claims.exp, claims.exp);
    Ok(Session { user: claims.user, expires_at, ends_at, skew: 0.0 })
}

fn claims(credential: &str) -> Option<Claims> {
    let mut parts = credential.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    let standard = payload.replace('-', "+").replace('_', "/");
    let letters = web_sys::window()?.atob(&standard).ok()?;
    // One letter a byte.
    let bytes: Option<Vec<u8>> =
        letters.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    serde_json::from_str(std::str::from_utf8(&bytes?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::session::config::{Config, SignInConfig};

    const CLIENT: &str = "1-a.apps.googleusercontent.com";
    const NOW: f64 = 1_800_000_000.0;

    fn google() -> GoogleConfig {
        let signs = json!({"clientId": CLIENT, "hostedDomain": "example.com"});
        match Config::read(&json!({ "signIn": signs }).to_string()).0.sign_in {
            SignInConfig::Google(google) => google,
            other => panic!("{other:?}"),
        }
    }

    fn token(changes: &Value) -> String {
        let mut claims = json!({
            "iss": "https://accounts.google.com", "aud": CLIENT, "sub": "7", "hd": "example.com",
            "name": "Ann Exámple", "exp": NOW + 3_600.0, "iat": NOW, "nonce": "n"
        });
        for (key, value) in changes.as_object().unwrap() {
            claims[key] = value.clone();
        }
        let bytes: String = claims.to_string().bytes().map(char::from).collect();
        let text = web_sys::window().unwrap().btoa(&bytes).unwrap();
        format!("e30.{}.x", text.replace('+', "-").replace('/', "_").replace('=', ""))
    }

    fn refusal(changes: &Value) -> Option<&'static str> {
        read(&token(changes), &google(), "n", NOW).err().map(|trouble| trouble.code())
    }

    #[wasm_bindgen_test]
    fn a_token_for_this_page_says_who_it_is() {
        let session = read(&token(&json!({})), &google(), "n", NOW).unwrap();
        assert_eq!(session.user.label(), "Ann Exámple");
        assert_eq!(session.expires_at, NOW + 3_600.0);
        assert!(session.is_final());
    }

    #[wasm_bindgen_test]
    fn other_tokens_are_refused() {
        for (changes, code) in [
            (json!({"aud": "2-b.apps.googleusercontent.com"}), "refused"),
            (json!({"iss": "https://evil.com"}), "refused"),
            (json!({"sub": null}), "refused"),
            (json!({"nonce": "other"}), "stale"),
            (json!({"nonce": null}), "stale"),
            (json!({"exp": NOW - 61.0}), "clock"),
            (json!({"iat": NOW + 61.0}), "clock"),
            (json!({"hd": null}), "wrong-domain"),
            (json!({"hd": "other.com"}), "wrong-domain"),
        ] {
            assert_eq!(refusal(&changes), Some(code), "{changes}");
        }
        for text in ["", "a.b", "a.b.c", "a.ÿ.c", "e30.e30.e30"] {
            assert!(read(text, &google(), "n", NOW).is_err());
        }
    }
}
