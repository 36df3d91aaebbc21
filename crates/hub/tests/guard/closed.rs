//! Settings that are missing or wrong, and sites that come to ask for a sign-in, or no longer do.

use edge::Refusal;
use serde_json::json;

use crate::google::CLIENT;
use crate::hub::{Hub, PROTOCOL, Site, built, demo, hub, until};
use crate::reader::{asking, guarded, keys, settings, told};

/// What is said where a site is not served.
fn refused(changes: &[(&'static str, &str)], options: &[&str]) -> String {
    let folder = asking();
    let output = hub(&["serve", "--port", "0", "--site"])
        .arg(folder.path())
        .args(options)
        .envs(settings(changes))
        .output()
        .unwrap();
    assert!(!output.status.success(), "{changes:?} {options:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn without_its_settings_it_is_not_served_and_each_is_named() {
    let short = format!("k1:{}", &keys(&["k1"])[4..40]);
    for (name, value) in [
        ("GOOGLE_CLIENT_ID", ""),
        ("SESSION_KEYS", ""),
        ("SESSION_KEYS", short.as_str()),
        ("SESSION_KEYS", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("ALLOWED_DOMAINS", ""),
        ("ALLOWED_DOMAINS", "@shop.example"),
        ("ALLOWED_EMAILS", "shop.example"),
        ("ALLOW_ANY_ACCOUNT", "true"),
        ("NOT_BEFORE", "yesterday"),
        ("SESSION_IDLE_SECONDS", "0"),
        ("SESSION_LONGEST_SECONDS", "1e9"),
        ("PUBLIC_ORIGIN", "https://dash.example/"),
        ("PUBLIC_PATHS", "data/"),
        ("JWKS_URL", "http://keys.example/"),
        ("BASE_PATH", "/other/"),
    ] {
        let said = refused(&[(name, value)], &[]);
        assert!(said.contains(&format!("{name}: expected")), "{name}={value}: {said}");
        assert!(value.len() < 30 || !said.contains(&value[3..]), "a secret: {said}");
    }
}

#[test]
fn what_would_go_round_a_sign_in_is_refused() {
    assert!(refused(&[], &["--cors"]).contains("--cors"));
    let journal = tempfile::tempdir().unwrap();
    let journal = journal.path().join("live.sqlite");
    let other = ["--allow-origin", "https://evil.example", "--live", "--journal"];
    let other = [&other[..], &[journal.to_str().unwrap()]].concat();
    assert!(refused(&[], &other).contains("--allow-origin"));
    assert!(!journal.exists());
}

#[test]
fn a_client_of_another_page_is_told() {
    let hub = guarded(&[("GOOGLE_CLIENT_ID", "2-b.apps.googleusercontent.com")]);
    until("nothing is said", || hub.site.log().contains("is not the clientId of config.json"));
    until("nothing is said", || hub.site.log().contains("PUBLIC_ORIGIN is not set"));
    let answer = hub.sign_in(&json!({}));
    assert_eq!((answer.status, answer.body), told(Refusal::WrongAudience));
}

#[test]
fn a_site_that_comes_to_ask_for_a_sign_in_is_guarded_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let options = ["--live", "--cors", "--allow-origin", "https://shop.example"];
    let hub = Hub::with_settings(built(), folder, &options, &settings(&[]));
    let config = hub.site.data().with_file_name("config.json");
    assert_eq!(hub.site.get("/data/manifest.json").status, 200, "everybody may read it");
    let mut listener = hub.listener();
    listener.resume(0);
    assert_eq!(listener.frame()["type"], "hello");
    std::fs::write(&config, json!({ "signIn": { "clientId": CLIENT } }).to_string()).unwrap();
    until("it stays open", || hub.site.get("/data/manifest.json").status == 401);
    assert_eq!(listener.end(), Some(1001), "who listens is sent away");
    let (cookie, origin) = (hub.signed_in(), hub.origin());
    let answer = hub.reads(&cookie, "/api/kpis");
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, ""));
    let who = [("sec-websocket-protocol", PROTOCOL), ("cookie", cookie.as_str())];
    let other = [&who[..], &[("origin", "https://shop.example")]].concat();
    assert_eq!(hub.join(&other).err(), Some(403));
    assert!(hub.join(&[&who[..], &[("origin", origin.as_str())]].concat()).is_ok());
    std::fs::write(&config, "{}").unwrap();
    until("it stays closed", || hub.site.get("/data/manifest.json").status == 200);
}

#[test]
fn a_site_that_was_guarded_from_the_start_stays_so() {
    let hub = guarded(&[]);
    let cookie = hub.signed_in();
    let before = hub.reads(&cookie, "/api/kpis").body;
    std::fs::write(hub.site.data().with_file_name("config.json"), "{}").unwrap();
    // Where a newer snapshot was seen, the configuration was too.
    demo(&hub.site.data(), "120", "6");
    until("the newer snapshot is not taken", || hub.reads(&cookie, "/api/kpis").body != before);
    for path in ["/data/manifest.json", "/api/kpis", "/backend/kpis", "/live"] {
        let answer = hub.site.get(path);
        assert_eq!((answer.status, answer.body), told(Refusal::NoSession), "{path}");
    }
}

#[test]
fn settings_change_nothing_for_a_site_that_everybody_may_read() {
    let site =
        Site::with_settings(built(), "/", &["--cors"], &settings(&[("BASE_PATH", "/other/")]));
    let answer = site.get("/api/kpis");
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"));
    assert_eq!(site.get("/data/manifest.json").status, 200);
    assert_eq!(site.get("/api/auth/nonce").status, 404);
    assert!(site.get("/healthz").json()["snapshot"].is_string());
}
