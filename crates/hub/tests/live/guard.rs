//! Who may listen and edit: no page of another site, and nobody where a sign-in is asked for.

use std::time::Duration;

use serde_json::json;

use crate::hub::{Hub, PROTOCOL, built, hub, until};

const EDIT: &str = r#"{"customer_segment":"High Value"}"#;

fn patch(hub: &Hub, key: &str, more: &[(&str, &str)]) -> u16 {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    hub.patch("C0000031", &[&headers, more].concat(), EDIT).status
}

#[test]
fn pages_of_other_sites_neither_listen_nor_edit() {
    let hub = Hub::with(&["--live", "--allow-origin", "https://shop.example", "--cors"]);
    let protocol = ("sec-websocket-protocol", PROTOCOL);
    let own = format!("http://{}", hub.site.host());
    for origin in [own.as_str(), "https://shop.example"] {
        assert!(hub.join(&[protocol, ("origin", origin)]).is_ok(), "{origin}");
    }
    let others =
        ["https://evil.example", "null", "http://127.0.0.1:1", "https://shop.example.evil"];
    for origin in others {
        let refused = hub.join(&[protocol, ("origin", origin)]).err();
        assert_eq!(refused, Some(403), "{origin}");
        assert_eq!(patch(&hub, origin, &[("origin", origin)]), 403, "{origin}");
    }
    assert_eq!(patch(&hub, "a", &[("origin", "https://shop.example")]), 403, "listening is all");
    assert_eq!(patch(&hub, "b", &[("origin", &own)]), 200);
    // No page's script is let in by an answer beforehand, and none reads what it sent.
    let asked = [("origin", "https://evil.example"), ("access-control-request-method", "PATCH")];
    let before = hub.site.send("OPTIONS", "/api/customers/C0000031", &asked, "");
    let allowed = ["access-control-allow-origin", "access-control-allow-methods"];
    assert_eq!((before.status, allowed.map(|name| before.header(name))), (405, ["", ""]));
    // A stranger's name leads neither to the channel nor to edits.
    for request in ["GET /live", "PATCH /api/customers/C0000031"] {
        let line = hub.site.raw(&format!("{request} HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
        assert!(line.starts_with("HTTP/1.1 421 "), "{line}");
    }
}

#[test]
fn who_speaks_otherwise_is_told_so() {
    let hub = Hub::edits();
    assert_eq!(hub.join(&[("sec-websocket-protocol", "chat")]).err(), Some(400));
    let both = format!("chat, {PROTOCOL}");
    let listener = hub.join(&[("sec-websocket-protocol", both.as_str())]).unwrap();
    assert_eq!(listener.protocol.as_deref(), Some(PROTOCOL));
    // Tools that know no protocols may listen, too.
    let mut plain = hub.join(&[]).unwrap();
    plain.resume(0);
    assert_eq!(plain.frame()["type"], "hello");
    let page = hub.site.get("/live");
    assert_eq!((page.status, page.header("upgrade")), (426, "websocket"));
    assert!(page.json()["error"].is_string());
}

#[test]
fn there_are_no_more_listeners_than_there_is_room_for() {
    let hub = Hub::edits();
    let listeners: Vec<_> = (0..256).map(|_| hub.listener()).collect();
    assert_eq!(hub.join(&[]).err(), Some(503));
    assert_eq!(hub.site.get("/api/kpis").status, 200, "the others are answered");
    drop(listeners);
    until("the room stays taken", || hub.join(&[]).is_ok());
}

#[test]
fn a_site_without_a_channel_has_neither() {
    let hub = crate::hub::Site::serve();
    assert_eq!(hub.send("PATCH", "/api/customers/C0000031", &[], EDIT).status, 405);
    assert_eq!(hub.get("/live").body, "<p>the page");
}

#[test]
fn where_a_sign_in_is_asked_for_nothing_is_opened() {
    let (site, folder) = (built(), tempfile::tempdir().unwrap());
    let config = site.path().join("config.json");
    let journal = folder.path().join("live.sqlite");
    let sign_in = r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#;
    std::fs::write(&config, sign_in).unwrap();
    let serve = ["serve", "--port", "0", "--live", "--journal"];
    let output = hub(&serve).arg(&journal).arg("--site").arg(site.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("SESSION_KEYS"), "{said}");
    assert!(!journal.exists());
    // And one that comes to ask for it sends away who listens.
    std::fs::write(&config, r#"{"live": "live", "edits": "api"}"#).unwrap();
    let hub = Hub::over(site, folder, &["--live"]);
    let mut listener = hub.listener();
    listener.resume(0);
    assert_eq!(listener.frame()["type"], "hello");
    std::fs::write(&config, sign_in).unwrap();
    assert_eq!(listener.end(), Some(1001));
    assert_eq!(hub.join(&[]).err(), Some(503));
    assert_eq!(patch(&hub, "a", &[]), 503);
}

#[test]
fn what_cannot_be_is_refused_at_the_start() {
    let (site, folder) = (built(), tempfile::tempdir().unwrap());
    let journal = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let said = |more: &[&str]| {
        let mut serve = hub(&["serve", "--port", "0", "--site"]);
        let output = serve.arg(site.path()).args(more).output().unwrap();
        assert!(!output.status.success(), "{more:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let inside = journal(&site.path().join("live.sqlite"));
    assert!(said(&["--live", "--journal", &inside]).contains("lies in the site"));
    assert!(said(&["--live"]).contains("--journal"));
    let nowhere = journal(&folder.path().join("no/live.sqlite"));
    assert!(said(&["--live", "--journal", &nowhere]).contains("no folder"));
    let other = folder.path().join("other.txt");
    std::fs::write(&other, "no journal, and so it stays").unwrap();
    assert!(said(&["--live", "--journal", &journal(&other)]).contains("other.txt"));
    let text = std::fs::read_to_string(&other).unwrap();
    assert_eq!(text, "no journal, and so it stays");
    let database = folder.path().join("other.sqlite");
    let file = rusqlite::Connection::open(&database).unwrap();
    file.execute_batch("CREATE TABLE mine (x)").unwrap();
    assert!(said(&["--live", "--journal", &journal(&database)]).contains("another file"));
    // A journal is one program's at a time.
    let running = Hub::edits();
    let taken = journal(&running.journal());
    assert!(said(&["--live", "--journal", &taken]).contains("another program"));
    assert_eq!(running.edited("C0000031", "k", "High Value"), 1);
}

#[test]
fn a_request_that_never_ends_holds_nobody_up() {
    let hub = Hub::edits();
    let half = hub.site.half(
        "PATCH /api/customers/C0000031 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\
         Content-Type: application/json\r\nIdempotency-Key: k\r\n\r\n{",
    );
    half.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    assert_eq!(hub.edited("C0000031", "other", "High Value"), 1);
    drop(half);
    let body = json!({ "customer_segment": "High Value" });
    assert_eq!(hub.edit("C0000031", "k", &body).status, 200, "nothing was made of the half");
}
