//! The data and all that is computed from it: for whoever has a session, and for nobody else.

use edge::Refusal;

use crate::hub::{Hub, Site};
use crate::reader::{asking, guarded, settings, told};

/// Where there is data of any kind.
const WAYS: [&str; 12] = [
    "/data/manifest.json",
    "/data/",
    "/data",
    "/DATA/manifest.json",
    "/data/no-such-file",
    "/api/kpis",
    "/api/kpis?segment=High+Value",
    "/api/rfm_segmentation/2",
    "/api/openapi.json",
    "/api/nothing",
    "/backend/kpis",
    "/Backend/kpis",
];

/// The snapshot's file, as the manifest names it.
fn snapshot(hub: &Hub, cookie: &str) -> String {
    let manifest = hub.reads(cookie, "/data/manifest.json").json();
    format!("/data/{}", manifest["file"]["publishing"]["path"].as_str().unwrap())
}

#[test]
fn nobody_gets_any_without_a_session() {
    let hub = guarded(&[]);
    let nobody = told(Refusal::NoSession);
    for way in WAYS {
        for headers in [&[][..], &[("range", "bytes=0-9")], &[("if-none-match", "*")]] {
            let answer = hub.site.ask("GET", way, headers);
            assert_eq!((answer.status, answer.body.clone()), nobody, "{way} {headers:?}");
            for (name, value) in edge::reply::ALWAYS {
                assert_eq!(answer.header(name), value, "{way}");
            }
            assert_eq!((answer.header("etag"), answer.header("vary")), ("", ""), "{way}");
        }
        let head = hub.site.ask("HEAD", way, &[]);
        assert_eq!((head.status, head.body.len()), (401, 0), "{way}");
        let post = hub.site.send("POST", way, &[], "a=b");
        assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"), "{way}");
        assert_eq!(post.header("cache-control"), "private, no-store", "{way}");
    }
}

#[test]
fn files_come_whole_and_in_parts_and_are_not_for_shared_caches() {
    let hub = guarded(&[]);
    let cookie = hub.signed_in();
    let manifest = hub.reads(&cookie, "/data/manifest.json");
    assert_eq!((manifest.status, manifest.header("content-type")), (200, "application/json"));
    assert_eq!(manifest.header("cache-control"), "private, no-cache");
    assert_eq!((manifest.header("vary"), manifest.header("x-site")), ("", ""), "of the data only");
    let file = snapshot(&hub, &cookie);
    let ask = |more: &[(&str, &str)]| {
        hub.site.ask("GET", &file, &[&[("cookie", cookie.as_str())], more].concat())
    };
    let part = ask(&[("range", "bytes=0-14")]);
    assert_eq!((part.status, &*part.body), (206, "SQLite format 3"));
    assert_eq!(part.header("cache-control"), "private, no-cache");
    let etag = part.header("etag").to_owned();
    assert!(etag.starts_with('"'), "a name of which a part can be asked for: {etag}");
    let length = part.header("content-range").rsplit_once('/').unwrap().1.to_owned();
    for (range, status, said) in [
        ("bytes=-1", 206, format!("bytes {}-{}/{length}", last(&length), last(&length))),
        ("bytes=-99999999999999999999", 206, format!("bytes 0-{}/{length}", last(&length))),
        ("bytes=7-99999999999999999999", 206, format!("bytes 7-{}/{length}", last(&length))),
        (&format!("bytes={length}-"), 416, format!("bytes */{length}")),
    ] {
        let answer = ask(&[("range", range)]);
        assert_eq!((answer.status, answer.header("content-range")), (status, &*said), "{range}");
    }
    assert_eq!(ask(&[("range", "bytes=0-1,5-6")]).status, 416);
    assert_eq!(ask(&[("range", "bytes=0-14"), ("if-range", &etag)]).status, 206);
    assert_eq!(ask(&[("range", "bytes=0-14"), ("if-range", "\"other\"")]).status, 200);
    let same = ask(&[("if-none-match", &etag)]);
    assert_eq!((same.status, same.header("cache-control")), (304, "private, no-cache"));
    assert_eq!(ask(&[("accept-encoding", "gzip"), ("range", "bytes=0-14")]).status, 206);
    let nothing = hub.reads(&cookie, "/data/no-such-file");
    assert_eq!((nothing.status, nothing.body), told(Refusal::NotFound));
}

fn last(length: &str) -> u64 {
    length.parse::<u64>().unwrap() - 1
}

#[test]
fn answers_for_programs_are_for_who_has_a_session() {
    let hub = guarded(&[]);
    let open = Site::serve();
    let cookie = hub.signed_in();
    for path in ["/api/kpis?segment=High+Value&compare=year", "/backend/kpis", "/api/openapi.json"]
    {
        let answer = hub.reads(&cookie, path);
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
        assert_eq!(answer.header("cache-control"), "private, no-cache", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        if !path.ends_with("openapi.json") {
            assert_eq!(answer.body, open.get(path).body, "the same as of an open site: {path}");
            let etag = answer.header("etag");
            let headers = [("cookie", cookie.as_str()), ("if-none-match", etag)];
            let same = hub.site.ask("GET", path, &headers);
            assert_eq!((same.status, same.body.len()), (304, 0), "{path}");
            assert_eq!(same.header("cache-control"), "private, no-cache", "{path}");
        }
    }
    let wrong = hub.reads(&cookie, "/api/kpis?colour=red");
    assert_eq!((wrong.status, wrong.header("cache-control")), (400, "private, no-store"));
    assert!(wrong.json()["error"].as_str().unwrap().contains("colour"));
    let nothing = hub.reads(&cookie, "/api/nothing");
    assert_eq!((nothing.status, nothing.body), told(Refusal::NotFound));
}

#[test]
fn the_page_is_for_everybody_and_so_is_what_it_is_made_of() {
    let hub = guarded(&[]);
    for view in
        ["/", "/index.html", "/dashboard", "/customers/J%C3%BCrgen", "/secret.sqlite", "/_headers"]
    {
        let page = hub.site.get(view);
        assert_eq!((page.status, &*page.body), (200, "<p>the page"), "{view}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{view}");
    }
    let script = "/app-0123456789abcdef.js";
    assert_eq!(hub.site.get(script).header("cache-control"), "immutable");
    let packed = hub.site.ask("GET", script, &[("accept-encoding", "gzip")]);
    assert_eq!((packed.status, packed.header("content-encoding")), (200, "gzip"));
    assert_eq!(packed.header("vary"), "accept-encoding");
    assert!(hub.site.get("/config.json").json()["signIn"]["clientId"].is_string());
    assert_eq!(hub.site.get("/healthz").json(), serde_json::json!({ "status": "ok" }));
    assert_eq!(hub.site.get("/no.js").status, 404);
}

#[cfg(unix)]
#[test]
fn a_link_with_a_public_name_leads_to_no_data() {
    use std::os::unix::fs::symlink;
    let folder = asking();
    let path = |name: &str| folder.path().join(name);
    symlink("data/manifest.json", path("a.js")).unwrap();
    symlink("data", path("icons")).unwrap();
    symlink("data/manifest.json", path("b.js.gz")).unwrap();
    std::fs::write(path("b.js"), "let b;").unwrap();
    let site = Site::with_settings(folder, "/", &[], &settings(&[]));
    for way in ["/a.js", "/icons/manifest.json"] {
        assert_eq!(site.get(way).status, 404, "{way}");
    }
    let packed = site.ask("GET", "/b.js", &[("accept-encoding", "gzip")]);
    assert_eq!((packed.status, &*packed.body), (200, "let b;"));
}
