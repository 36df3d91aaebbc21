//! What hosts do wrong.

use std::fs;

use crate::broken::{Fault, Reply};

/// What a host does wrong, by whose name, and how much it matters.
pub const FAULTS: [(&str, &str, &str, Fault); 27] = [
    ("parts come compressed", "fault", "packed-ranges", |asked, reply, _| {
        if asked.is_snapshot() && reply.status == 206 {
            reply.set("Content-Encoding", "gzip");
        }
    }),
    (
        "parts come compressed for whoever takes that",
        "fault",
        "packed-ranges",
        |asked, reply, _| {
            let takes = asked.header("accept-encoding").is_some_and(|list| list.contains("gzip"));
            if asked.is_snapshot() && reply.status == 206 && takes {
                reply.set("Content-Encoding", "gzip");
            }
        },
    ),
    ("ranges are unknown", "fault", "no-ranges", |asked, reply, root| {
        if asked.is_snapshot() {
            reply.status = 200;
            reply.drop("Content-Range");
            reply.body = fs::read(root.join(&asked.path)).unwrap();
        }
    }),
    ("the length is not told", "fault", "content-range", |asked, reply, _| {
        if asked.is_snapshot() && reply.status == 206 {
            reply.set("Content-Range", "bytes 0-99/*");
        }
    }),
    ("no part is told", "fault", "content-range", |asked, reply, _| {
        if asked.is_snapshot() {
            reply.drop("Content-Range");
        }
    }),
    ("a byte is missing", "fault", "short-ranges", |asked, reply, _| {
        if asked.is_snapshot() && reply.status == 206 {
            reply.body.pop();
        }
    }),
    ("the upload broke off", "fault", "changed-data", |asked, reply, _| {
        if asked.is_snapshot() && reply.status == 206 {
            let range = reply.headers.iter().find(|(name, _)| name == "Content-Range").unwrap();
            let shorter = format!("{}/70000", range.1.split_once('/').unwrap().0);
            reply.set("Content-Range", &shorter);
        }
    }),
    ("another file lies there", "fault", "changed-data", |asked, reply, _| {
        if asked.is_snapshot() && reply.status == 206 {
            reply.body = vec![0; reply.body.len()];
        }
    }),
    ("conditions are not read", "fault", "if-range", |asked, reply, root| {
        if asked.is_snapshot() && asked.header("range").is_some() && reply.status == 200 {
            let whole = fs::read(root.join(&asked.path)).unwrap();
            reply.status = 206;
            reply.set("Content-Range", &format!("bytes 0-99/{}", whole.len()));
            reply.body = whole[..100].to_vec();
        }
    }),
    ("the head is of a compressed file", "fault", "packed-head", |asked, reply, _| {
        if asked.is_snapshot() && asked.method == "HEAD" {
            reply.set("Content-Encoding", "gzip");
        }
    }),
    ("the snapshot is not there", "fault", "page-for-file", |asked, reply, root| {
        if asked.is_snapshot() {
            *reply = Reply {
                status: 200,
                headers: vec![("Content-Type".to_owned(), "text/html".to_owned())],
                body: fs::read(root.join("index.html")).unwrap(),
            };
        }
    }),
    ("the page is kept for a year", "fault", "kept-too-long", |asked, reply, _| {
        if asked.path.is_empty() {
            reply.set("Cache-Control", "public, max-age=31536000");
        }
    }),
    ("the manifest is kept for a day on the way", "fault", "kept-too-long", |asked, reply, _| {
        if asked.path == "data/manifest.json" {
            reply.set("Cache-Control", "max-age=0, s-maxage=86400");
        }
    }),
    ("of the worker nothing is said", "fault", "kept-unsaid", |asked, reply, _| {
        if asked.path == "service-worker.js" {
            reply.drop("Cache-Control");
        }
    }),
    ("the configuration is kept for minutes", "remark", "kept", |asked, reply, _| {
        if asked.path == "config.json" {
            reply.set("Cache-Control", "max-age=600");
        }
    }),
    ("files with a hash are not kept", "remark", "not-kept", |asked, reply, _| {
        if asked.path.starts_with("js/") {
            reply.set("Cache-Control", "no-cache");
        }
    }),
    ("programs come as something", "fault", "type", |asked, reply, _| {
        if asked.path.ends_with(".wasm") {
            reply.set("Content-Type", "application/octet-stream");
        }
    }),
    ("scripts come as texts", "fault", "type", |asked, reply, _| {
        if asked.path.ends_with(".js") {
            reply.set("Content-Type", "text/plain; charset=utf-8");
        }
    }),
    ("a file of the app is of another build", "fault", "changed-file", |asked, reply, _| {
        if asked.path.ends_with("_bg.wasm") {
            reply.body.push(0);
        }
    }),
    ("a page comes for files", "fault", "page-for-file", |asked, reply, root| {
        if asked.path == "config.json" {
            reply.set("Content-Type", "text/html");
            reply.body = fs::read(root.join("index.html")).unwrap();
        }
    }),
    ("a file is missing", "fault", "missing", |asked, reply, _| {
        if asked.path.starts_with("data/places-") {
            reply.status = 404;
        }
    }),
    ("data was changed on the way", "fault", "changed-data", |asked, reply, _| {
        if asked.path.starts_with("data/first-view-") {
            reply.body.push(b' ');
        }
    }),
    ("views are unknown", "fault", "deep-link", |asked, reply, _| {
        if ["dashboard", "customers/a%20b"].contains(&asked.path.as_str()) {
            reply.status = 404;
            reply.body = b"not found".to_vec();
        }
    }),
    ("views are shown as missing", "remark", "deep-link", |asked, reply, _| {
        if ["dashboard", "customers/a%20b"].contains(&asked.path.as_str()) {
            reply.status = 404;
        }
    }),
    ("the page was minified", "fault", "changed-page", |asked, reply, _| {
        if asked.path.is_empty() {
            let page = String::from_utf8(reply.body.clone()).unwrap();
            reply.body = page.replacen("</script>", ";</script>", 1).into_bytes();
        }
    }),
    ("another policy is sent", "fault", "policy", |asked, reply, _| {
        if asked.path.is_empty() {
            reply.set("Content-Security-Policy", "default-src 'self'");
        }
    }),
    ("missing files are kept for ever", "fault", "missing-kept", |asked, reply, _| {
        if asked.path.starts_with("data/snapshot-0000000000000000") {
            reply.status = 200;
            reply.set("Cache-Control", "public, max-age=31536000, immutable");
        }
    }),
];
