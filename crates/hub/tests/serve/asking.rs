//! A site that may ask for a sign-in, without the settings of one.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::site::{Site, built, hub};

const SIGN_INS: [&str; 6] = [
    r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#,
    r#"{"brand": {"signIn": {}}}"#,
    r#"{"requireLogin": true}"#,
    r#"{"signIn": {}, "signIn": null}"#,
    r#"[{"signIn": {}}]"#,
    "{",
];

#[test]
fn a_site_that_may_ask_for_a_sign_in_is_not_served_without_its_settings() {
    let folder = built();
    for config in SIGN_INS {
        std::fs::write(folder.path().join("config.json"), config).unwrap();
        let output = hub(&["serve", "--port", "0", "--site"]).arg(folder.path()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{config}: {said}");
        for missing in ["config.json", "GOOGLE_CLIENT_ID: ", "SESSION_KEYS: ", "ALLOWED_DOMAINS: "]
        {
            assert!(said.contains(missing), "{config}: {said}");
        }
    }
}

#[test]
fn a_site_that_asks_for_a_sign_in_from_now_on_answers_no_more() {
    let site = Site::serve();
    assert_eq!(site.get("/api/top_customers").status, 200);
    let config = site.data().with_file_name("config.json");
    std::fs::write(&config, SIGN_INS[0]).unwrap();
    let start = Instant::now();
    while site.get("/api/top_customers").status != 503 {
        assert!(start.elapsed() < Duration::from_secs(20), "it goes on answering");
        std::thread::sleep(Duration::from_millis(100));
    }
    for path in ["/api/kpis", "/backend/kpis", "/data/manifest.json", "/DATA/manifest.json"] {
        let answer = site.get(path);
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (503, &json!("not_configured")),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), "private, no-store", "{path}");
    }
    for way in ["//data/manifest.json", "/./data/manifest.json", "/%64ata/manifest.json"] {
        let (status, text) = site.plain(&format!("GET {way}"), &[("Host", "localhost")]);
        assert_eq!((status, text.contains("\"odd_path\"")), (400, true), "{way}: {text}");
    }
    assert_eq!(site.get("/index.html").body, "<p>the page", "it is there to say so");
    assert!(site.log().contains("SESSION_KEYS: "), "{}", site.log());
}
