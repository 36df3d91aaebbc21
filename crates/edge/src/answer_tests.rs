//! Tests of what becomes of answers, and of the whole way from a request to a file: whatever a
//! request says, no file is asked for that its route does not allow.

use super::*;
use crate::address;
use crate::inner::HOST;
use crate::range::Span;
use crate::route::{Route, Site, is_guarded, route};
use proptest::prelude::*;

const MORE: [&str; 2] = ["help.html", "media/"];

fn inner(route: Route, headers: &[(&str, &str)]) -> Inner {
    let header = |name: &str| pick(headers, name);
    Inner::new(route, "/data/x", "/", "GET", header).unwrap()
}

fn pick(headers: &[(&str, &str)], name: &str) -> Option<String> {
    headers.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
}

fn judged(asked: &Inner, status: u16, given: &[(&str, &str)]) -> Answer {
    judge(asked, true, status, |name| pick(given, name))
}

#[test]
fn only_answers_that_fit_are_passed_on() {
    let plain = inner(Route::Guarded, &[]);
    let ranged = inner(Route::Guarded, &[("range", "bytes=0-9")]);
    let known = inner(Route::Public, &[("if-none-match", "\"a\""), ("range", "bytes=0-9")]);
    let part = [("content-range", "bytes 0-9/100")];
    assert!(matches!(judged(&plain, 200, &[]), Answer::Pass(_)));
    assert!(matches!(judged(&ranged, 206, &part), Answer::Pass(_)));
    assert!(matches!(judged(&known, 304, &[]), Answer::Bare(_)));
    let unavailable = Answer::Refuse(Refusal::FilesUnavailable);
    for (asked, status, given) in [
        (&plain, 206, &part[..]),
        (&known, 206, &part),
        (&ranged, 206, &[]),
        (&ranged, 206, &[("content-range", "bytes 0-8/100"), ("content-length", "10")]),
        (&ranged, 206, &[("content-range", "bytes 1-9/100")]),
        (&plain, 304, &[]),
        (&plain, 412, &[]),
        (&plain, 416, &[]),
        (&plain, 500, &[]),
        (&plain, 403, &[]),
        (&plain, 204, &[]),
    ] {
        assert_eq!(judged(asked, status, given), unavailable, "{status} {given:?}");
    }
    for status in [300, 301, 302, 307, 308, 404, 410] {
        assert_eq!(judged(&known, status, &[]), Answer::Refuse(Refusal::NotFound), "{status}");
    }
    assert_eq!(judged(&ranged, 416, &[("content-range", "bytes */5")]), Answer::Outside(Some(5)));
    assert_eq!(judged(&ranged, 416, &[("content-range", "x")]), Answer::Outside(None));
}

#[test]
fn a_range_is_cut_only_out_of_the_file_that_is_meant() {
    let whole = [("content-length", "100"), ("etag", "\"a\"")];
    let tagged = |tag| inner(Route::Guarded, &[("range", "bytes=0-9"), (IF_RANGE, tag)]);
    let Answer::Stream(head, part) = judged(&tagged("\"a\""), 200, &whole) else {
        panic!("not cut")
    };
    assert_eq!((head.status, part.start, part.end), (206, 0, 10));
    for tag in ["\"b\"", "W/\"a\"", "Thu, 01 Jan 2026 00:00:00 GMT", ""] {
        assert!(matches!(judged(&tagged(tag), 200, &whole), Answer::Pass(_)), "{tag}");
    }
    let encoded = [("content-length", "100"), ("content-encoding", "br")];
    let ranged = inner(Route::Guarded, &[("range", "bytes=0-9")]);
    assert!(matches!(judged(&ranged, 200, &encoded), Answer::Pass(_)));
    assert!(matches!(judged(&ranged, 200, &[]), Answer::Keep(..)), "no length is not 0");
}

