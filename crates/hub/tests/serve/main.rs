//! The program as hosts and programs meet it: a real process, real requests.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod asking;
mod endpoints;
mod many;
mod root;
#[allow(dead_code, reason = "the tests of the live channel need more of it")]
mod site;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use site::{Site, built, demo, hub};

/// What the builder computes for a query of the page's address.
fn computed(site: &Site, query: &str) -> Value {
    let queries = site.data().join("queries.txt");
    std::fs::write(&queries, format!("{query}\n")).unwrap();
    let output =
        hub(&["inspect"]).arg(site.data()).arg("--queries").arg(&queries).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn parameters_filter_as_the_page_does() {
    let site = Site::serve();
    for query in [
        "",
        "segment=High%20Value",
        "segment=Low+Value&segment=High+Value&compare=year",
        "from=2026-01-10&to=2026-03-04&churn=Low",
        "category=Books&compare=none",
    ] {
        let kpis = site.get(&format!("/api/kpis?{query}"));
        assert_eq!(kpis.status, 200, "{query}: {}", kpis.body);
        let native = computed(&site, query);
        let shown = kpis.json()["kpiData"].as_array().unwrap().clone();
        let ids = ["total_revenue", "total_orders", "avg_satisfaction", "campaign_response_rate"];
        for (id, shown) in ids.iter().zip(&shown) {
            let exact = &native["kpis"][id]["value"];
            let exact: Value = exact.as_str().map_or(Value::Null, |text| text.parse().unwrap());
            assert_eq!(shown["value"], exact, "{id} under {query}");
        }
    }
}

#[test]
fn what_is_of_all_time_stays_so_under_a_filter_and_takes_a_period_that_is_asked_for() {
    let site = Site::serve();
    let segments = ["High+Value", "Medium+Value", "Low+Value"];
    for (path, of) in [
        ("/backend/kpis", "/total_customers"),
        ("/backend/kpis", "/total_lifetime_value"),
        ("/api/rfm_segmentation", "/pagination/total"),
    ] {
        let told = |query: &str| {
            let answer = site.get(&format!("{path}?{query}")).json();
            answer.pointer(of).and_then(Value::as_f64).unwrap()
        };
        let parts: f64 = segments.iter().map(|name| told(&format!("segment={name}"))).sum();
        assert!((parts - told("")).abs() < 0.01, "{path} {of}: {parts} of {}", told(""));
        let year = "from=2025-07-01&to=2026-06-30";
        assert!(told(year) < told(""), "{path} {of}");
        assert!(told(&format!("{year}&segment=Low+Value")) < told("segment=Low+Value"));
    }
}

#[test]
fn lists_have_pages_and_lengths() {
    let site = Site::serve();
    let top = site.get("/api/top_customers?limit=3").json();
    assert_eq!(top["topCustomers"].as_array().unwrap().len(), 3);
    let first = site.get("/api/rfm_segmentation?limit=40").json();
    assert_eq!(first["rfmData"].as_array().unwrap().len(), 40);
    let pages = first["pagination"]["pages"].as_i64().unwrap();
    assert_eq!(pages, (first["pagination"]["total"].as_i64().unwrap() + 39) / 40);
    let asked = site.get("/api/rfm_segmentation?limit=40&page=2").body;
    assert_eq!(asked, site.get("/api/rfm_segmentation/2?limit=40").body);
    let query = "limit=7&segment=High+Value&segment=Low+Value";
    let (mut next, mut seen) = (format!("/api/rfm_segmentation?{query}"), Vec::new());
    let total = site.get(&next).json()["pagination"]["total"].as_u64().unwrap();
    loop {
        let page = site.get(&next).json();
        let rows = page["rfmData"].as_array().unwrap().clone();
        assert!(rows.iter().all(|row| row["segment"] != "Medium Value"), "{next}");
        seen.extend(rows.iter().map(|row| row["customerId"].as_str().unwrap().to_owned()));
        let Some(following) = page["pagination"]["next"].as_str() else { break };
        next = following.to_owned();
    }
    assert_eq!(seen.len() as u64, total, "every page under the same question");
    assert_eq!(seen.iter().collect::<std::collections::BTreeSet<_>>().len(), seen.len());
    let beyond = site.get(&format!("/api/rfm_segmentation?limit=40&page={}", pages + 1));
    assert_eq!(beyond.status, 404);
    assert!(beyond.json()["error"].as_str().unwrap().contains("no page"));
}

#[test]
fn what_cannot_be_answered_says_why() {
    let site = Site::serve();
    for (path, status, word) in [
        ("/api/kpis?segment=Nobody", 400, "segment=Nobody"),
        ("/api/kpis?from=yesterday", 400, "a day is written"),
        ("/api/kpis?from=2026-03-01&to=2026-02-01", 400, "before it begins"),
        ("/api/kpis?from=2026-03-01&from=2026-03-02", 400, "said before"),
        ("/api/kpis?page=2", 400, "no such parameter"),
        ("/api/kpis?colour=red", 400, "no such parameter"),
        ("/api/top_customers?limit=0", 400, "from 1 to 5000"),
        ("/api/top_customers?limit=99999999999", 400, "from 1 to 5000"),
        ("/api/rfm_segmentation/2?page=3", 400, "said before"),
        ("/api/nothing", 404, "not found"),
        ("/api/kpis/2", 404, "not found"),
        ("/backend/kpis/x/y", 404, "not found"),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert!(answer.json()["error"].as_str().unwrap().contains(word), "{path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
    }
    for method in ["POST", "DELETE", "PATCH"] {
        let answer = site.ask(method, "/api/kpis", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
        assert!(answer.json()["error"].is_string());
    }
    let large =
        site.raw("GET /api/kpis HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n");
    assert!(large.starts_with("HTTP/1.1 413 "), "{large}");
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let site = Site::serve();
    for path in ["/api/kpis", "/index.html", "/data/manifest.json"] {
        let first = site.get(path);
        let etag = first.header("etag").to_owned();
        assert!(!etag.is_empty(), "{path}");
        let again = site.ask("GET", path, &[("if-none-match", &etag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), etag, "{path}");
        let other = site.ask("GET", path, &[("if-none-match", "\"other\"")]);
        assert_eq!(other.status, 200, "{path}");
        let head = site.ask("HEAD", path, &[]);
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, &*etag), "{path}");
    }
    let other = site.get("/api/kpis?segment=High+Value");
    assert_ne!(other.header("etag"), site.get("/api/kpis").header("etag"));
}

#[test]
fn files_have_ranges_headers_and_compressed_copies() {
    let site = Site::serve();
    let script = site.get("/app-0123456789abcdef.js");
    assert_eq!((&*script.body, script.header("cache-control")), ("let whole;", "immutable"));
    assert_eq!(
        (script.header("x-site"), script.header("content-type")),
        ("yes", "text/javascript")
    );
    let packed = site.ask("GET", "/app-0123456789abcdef.js", &[("accept-encoding", "gzip")]);
    assert_eq!((packed.header("content-encoding"), packed.status), ("gzip", 200));
    let part = site.ask("GET", "/app-0123456789abcdef.js", &[("range", "bytes=4-8")]);
    assert_eq!((part.status, &*part.body), (206, "whole"));
    assert_eq!(part.header("content-range"), "bytes 4-8/10");
    let other = [("range", "bytes=4-8"), ("if-range", "\"other\"")];
    let whole = site.ask("GET", "/app-0123456789abcdef.js", &other);
    assert_eq!((whole.status, &*whole.body), (200, "let whole;"), "of another file no part");
    let beyond = site.ask("GET", "/app-0123456789abcdef.js", &[("range", "bytes=99-")]);
    assert_eq!(beyond.status, 416);
    for view in ["/", "/dashboard", "/customers/C-1"] {
        let page = site.get(view);
        assert_eq!((page.status, &*page.body), (200, "<p>the page"), "{view}");
    }
    // Nothing outside the site, and nothing that is for hosts alone: the page, or nothing at all.
    for hidden in ["/_headers", "/..%2f..%2fetc/passwd", "/.git/config", "/a/../../etc/passwd"] {
        assert_eq!(site.get(hidden).body, "<p>the page", "{hidden}");
    }
    for nothing in ["/no.js", "/%2e%2e/config.json", "/data/..%5cconfig.json", "/.git/x.txt"] {
        assert_eq!(site.get(nothing).status, 404, "{nothing}");
    }
}

#[test]
fn a_newer_snapshot_takes_the_place_of_the_old_one_and_a_broken_one_does_not() {
    let site = Site::serve();
    let health = || site.get("/healthz").json()["snapshot"].as_str().unwrap().to_owned();
    let old = health();
    let kpis = site.get("/api/kpis");
    let manifest = site.data().join("manifest.json");
    std::fs::write(&manifest, "{\"not\": \"a manifest\"}").unwrap();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!((health(), site.get("/api/kpis").body), (old.clone(), kpis.body.clone()));
    std::fs::remove_file(&manifest).unwrap();
    demo(&site.data(), "120", "6");
    let start = Instant::now();
    while health() == old {
        assert!(start.elapsed() < Duration::from_secs(20), "the newer snapshot is not taken");
        std::thread::sleep(Duration::from_millis(100));
    }
    let newer = site.get("/api/kpis");
    assert_ne!(newer.body, kpis.body);
    let etag = kpis.header("etag");
    assert_eq!(site.ask("GET", "/api/kpis", &[("if-none-match", etag)]).status, 200);
}

#[test]
fn counts_are_told_without_what_was_asked() {
    let site = Site::serve();
    site.get("/api/kpis?segment=High+Value");
    site.get("/customers/C-17?q=Ada");
    let counts = site.get("/metrics").body;
    assert!(
        counts.contains("hub_requests_total{route=\"/api/kpis\",status=\"200\"} 1"),
        "{counts}"
    );
    assert!(!counts.contains("Ada") && !counts.contains("C-17") && !counts.contains("High"));
}

#[test]
fn the_description_tells_the_parameters() {
    let site = Site::serve();
    let description = site.get("/api/openapi.json").json();
    let kpis = &description["paths"]["/api/kpis"]["get"];
    let names: Vec<&Value> =
        kpis["parameters"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert!(names.contains(&&json!("segment")) && !names.contains(&&json!("page")));
    assert!(kpis["responses"]["400"].is_object());
}

#[test]
fn below_a_path_nothing_else_is_answered() {
    let site = Site::with(built(), "/shop/hub/");
    // The address that it tells is the site's.
    assert_eq!(site.get("/api/kpis").status, 200);
    assert_eq!(site.get("/").body, "<p>the page");
    let next = site.get("/api/rfm_segmentation?limit=10").json();
    assert_eq!(next["pagination"]["next"], "/shop/hub/api/rfm_segmentation/2?limit=10");
}

#[test]
fn strangers_names_do_not_lead_to_this_machine() {
    let site = Site::serve();
    for host in ["evil.example", "127.0.0.1.evil.example"] {
        let line = site.raw(&format!("GET /api/kpis HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert!(line.starts_with("HTTP/1.1 421 "), "{host}: {line}");
    }
    let own = site.get("/api/kpis");
    assert_eq!((own.status, own.header("access-control-allow-origin")), (200, ""));
    let open = Site::with_options(built(), "/", &["--cors"]);
    assert_eq!(open.get("/api/kpis").header("access-control-allow-origin"), "*");
    assert_eq!(open.get("/index.html").header("access-control-allow-origin"), "");
}

#[test]
fn whoever_hangs_up_does_not_stop_the_others() {
    let site = Site::serve();
    for at in 0..400 {
        let month = at % 12 + 1;
        let limit = at % 4000 + 1;
        site.hang_up(&format!(
            "GET /api/rfm_segmentation?from=2025-{month:02}-01&limit={limit} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        ));
    }
    let start = Instant::now();
    assert_eq!(site.get("/config.json").status, 200);
    while site.get("/api/kpis?segment=High+Value").status == 429 {
        assert!(start.elapsed() < Duration::from_secs(20), "those who have gone are still served");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(site.get("/api/kpis?segment=High+Value").status, 200);
}

#[cfg(unix)]
#[test]
fn it_ends_though_somebody_keeps_it_waiting() {
    let site = Site::serve();
    let silent: Vec<_> = (0..50).map(|_| site.half("GET /api/kpis HTTP/1.1\r\nHo")).collect();
    assert_eq!(site.get("/healthz").status, 200);
    let start = Instant::now();
    assert!(site.end());
    assert!(start.elapsed() < Duration::from_secs(25), "{:?}", start.elapsed());
    drop(silent);
}

#[cfg(unix)]
#[test]
fn it_ends_when_its_host_asks_for_it() {
    let site = Site::serve();
    assert_eq!(site.get("/healthz").status, 200);
    assert!(site.end());
}
