//! Signing in and out: the page's four endpoints, and tokens that are none for it.

use edge::Refusal;
use edge::cookie::{NONCE, SESSION};
use ring::hmac;
use serde_json::{Value, json};

use crate::google::{by, claims, google, now};
use crate::reader::{guarded, keys, sealed, session, set, told};

const DATA: &str = "/data/manifest.json";

#[test]
fn who_signs_in_has_a_session_until_they_sign_out() {
    let hub = guarded(&[]);
    let answer = hub.sign_in(&json!({}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["user"]["email"], "ann@shop.example");
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let lines: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    let line = lines.iter().find(|line| line.starts_with("__Host-session=v1.k1.")).unwrap();
    for word in ["; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"] {
        assert!(line.contains(word) && !line.contains("Domain"), "{line}");
    }
    assert_eq!(set(&answer, NONCE).as_deref(), Some(""), "the nonce has served");
    let cookie = format!("{SESSION}={}", set(&answer, SESSION).unwrap());
    assert_eq!(hub.reads(&cookie, DATA).status, 200);
    let renewed = hub.post("validate", &cookie, &[], "{}");
    assert_eq!((renewed.status, &renewed.json()["user"]["sub"]), (200, &json!("1101694844743")));
    let newer = format!("{SESSION}={}", set(&renewed, SESSION).unwrap());
    assert_eq!(hub.reads(&newer, DATA).status, 200);
    let out = hub.post("logout", &cookie, &[], "{}");
    assert_eq!((out.status, out.header("clear-site-data")), (200, "\"cache\""));
    assert_eq!([SESSION, NONCE].map(|name| set(&out, name).unwrap()), ["", ""]);
    assert_eq!(hub.reads("", DATA).status, 401);
}

#[test]
fn tokens_of_others_or_of_other_times_sign_nobody_in() {
    let hub = guarded(&[]);
    for (changes, refusal) in [
        (json!({ "aud": "2-b.apps.googleusercontent.com" }), Refusal::WrongAudience),
        (json!({ "azp": "2-b.apps.googleusercontent.com" }), Refusal::WrongAudience),
        (json!({ "iss": "https://accounts.google.com.evil.example" }), Refusal::WrongIssuer),
        (json!({ "nonce": "another" }), Refusal::WrongNonce),
        (json!({ "iat": now() - 4000, "exp": now() - 61 }), Refusal::TokenExpired),
        (json!({ "iat": now() + 120 }), Refusal::TokenNotYetValid),
        (json!({ "hd": "evil.example" }), Refusal::NotAllowed),
        (json!({ "hd": null, "email": "eve@shop.example" }), Refusal::NotAllowed),
    ] {
        let answer = hub.sign_in(&changes);
        assert_eq!((answer.status, answer.body.clone()), told(refusal), "{changes}");
        assert_eq!(set(&answer, SESSION), None, "{changes}");
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
}

#[test]
fn tokens_that_google_has_not_signed_sign_nobody_in() {
    let hub = guarded(&[]);
    let forge = |header: Value, sign: &dyn Fn(&[u8]) -> Vec<u8>| {
        let (cookie, nonce) = hub.begin();
        let answer = hub.present(&by(&header, &claims(&nonce), sign), &cookie);
        assert_eq!(set(&answer, SESSION), None);
        (answer.status, answer.body)
    };
    let published = google().jwk.to_string();
    let public = hmac::Key::new(hmac::HMAC_SHA256, published.as_bytes());
    let code = |text: &[u8]| hmac::sign(&public, text).as_ref().to_vec();
    let bad = told(Refusal::BadToken);
    assert_eq!(forge(json!({ "alg": "none", "kid": "g1" }), &|_| Vec::new()), bad);
    assert_eq!(forge(json!({ "alg": "HS256", "kid": "g1" }), &code), bad);
    assert_eq!(forge(json!({ "alg": "RS256", "kid": "g1", "crit": ["x"] }), &code), bad);
    assert_eq!(forge(json!({ "alg": "RS256", "kid": "g1" }), &code), told(Refusal::BadSignature));
    assert_eq!(forge(json!({ "alg": "RS256", "kid": "g2" }), &code), told(Refusal::UnknownKey));
    let (cookie, nonce) = hub.begin();
    let forged = hub.present(&google().forged(&claims(&nonce)), &cookie);
    assert_eq!((forged.status, forged.body), told(Refusal::BadSignature));
}

#[test]
fn a_sign_in_is_one_browsers_and_serves_once() {
    let hub = guarded(&[]);
    let ((mine, _), (theirs, nonce)) = (hub.begin(), hub.begin());
    let token = google().token(&claims(&nonce));
    let answer = hub.present(&token, &mine);
    assert_eq!((answer.status, answer.body), told(Refusal::WrongNonce));
    let answer = hub.present(&token, "");
    assert_eq!((answer.status, answer.body), told(Refusal::NoNonce));
    assert_eq!(hub.present(&token, &theirs).status, 200);
    let again = hub.present(&token, &theirs);
    assert_eq!((again.status, again.body), told(Refusal::TokenUsed));
}

#[test]
fn only_the_page_itself_signs_in_and_out() {
    let hub = guarded(&[("ALLOWED_EMAILS", "bob@elsewhere.example")]);
    let cookie = hub.signed_in();
    let foreign = told(Refusal::ForeignOrigin);
    for more in [
        [("origin", "https://evil.example")],
        [("origin", "null")],
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
    ] {
        for name in ["google", "validate", "logout"] {
            let answer = hub.post(name, &cookie, &more, "{}");
            assert_eq!((answer.status, answer.body), foreign, "{name} {more:?}");
        }
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for name in ["validate", "logout"] {
        let answer = hub.post(name, &cookie, &form, "a=b");
        assert_eq!((answer.status, answer.body), told(Refusal::NotJson), "{name}");
    }
    let answer = hub.post("google", &cookie, &form, "credential=a.b.c&g_csrf_token=x");
    assert_eq!((answer.status, answer.body), foreign, "our own page posts no form");
    let answer = hub.site.ask("GET", "/api/auth/nonce", &[("sec-fetch-site", "cross-site")]);
    assert_eq!((answer.status, answer.body), foreign);
    for name in ["google", "validate", "logout"] {
        let answer = hub.site.get(&format!("/api/auth/{name}"));
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"), "{name}");
    }
}

#[test]
fn sessions_that_do_not_hold_open_nothing() {
    let hub = guarded(&[("NOT_BEFORE", &(now() - 1_000).to_string())]);
    assert_eq!(hub.reads(&sealed("k1", &session(-10, 600)), DATA).status, 200, "by hand as here");
    let good = hub.signed_in();
    let (begun, _) = hub.begin();
    let (kept, last) = good.split_at(good.len() - 1);
    let tampered = format!("{kept}{}", if last == "A" { "E" } else { "A" });
    let other_account = edge::session::Session {
        identity: edge::sign_in::Identity { sub: "1".to_owned(), ..Default::default() },
        ..session(-10, 600)
    };
    let another_name = format!("{SESSION}={}", begun.split_once('=').unwrap().1);
    for (cookie, refusal) in [
        (String::new(), Refusal::NoSession),
        (good.replace("__Host-", ""), Refusal::NoSession),
        (format!("{SESSION}="), Refusal::BadSession),
        (format!("{good}; {good}"), Refusal::BadSession),
        (tampered, Refusal::BadSession),
        (good.replace("v1.k1.", "v1.k1.e30."), Refusal::BadSession),
        (another_name, Refusal::BadSession),
        (sealed("k2", &session(-10, 600)), Refusal::BadSession),
        (sealed("k1", &session(-10, 90_000)), Refusal::BadSession),
        (sealed("k1", &session(-700, -1)), Refusal::SessionExpired),
        (sealed("k1", &session(-1_100, 600)), Refusal::SessionRevoked),
        (sealed("k1", &other_account), Refusal::NotAllowed),
    ] {
        for path in [DATA, "/api/kpis", "/backend/kpis"] {
            let answer = hub.reads(&cookie, path);
            assert_eq!((answer.status, answer.body.clone()), told(refusal), "{cookie} {path}");
            assert_eq!(answer.header("cache-control"), "private, no-store", "{cookie} {path}");
            let clears = answer.header("clear-site-data") == "\"cache\"";
            assert_eq!(clears, refusal.ends_a_session(), "{cookie} {path}");
        }
    }
}

#[test]
fn session_keys_are_changed_without_signing_anybody_out() {
    let hub = guarded(&[]);
    let cookie = hub.signed_in();
    let again = |hub: crate::hub::Hub, names: &[&str]| {
        let settings = crate::reader::settings(&[("SESSION_KEYS", &keys(names))]);
        crate::hub::Hub::with_settings(hub.site.killed(), hub.folder, &["--live"], &settings)
    };
    let hub = again(hub, &["k2", "k1"]);
    assert_eq!(hub.reads(&cookie, DATA).status, 200);
    let renewed = set(&hub.post("validate", &cookie, &[], "{}"), SESSION).unwrap();
    assert!(renewed.starts_with("v1.k2."), "{renewed}");
    let hub = again(hub, &["k2"]);
    assert_eq!(hub.reads(&cookie, DATA).status, 401);
    assert_eq!(hub.reads(&format!("{SESSION}={renewed}"), DATA).status, 200);
}

#[test]
fn no_secret_is_written_down() {
    let hub = guarded(&[]);
    let cookie = hub.signed_in();
    hub.reads(&cookie, "/api/kpis?segment=High+Value");
    hub.reads(&format!("{cookie}x"), "/data/Ada?q=Ada");
    hub.post("logout", &cookie, &[], "{}");
    assert_eq!(hub.site.get("/api/top_customers").status, 401);
    crate::hub::until("the last line is not written", || {
        hub.site.log().contains(r#""route":"guarded","status":401"#)
    });
    let log = hub.site.log();
    for secret in ["v1.k1", "eyJ", "__Host-", "@", "High", "Ada", &keys(&["k1"])[3..]] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    assert!(log.contains(r#""event":"signed_in","method":"POST""#), "{log}");
    assert!(log.contains(r#""sub":"1101694844743""#), "{log}");
    let refused =
        r#""event":"refused","method":"GET","path":"guarded","status":401,"code":"bad_session""#;
    assert!(log.contains(refused), "{log}");
}
