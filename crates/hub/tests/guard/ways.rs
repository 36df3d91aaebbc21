//! Ways around a guard: odd paths, odd hosts, headers that say that somebody else asks.

use edge::Refusal;

use crate::hub::Site;
use crate::reader::{asking, guarded, settings, told};

/// The status of a plain answer, and its body if it is one of the edge's.
fn answered(site: &Site, way: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let (status, text) = site.plain(&format!("GET {way}"), headers);
    let kept = text.to_ascii_lowercase().contains("cache-control: private, no-store");
    assert!(kept || status < 400, "{way}: {text}");
    assert!(!text.contains("snapshot_id"), "{way}: {text}");
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    (status, body.unwrap_or_default())
}

#[test]
fn odd_ways_to_the_data_are_refused() {
    let hub = guarded(&[]);
    let cookie = hub.signed_in();
    for folder in ["data/manifest.json", "api/kpis", "backend/kpis"] {
        let (first, rest) = folder.split_at(1);
        for way in [
            format!("//{folder}"),
            format!("/./{folder}"),
            format!("/js/../{folder}"),
            format!("/js/%2e%2e/{folder}"),
            format!("/js/..%2f{folder}"),
            format!("/%{:02x}{rest}", first.as_bytes()[0]),
            format!("/%25{:02x}{rest}", first.as_bytes()[0]),
            format!("/{}", folder.replace('/', "%2f")),
            format!("/{}", folder.replace('/', "//")),
            format!("/{}", folder.replace('/', "\\")),
            format!("/\\{folder}"),
            format!("/{folder};.js"),
            format!("/{folder}%00.js"),
        ] {
            for cookie in ["", &cookie] {
                let headers = [("Host", "localhost"), ("Cookie", cookie)];
                assert_eq!(answered(&hub.site, &way, &headers), told(Refusal::OddPath), "{way}");
            }
        }
    }
    let whole = format!("http://{}/data/manifest.json", hub.site.host());
    let nobody = answered(&hub.site, &whole, &[("Host", "localhost")]);
    assert_eq!(nobody, told(Refusal::NoSession), "an address as target");
}

#[test]
fn hosts_are_written_as_hosts_are() {
    let hub = guarded(&[]);
    for host in
        ["localhost\\data", "localhost/data", "u@localhost", "localhost:0", "", "a b", "[", "a_b"]
    {
        let told = told(Refusal::OddHost);
        assert_eq!(answered(&hub.site, "/config.json", &[("Host", host)]), told, "{host}");
    }
    let twice = [("Host", "localhost"), ("Host", "localhost")];
    assert_eq!(answered(&hub.site, "/config.json", &twice), told(Refusal::OddHost));
    assert_eq!(answered(&hub.site, "/", &[]), told(Refusal::OddHost), "no host at all");
    for host in ["evil.example", "127.0.0.1.evil.example"] {
        let (status, _) = answered(&hub.site, "/data/manifest.json", &[("Host", host)]);
        assert_eq!(status, 421, "{host}");
    }
    let target = "http://evil.example/data/manifest.json";
    assert_eq!(answered(&hub.site, target, &[("Host", "localhost")]).0, 421);
}

#[test]
fn what_a_request_says_of_its_way_here_is_not_believed() {
    let hub = guarded(&[]);
    let cookie = hub.signed_in();
    let forwarded = [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=evil.example;proto=https"),
        ("x-original-url", "/data/manifest.json"),
        ("x-rewrite-url", "/data/manifest.json"),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-http-method-override", "PATCH"),
    ];
    for origin in ["https://evil.example", "http://evil.example"] {
        let headers = [&forwarded[..], &[("origin", origin)]].concat();
        let answer = hub.post("validate", &cookie, &headers, "{}");
        assert_eq!((answer.status, answer.body), told(Refusal::ForeignOrigin), "{origin}");
    }
    let secure = format!("https://{}", hub.site.host());
    let answer =
        hub.post("validate", &cookie, &[&forwarded[..], &[("origin", &secure)]].concat(), "{}");
    assert_eq!(answer.status, 403, "no header makes it https");
    assert_eq!(hub.site.ask("GET", "/", &forwarded).body, "<p>the page");
    let nobody = hub.site.ask("GET", "/data/manifest.json", &forwarded);
    assert_eq!((nobody.status, nobody.body), told(Refusal::NoSession));
}

#[test]
fn behind_a_proxy_the_origin_that_is_set_counts() {
    let public = "https://dash.example";
    let hub = guarded(&[("PUBLIC_ORIGIN", public)]);
    let cookie = hub.signed_in_at(public);
    let inner = hub.post("validate", &cookie, &[], "{}");
    assert_eq!((inner.status, inner.body), told(Refusal::ForeignOrigin), "not that of the server");
    let outer = hub.post("validate", &cookie, &[("origin", public)], "{}");
    assert_eq!(outer.status, 200, "{}", outer.body);
    // The proxy may hand on the name that browsers know, or its own for this server.
    for host in ["dash.example", "dash.example:443", "localhost"] {
        let (status, text) = hub.site.plain("GET /", &[("Host", host)]);
        assert_eq!(status, 200, "{host}");
        assert!(text.to_ascii_lowercase().contains("strict-transport-security:"), "{text}");
    }
    assert_eq!(hub.site.plain("GET /", &[("Host", "evil.example")]).0, 421);
    let plain = guarded(&[]);
    assert_eq!(
        plain.site.get("/").header("strict-transport-security"),
        "",
        "without TLS no promise"
    );
}

#[test]
fn below_a_path_the_same_holds() {
    let site =
        Site::with_settings(asking(), "/shop/hub/", &[], &settings(&[("BASE_PATH", "/shop/hub/")]));
    let host = site.host();
    for (way, expected) in [
        ("/shop/hub/data/manifest.json", told(Refusal::NoSession)),
        ("/shop/hub/api/kpis", told(Refusal::NoSession)),
        ("/shop/hub/%64ata/manifest.json", told(Refusal::OddPath)),
        ("/data/manifest.json", told(Refusal::NotFound)),
        ("/shop/hubs/data/manifest.json", told(Refusal::NotFound)),
    ] {
        assert_eq!(answered(&site, way, &[("Host", &host)]), expected, "{way}");
    }
    assert_eq!(site.plain("GET /shop/hub/api/auth/nonce", &[("Host", &host)]).0, 200);
    for page in ["/shop/hub", "/shop/hub/", "/shop/hub/customers/7"] {
        let (status, text) = site.plain(&format!("GET {page}"), &[("Host", &host)]);
        assert!(status == 200 && text.ends_with("<p>the page"), "{page}: {text}");
    }
}
