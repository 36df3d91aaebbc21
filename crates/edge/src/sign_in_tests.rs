//! Tests of the claims' checks, one case a claim.

use super::*;
use proptest::prelude::*;

const NOW: u64 = 1_800_000_000;

fn claims() -> Claims {
    Claims {
        iss: ISSUERS[0].to_owned(),
        aud: "client".to_owned(),
        azp: Some("client".to_owned()),
        sub: "1234567890".to_owned(),
        iat: NOW - 10,
        exp: NOW + 3590,
        nbf: None,
        nonce: Some("nonce".to_owned()),
        email: Some("ann@example.com".to_owned()),
        email_verified: Some(true),
        hd: Some("example.com".to_owned()),
        name: Some("Ann Example".to_owned()),
        picture: Some("https://lh3.googleusercontent.com/a/x=s96-c".to_owned()),
    }
}

fn checked(claims: Claims) -> Result<Identity, Refusal> {
    let allow = AllowLists {
        domains: vec!["example.com".to_owned()],
        emails: vec!["bob@elsewhere.net".to_owned()],
        anyone: false,
    };
    let clients = ["client".to_owned()];
    check(claims, &Expected { clients: &clients, allow: &allow, nonce: "nonce", now: NOW })
}

#[test]
fn a_good_token_gives_an_identity() {
    let identity = checked(claims()).unwrap();
    assert_eq!(identity.email.as_deref(), Some("ann@example.com"));
    assert_eq!(identity.picture, claims().picture);
    assert!(checked(Claims { iss: ISSUERS[1].to_owned(), azp: None, ..claims() }).is_ok());
}

#[test]
fn each_claim_that_does_not_fit_is_named() {
    let text = |text: &str| text.to_owned();
    let good = claims();
    for (wrong, refusal) in [
        (
            Claims { iss: text("https://accounts.google.com/"), ..good.clone() },
            Refusal::WrongIssuer,
        ),
        (Claims { aud: text("other"), ..good.clone() }, Refusal::WrongAudience),
        (Claims { azp: Some(text("other")), ..good.clone() }, Refusal::WrongAudience),
        (Claims { iat: NOW - 3_600, exp: NOW - 60, ..good.clone() }, Refusal::TokenExpired),
        (Claims { iat: NOW + 61, ..good.clone() }, Refusal::TokenNotYetValid),
        (Claims { nbf: Some(NOW + 61), ..good.clone() }, Refusal::TokenNotYetValid),
        (Claims { iat: NOW + 50, exp: NOW + 50, ..good.clone() }, Refusal::BadToken),
        (Claims { nonce: None, ..good.clone() }, Refusal::WrongNonce),
        (Claims { nonce: Some(text("other")), ..good.clone() }, Refusal::WrongNonce),
        (Claims { sub: text(""), ..good.clone() }, Refusal::BadToken),
        (Claims { sub: text("a\nb"), ..good.clone() }, Refusal::BadToken),
        (Claims { hd: None, ..good.clone() }, Refusal::NotAllowed),
        (Claims { hd: Some(text("evil.com")), ..good.clone() }, Refusal::NotAllowed),
    ] {
        assert_eq!(checked(wrong.clone()), Err(refusal), "{wrong:?}");
    }
}

#[test]
fn clocks_may_differ_by_a_minute() {
    assert!(checked(Claims { iat: NOW - 3_600, exp: NOW - 59, ..claims() }).is_ok());
    assert!(checked(Claims { iat: NOW + 60, nbf: Some(NOW + 60), ..claims() }).is_ok());
}

#[test]
fn an_address_counts_only_when_verified() {
    let bob = Claims { hd: None, email: Some("bob@elsewhere.net".to_owned()), ..claims() };
    assert!(checked(bob.clone()).is_ok());
    for email_verified in [None, Some(false)] {
        assert_eq!(checked(Claims { email_verified, ..bob.clone() }), Err(Refusal::NotAllowed));
    }
}

#[test]
fn only_googles_pictures_are_kept() {
    for address in [
        "http://lh3.googleusercontent.com/a",
        "https://evil.com/.googleusercontent.com",
        "https://evil.com/a?x=lh3.googleusercontent.com/",
        "https://googleusercontent.com.evil.com/a",
        "https://a@lh3.googleusercontent.com/a",
        "javascript:alert(1)//.googleusercontent.com/",
        "https://lh3.googleusercontent.com/a\"onerror=",
    ] {
        assert!(!is_picture(address), "{address}");
    }
}

#[test]
fn a_form_must_carry_the_cookies_token_once() {
    let read = |body: &str, cookie: Option<&str>| from_form(body.as_bytes(), cookie);
    let good = "credential=a.b.c&g_csrf_token=t";
    assert_eq!(read(good, Some("t")).as_deref(), Ok("a.b.c"));
    assert_eq!(read(good, Some("u")), Err(Refusal::FormTokenMismatch));
    assert_eq!(read(good, None), Err(Refusal::FormTokenMismatch));
    assert_eq!(read("credential=a&g_csrf_token=", Some("")), Err(Refusal::FormTokenMismatch));
    assert_eq!(read("credential=a&credential=b&g_csrf_token=t", Some("t")), Err(Refusal::BadBody));
    assert_eq!(read("g_csrf_token=t", Some("t")), Err(Refusal::BadBody));
}

proptest! {
    #[test]
    fn no_body_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = (from_json(&body), from_form(&body, Some("t")));
    }

    #[test]
    fn no_claims_panic(sub in "\\PC*", name in "\\PC*", picture in "\\PC*", iat: u64, exp: u64, nbf: u64) {
        let (name, picture, nbf) = (Some(name), Some(picture), Some(nbf));
        let _ = checked(Claims { sub, name, picture, iat, exp, nbf, ..claims() });
    }
}