/// The folders and the name that a careless reader might find in a path: decoded over and over,
/// back slashes taken for slashes, dots followed.
fn careless(path: &str) -> Vec<String> {
    let mut text = path.to_owned();
    for _ in 0..4 {
        let mut next = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find('%') {
            next.push_str(&rest[..at]);
            let code = rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            next.push(code.filter(u8::is_ascii).map_or('%', char::from));
            rest = &rest[at + if code.is_some_and(|byte| byte.is_ascii()) { 3 } else { 1 }..];
        }
        next.push_str(rest);
        text = next.replace('\\', "/");
    }
    let mut segments: Vec<String> = Vec::new();
    for segment in text.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            name => segments.push(name.to_ascii_lowercase()),
        }
    }
    segments
}

/// Takes a request as the edge does, up to what it asks the files for.
fn asked_by(
    url: &str,
    method: &str,
    headers: &[(&str, &str)],
    base: &str,
) -> Result<Inner, Refusal> {
    let address = address::read(url).ok_or(Refusal::OddHost)?;
    let more = MORE.map(str::to_owned);
    let route = route(address.path, Site { base, public: &more, ..Site::UNKNOWN })?;
    route.takes(method).map_err(|_| Refusal::WrongMethod)?;
    match route {
        Route::Guarded | Route::Public | Route::Page => {
            Inner::new(route, address.path, base, method, |name| pick(headers, name))
        }
        _ => Err(Refusal::NotFound),
    }
}

/// True for a file that everybody may see, read off the guide and not off the code.
fn is_public(segments: &[String]) -> bool {
    let folders = ["assets", "brand", "css", "fonts", "icons", "images", "js", "snippets", "media"];
    match segments {
        [] => true,
        [name] => {
            let ending = name.rsplit('.').next().unwrap_or_default();
            let endings =
                ["css", "ico", "js", "mjs", "png", "svg", "txt", "wasm", "webmanifest", "woff2"];
            ["404.html", "config.json", "help.html"].contains(&name.as_str())
                || name.contains('.') && endings.contains(&ending)
                || folders.contains(&name.as_str())
        }
        [folder, ..] => folders.contains(&folder.as_str()),
    }
}

/// Pieces of which paths and hosts are made that are meant to confuse.
fn confusing() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "/",
        "\\",
        "//",
        ".",
        "..",
        "%2e",
        "%2f",
        "%5c",
        "%255c",
        "%00",
        "?",
        "#",
        "@",
        ":",
        ";",
        " ",
        "\t",
        "data",
        "DATA",
        "api",
        "%64ata",
        "backup",
        "js",
        "media",
        "config.json",
        "index.html",
        "x.js",
        "manifest.json",
        "help.html",
        "a",
        "a.example",
        "[::1]",
        "80",
        "99999",
        "é",
        "_",
        ",",
        "&",
        "=",
    ]);
    prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

fn header_list() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let name = prop::sample::select(vec![
        "range",
        "if-range",
        "if-none-match",
        "if-modified-since",
        "accept",
        "cookie",
        "host",
        "x-original-url",
        "x-forwarded-host",
        "content-length",
        "content-range",
        "content-encoding",
        "etag",
        "location",
        "set-cookie",
        "cache-control",
        "content-type",
        "vary",
        "refresh",
        "transfer-encoding",
    ]);
    let number = prop_oneof![0..200_u64, any::<u64>()];
    let value = prop_oneof![
        "\\PC{0,12}",
        (number.clone(), number.clone(), number).prop_map(|(a, b, c)| format!("bytes {a}-{b}/{c}")),
        "bytes=[0-9]{0,4}-[0-9]{0,4}(,[0-9]-)?",
        "[0-9]{1,4}",
        Just("\"a\"".to_owned()),
    ];
    prop::collection::vec((name, value), 0..6)
}

