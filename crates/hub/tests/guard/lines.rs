//! The live channel and edits: for readers who have signed in, from the page itself.

use edge::Refusal;
use serde_json::json;
use tungstenite::Message;

use crate::hub::{Hub, Listener, PROTOCOL};
use crate::reader::{guarded, sealed, session, told};

const EDIT: &str = r#"{"customer_segment":"High Value"}"#;

fn join(hub: &Hub, more: &[(&'static str, &str)]) -> Result<Listener, u16> {
    hub.join(&[&[("sec-websocket-protocol", PROTOCOL)], more].concat())
}

/// Edits a customer with these headers; status, body, and what is said of keeping.
fn edit(hub: &Hub, key: &str, more: &[(&str, &str)]) -> (u16, String) {
    let headers = [&[("idempotency-key", key)], more].concat();
    let answer = hub.patch("C0000031", &headers, EDIT);
    assert_eq!(answer.header("cache-control"), "private, no-store", "{}", answer.body);
    (answer.status, answer.body)
}

#[test]
fn who_has_signed_in_listens_and_edits() {
    let hub = guarded(&[]);
    let (cookie, origin) = (hub.signed_in(), hub.origin());
    let who = [("cookie", cookie.as_str()), ("origin", origin.as_str())];
    let mut listener = join(&hub, &who).unwrap();
    listener.resume(0);
    assert_eq!(listener.frame()["type"], "hello");
    let page =
        [&who[..], &[("content-type", "application/json"), ("sec-fetch-site", "same-origin")]];
    let (status, body) = edit(&hub, "a", &page.concat());
    assert_eq!(status, 200, "{body}");
    let told = listener.event();
    assert_eq!((&told["seq"], &told["customer_id"]), (&json!(1), &json!("C0000031")));
    let counted = hub.reads(&cookie, "/api/kpis");
    assert!(counted.header("etag").ends_with("-1\""), "{}", counted.header("etag"));
    // An id may hold any letter; it leads to no file.
    let odd = hub.patch(
        "A%2FB%20%C3%A9",
        &[&page.concat()[..], &[("idempotency-key", "b")]].concat(),
        EDIT,
    );
    assert_eq!(
        (odd.status, odd.json()["error"].as_str()),
        (404, Some("There is no such customer"))
    );
    let headers = [("cookie", cookie.as_str()), ("Host", "localhost")];
    let (status, text) = hub.site.plain("PATCH /api/customers/../../data/manifest.json", &headers);
    assert!(status == 400 && text.contains("odd_path"), "{text}");
}

#[test]
fn nobody_else_listens() {
    let hub = guarded(&[]);
    let (cookie, origin) = (hub.signed_in(), hub.origin());
    let old = sealed("k1", &session(-700, -1));
    for cookies in [&[][..], &[("cookie", "__Host-session=x")], &[("cookie", old.as_str())]] {
        let headers = [cookies, &[("origin", origin.as_str())]].concat();
        assert_eq!(join(&hub, &headers).err(), Some(401), "{cookies:?}");
    }
    let answer = hub.site.get("/live");
    assert_eq!((answer.status, answer.body.clone()), told(Refusal::NoSession));
    assert_eq!(answer.header("cache-control"), "private, no-store");
    for other in ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"] {
        let headers = [("cookie", cookie.as_str()), ("origin", other)];
        assert_eq!(join(&hub, &headers).err(), Some(403), "{other}");
    }
    assert_eq!(join(&hub, &[("cookie", cookie.as_str())]).err(), Some(403), "of no page");
    let sister =
        [("cookie", cookie.as_str()), ("origin", origin.as_str()), ("sec-fetch-site", "same-site")];
    assert_eq!(join(&hub, &sister).err(), Some(403));
    assert_eq!(hub.listeners(), 0);
    let post = hub.site.send("POST", "/live", &[], "a=b");
    assert_eq!((post.status, post.header("allow")), (405, "GET"));
}

#[test]
fn nobody_else_edits() {
    let hub = guarded(&[]);
    let (cookie, origin) = (hub.signed_in(), hub.origin());
    let (json, page) = (("content-type", "application/json"), ("origin", origin.as_str()));
    let session = ("cookie", cookie.as_str());
    let foreign = told(Refusal::ForeignOrigin);
    assert_eq!(edit(&hub, "a", &[json, page]), told(Refusal::NoSession));
    assert_eq!(
        edit(&hub, "a", &[json, page, ("cookie", "__Host-session=x")]),
        told(Refusal::BadSession)
    );
    assert_eq!(edit(&hub, "a", &[json, session]), foreign, "of no page");
    assert_eq!(edit(&hub, "a", &[json, session, ("origin", "https://evil.example")]), foreign);
    assert_eq!(edit(&hub, "a", &[json, session, page, ("sec-fetch-site", "same-site")]), foreign);
    for form in ["application/x-www-form-urlencoded", "text/plain", "text/plain; application/json"]
    {
        let headers = [("content-type", form), session, page];
        assert_eq!(edit(&hub, "a", &headers), told(Refusal::NotJson), "{form}");
    }
    for method in ["GET", "POST", "OPTIONS", "PUT"] {
        let answer = hub.site.send(method, "/api/customers/C0000031", &[session, page], "");
        assert_eq!((answer.status, answer.header("allow")), (405, "PATCH"), "{method}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{method}");
    }
    // Nothing of all that was done.
    let etag = hub.reads(&cookie, "/api/kpis");
    assert!(etag.header("etag").ends_with("-0\""), "{}", etag.header("etag"));
}

#[test]
fn a_line_ends_with_the_session_that_opened_it() {
    let hub = guarded(&[]);
    let origin = hub.origin();
    // On a busy machine a session may be over before its line is open: the next one lasts longer.
    let opened = [2, 4, 8, 16, 32].into_iter().find_map(|seconds| {
        let cookie = sealed("k1", &session(-10, seconds));
        let who = [("cookie", cookie.as_str()), ("origin", origin.as_str())];
        let mut listener = join(&hub, &who).ok()?;
        listener.send(Message::text(r#"{"type":"resume","after":0}"#));
        let hello = listener.text()?;
        assert!(hello.contains(r#""type":"hello""#), "{hello}");
        Some((listener, cookie))
    });
    let (listener, cookie) = opened.expect("a line is open while its session lasts");
    assert_eq!(listener.end(), Some(1008));
    let who = [("cookie", cookie.as_str()), ("origin", origin.as_str())];
    assert_eq!(join(&hub, &who).err(), Some(401), "and opens no other");
}
