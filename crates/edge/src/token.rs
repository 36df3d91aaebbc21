//! An ID token taken apart: its header, its claims and the bytes that its signature covers.

use serde::Deserialize;

use crate::{Refusal, base64url};

/// Seconds by which the clocks of two edges, or of Google and the edge, may differ.
pub const SKEW: u64 = 60;

/// Longest token looked at, in bytes; checked before anything else.
pub const LONGEST: usize = 8 * 1024;

/// A token taken apart; nothing in it is to be believed before the signature is verified.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    /// Name of the key that is said to have signed it.
    pub key: String,
    /// What the signature covers.
    pub signed: String,
    /// The signature.
    pub signature: Vec<u8>,
    claims: Vec<u8>,
}

/// What Google says of the account, in the types Google uses; any other type is refused.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// The application it was issued for.
    pub aud: String,
    /// The application that asked for it.
    pub azp: Option<String>,
    /// The account's id.
    pub sub: String,
    /// When it was issued.
    pub iat: u64,
    /// When it ends.
    pub exp: u64,
    /// From when it is valid.
    pub nbf: Option<u64>,
    /// What the page handed over.
    pub nonce: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// True if Google has verified the address.
    pub email_verified: Option<bool>,
    /// Workspace domain.
    pub hd: Option<String>,
    /// Name to show.
    pub name: Option<String>,
    /// Address of a picture to show.
    pub picture: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
    typ: Option<String>,
    // Extensions that must be understood: none is, so the very presence refuses the token.
    #[serde(default)]
    crit: Present,
}

/// True if a field is there, whatever it holds.
#[derive(Default)]
struct Present(bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(from).map(|_| Self(true))
    }
}

impl Token {
    /// Takes a token apart.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`], or [`Refusal::BadToken`] if it is not three parts of canonical
    /// base64url under a header that says RS256 and names its key.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if text.len() > LONGEST {
            return Err(Refusal::TooLarge);
        }
        take_apart(text).ok_or(Refusal::BadToken)
    }

    /// Reads the claims; call it once the signature is verified.
    ///
    /// # Errors
    /// [`Refusal::BadToken`] if one is missing or has another type than Google's.
    pub fn claims(&self) -> Result<Claims, Refusal> {
        serde_json::from_slice(&self.claims).map_err(|_| Refusal::BadToken)
    }
}

fn take_apart(text: &str) -> Option<Token> {
    let (signed, signature) = text.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    if claims.contains('.') {
        return None;
    }
    let header: Header = serde_json::from_slice(&base64url::decode(header)?).ok()?;
    let typ = header.typ.as_deref().unwrap_or("JWT");
    let fits = header.alg == "RS256" && typ == "JWT" && !header.crit.0;
    let named = (1..=200).contains(&header.kid.len());
    (fits && named).then_some(())?;
    Some(Token {
        key: header.kid,
        signed: signed.to_owned(),
        signature: base64url::decode(signature)?,
        claims: base64url::decode(claims)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn token(header: &str, claims: &str) -> String {
        let parts = [header, claims, "signature"].map(|part| base64url::encode(part.as_bytes()));
        parts.join(".")
    }

    const HEADER: &str = r#"{"alg":"RS256","kid":"a","typ":"JWT"}"#;

    #[test]
    fn a_token_is_taken_apart() {
        let text = token(HEADER, "{}");
        let read = Token::read(&text).unwrap();
        assert_eq!((read.key.as_str(), read.signature.as_slice()), ("a", &b"signature"[..]));
        assert!(text.starts_with(&read.signed));
        assert_eq!(read.claims(), Err(Refusal::BadToken));
    }

    #[test]
    fn other_headers_are_refused() {
        for header in [
            r#"{"alg":"none","kid":"a"}"#,
            r#"{"alg":"HS256","kid":"a"}"#,
            r#"{"alg":"rs256","kid":"a"}"#,
            r#"{"alg":["RS256"],"kid":"a"}"#,
            r#"{"alg":"RS256"}"#,
            r#"{"alg":"RS256","kid":""}"#,
            r#"{"alg":"RS256","kid":7}"#,
            r#"{"alg":"RS256","alg":"none","kid":"a"}"#,
            r#"{"alg":"RS256","kid":"a","crit":["exp"]}"#,
            r#"{"alg":"RS256","kid":"a","crit":null}"#,
            r#"{"alg":"RS256","kid":"a","typ":"at+jwt"}"#,
            "[]",
        ] {
            assert_eq!(Token::read(&token(header, "{}")), Err(Refusal::BadToken), "{header}");
        }
        let good = token(HEADER, "{}");
        for text in [String::new(), format!("{good}.x"), format!("{good}="), good.replace('.', "")]
        {
            assert_eq!(Token::read(&text), Err(Refusal::BadToken), "{text}");
        }
        assert_eq!(Token::read(&"a".repeat(LONGEST + 1)), Err(Refusal::TooLarge));
    }

    #[test]
    fn odd_claims_are_refused() {
        let claims = |change: &str| {
            let text = format!(r#"{{"iss":"i","aud":"a","sub":"s","iat":1,{change}}}"#);
            Token::read(&token(HEADER, &text)).unwrap().claims()
        };
        assert!(claims(r#""exp":2"#).is_ok());
        for odd in [
            r#""exp":"2""#,
            r#""exp":2.5"#,
            r#""exp":-2"#,
            r#""exp":1e300"#,
            r#""exp":null"#,
            r#""nbf":1"#,
            r#""exp":2,"exp":3"#,
            r#""exp":2,"aud":"b""#,
            r#""exp":2,"email_verified":"true""#,
            r#""exp":2,"hd":["example.com"]"#,
        ] {
            assert_eq!(claims(odd), Err(Refusal::BadToken), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = Token::read(&text);
        }

        #[test]
        fn no_parts_panic(header in "\\PC*", claims in "\\PC*") {
            if let Ok(read) = Token::read(&token(&header, &claims)) {
                let _ = read.claims();
            }
            let _ = Token::read(&token(HEADER, &claims)).map(|read| read.claims());
        }
    }
}