fn borrowed<'a>(headers: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    headers.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever a request says of its host, path, method and headers: the host that is asked is
    /// the files', and the file is one that its route allows, read in whatever way.
    #[test]
    fn no_request_asks_for_a_file_outside_its_route(
        scheme in prop::sample::select(vec!["http", "https", "ftp", "HTTP", "file"]),
        host in prop_oneof![Just("a.example".to_owned()), confusing()],
        path in confusing(),
        method in prop::sample::select(vec!["GET", "HEAD", "POST", "get", "TRACE", "GET, HEAD"]),
        headers in header_list(),
        below: bool,
    ) {
        let base = if below { "/demo/" } else { "/" };
        let lead = if below { "/demo" } else { "" };
        let url = format!("{scheme}://{host}{lead}/{path}");
        let Ok(inner) = asked_by(&url, method, &borrowed(&headers), base) else { return Ok(()) };
        let asked = inner.url.strip_prefix(HOST).expect("another host");
        prop_assert!(asked.starts_with(base) && asked.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/".contains(&b)));
        let segments = careless(asked.strip_prefix(base).unwrap_or_default());
        let guarded = segments.first().is_some_and(|first| is_guarded(first));
        prop_assert_eq!(guarded, inner.route == Route::Guarded, "{} {:?}", asked, inner.route);
        prop_assert!(guarded || is_public(&segments), "{}", asked);
        prop_assert_eq!(inner.route == Route::Page, asked == base);
        if inner.route != Route::Page {
            prop_assert_eq!(Some(asked), address::read(&url).map(|address| address.path));
        }
        prop_assert!(["GET", "HEAD"].contains(&inner.method) && inner.method == method);
        for (name, value) in &inner.headers {
            prop_assert!(["accept", "if-modified-since", "if-none-match", "if-range", "range"].contains(name));
            let sent = pick(&borrowed(&headers), name);
            prop_assert!(*name == "range" || sent.as_ref() == Some(value));
        }
        prop_assert!(inner.span.is_none() || guarded);
    }

    /// Whatever the files' host answers: what is passed on fits what was asked for, leads nowhere,
    /// and sets nothing.
    #[test]
    fn no_answer_says_what_it_should_not(
        route in prop::sample::select(vec![Route::Guarded, Route::Public, Route::Page]),
        method in prop::sample::select(vec!["GET", "HEAD"]),
        asked in header_list(),
        status in prop_oneof![prop::sample::select(vec![200, 206, 304, 416]), any::<u16>()],
        given in header_list(),
        secure: bool,
    ) {
        let header = |name: &str| pick(&borrowed(&asked), name);
        let Ok(inner) = Inner::new(route, "/data/x", "/", method, header) else { return Ok(()) };
        let given = borrowed(&given);
        let answer = judge(&inner, secure, status, |name| pick(&given, name));
        let (head, part) = match answer {
            Answer::Pass(head) | Answer::Bare(head) | Answer::Keep(head, _) => (head, None),
            Answer::Stream(head, part) => (head, Some(part)),
            Answer::Outside(_) => {
                prop_assert!(inner.span.is_some());
                return Ok(());
            }
            Answer::Refuse(refusal) => {
                prop_assert!([Refusal::NotFound, Refusal::FilesUnavailable].contains(&refusal));
                return Ok(());
            }
        };
        let value = |name: &str| head.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        prop_assert!([200, 206, 304].contains(&head.status));
        prop_assert!(head.status != 304 || inner.is_conditional());
        for name in ["location", "set-cookie", "refresh", "transfer-encoding", "x-original-url"] {
            prop_assert_eq!(value(name), None, "{}", name);
        }
        if route == Route::Guarded {
            prop_assert_eq!(value("cache-control"), Some("private, no-cache"));
            prop_assert_eq!(value("vary"), None);
        }
        let named = value("content-range").and_then(Part::read);
        prop_assert_eq!(head.status == 206, named.is_some());
        if let (Some(named), Some(span)) = (named, inner.span) {
            prop_assert!(named.answers(span) && part.is_none_or(|part| part == named));
        }
        prop_assert!(head.status != 206 || inner.span.is_some_and(|span: Span| span.header().starts_with("bytes=")));
    }
}
