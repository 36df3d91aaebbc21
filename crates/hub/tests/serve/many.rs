//! Many at once: each gets its own answer, and who is slow keeps nobody else waiting.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::site::Site;

const MANY: usize = 2000;

/// What is asked on a connection of its own, and what must come.
struct Asked {
    request: String,
    status: &'static str,
    body: Vec<u8>,
}

fn ask(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n")
}

/// A whole answer: its first line, head and body.
fn answer(stream: &mut TcpStream) -> (String, String, Vec<u8>) {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&bytes)));
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let first = head.lines().next().unwrap().to_owned();
    (first, head, bytes[end + 4..].to_vec())
}

#[test]
fn two_thousand_at_once_are_all_answered_right() {
    // Each side holds a connection's file; some systems give fewer unasked.
    let room = crate::site::raise_open_files();
    let many = MANY.min(room.saturating_sub(200));
    let site = Site::serve();
    let manifest = site.get("/data/manifest.json").json();
    let snapshot = manifest["file"]["publishing"]["path"].as_str().unwrap().to_owned();
    let bytes = std::fs::read(site.data().join(&snapshot)).unwrap();
    let known = |path: &str| site.get(path).body.into_bytes();
    let (config, kpis) = (known("/config.json"), known("/api/kpis?segment=Low+Value"));
    let asked: Vec<Asked> = (0..many)
        .map(|at| match at % 3 {
            0 => Asked { request: ask("/config.json", ""), status: "200", body: config.clone() },
            1 => {
                let path = "/api/kpis?segment=Low+Value";
                Asked { request: ask(path, ""), status: "200", body: kpis.clone() }
            }
            _ => {
                let from = at * 97 % (bytes.len() - 4096);
                let range = format!("Range: bytes={from}-{}\r\n", from + 4095);
                let request = ask(&format!("/data/{snapshot}"), &range);
                Asked { request, status: "206", body: bytes[from..from + 4096].to_vec() }
            }
        })
        .collect();
    // All have connected and asked before the first is listened to.
    let mut streams: Vec<TcpStream> = asked.iter().map(|one| site.half(&one.request)).collect();
    for (stream, one) in streams.iter_mut().zip(&asked) {
        let (first, _, body) = answer(stream);
        assert!(first.starts_with(&format!("HTTP/1.1 {}", one.status)), "{first}: {}", one.request);
        assert!(body == one.body, "{}", one.request);
    }
}

#[test]
fn of_many_questions_at_once_each_is_answered_or_told_to_wait() {
    let site = Site::serve();
    let asked: Vec<String> = (0..300)
        .map(|at| format!("/api/rfm_segmentation?limit={}&segment=High+Value", at + 1))
        .collect();
    let mut streams: Vec<TcpStream> = asked.iter().map(|path| site.half(&ask(path, ""))).collect();
    let (mut answered, mut refused) = (0, 0);
    for (stream, path) in streams.iter_mut().zip(&asked) {
        let (first, head, body) = answer(stream);
        let value: serde_json::Value = serde_json::from_slice(&body).unwrap();
        if first.starts_with("HTTP/1.1 429") {
            assert!(head.to_ascii_lowercase().contains("\r\nretry-after: 1"), "{head}");
            assert!(value["error"].as_str().unwrap().contains("ask again"), "{value}");
            refused += 1;
        } else {
            assert!(first.starts_with("HTTP/1.1 200"), "{first}");
            assert_eq!(value, site.get(path).json(), "{path}");
            answered += 1;
        }
    }
    assert!(answered > 0 && answered + refused == asked.len());
}

#[test]
fn a_head_that_does_not_end_is_cut_off_and_keeps_nobody_waiting() {
    let site = Site::serve();
    let mut slow: Vec<TcpStream> = (0..100)
        .map(|_| site.half("GET /api/kpis HTTP/1.1\r\nHost: localhost\r\nX-Slow: "))
        .collect();
    let mut rest = Vec::new();
    for stream in &mut slow {
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
        assert_eq!(site.get("/config.json").status, 200);
        // A letter does not buy more time.
        let _ = stream.write_all(b"a");
    }
    for stream in &mut slow {
        // Either is an end: a word of why, or none.
        if let Err(error) = stream.read_to_end(&mut rest) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "it is not cut off");
        }
    }
    let said = String::from_utf8_lossy(&rest);
    assert!(!said.contains("200 OK"), "{said}");
}
