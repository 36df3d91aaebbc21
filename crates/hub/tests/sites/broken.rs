//! A host that serves a site as it should, but for what a test has it do otherwise.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was asked for.
pub struct Asked {
    pub method: String,
    /// Path below the site's root, without a slash before it.
    pub path: String,
    headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn is_snapshot(&self) -> bool {
        self.path.starts_with("data/snapshot-") && !self.path.contains("-0000000000000000.")
    }
}

/// What is answered.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn set(&mut self, name: &str, value: &str) {
        self.drop(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub fn drop(&mut self, name: &str) {
        self.headers.retain(|(own, _)| !own.eq_ignore_ascii_case(name));
    }
}

/// What is otherwise.
pub type Fault = fn(&Asked, &mut Reply, &Path);

/// The host, on a port of its own; it ends with the test.
pub struct Host {
    pub url: String,
}

impl Host {
    pub fn of(root: &Path, base: &str, fault: Fault) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), root, base, fault)
    }

    pub fn on(listener: TcpListener, root: &Path, base: &str, fault: Fault) -> Self {
        let url = format!("http://{}{base}", listener.local_addr().unwrap());
        let (root, base) = (Arc::new(root.to_owned()), base.to_owned());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (root, base) = (root.clone(), base.clone());
                std::thread::spawn(move || answer(stream.unwrap(), &root, &base, fault));
            }
        });
        Self { url }
    }
}

fn answer(mut stream: TcpStream, root: &Path, base: &str, fault: Fault) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let mut words = first.split(' ');
    let (method, address) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let mut headers = Vec::new();
    for line in lines.map_while(Result::ok).take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap();
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let address = address.split('?').next().unwrap();
    let mut reply = Reply { status: 404, headers: Vec::new(), body: b"no such file".to_vec() };
    if let Some(path) = address.strip_prefix(base) {
        let asked = Asked { method, path: path.to_owned(), headers };
        reply = right(&asked, root, address);
        fault(&asked, &mut reply, root);
        if asked.method == "HEAD" {
            reply.set("X-Length", &reply.body.len().to_string());
            reply.body.clear();
        }
    }
    let mut head = format!("HTTP/1.1 {} Status\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", reply.body.len()));
    // Whoever asked may have heard enough.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&reply.body);
}

/// What a host answers that does all as it should.
fn right(asked: &Asked, root: &Path, address: &str) -> Reply {
    let named = if asked.path.is_empty() { "index.html" } else { &asked.path };
    let file = root.join(named);
    let is_view = Path::new(named).extension().is_none();
    // Answers for programs have no ending in their addresses.
    let answer = root.join(format!("{named}.json"));
    let (status, file) = match file.is_file() {
        true => (200, file),
        false if named.starts_with("api/") && answer.is_file() => (200, answer),
        false if is_view => (200, root.join("index.html")),
        false => (404, root.join("404.html")),
    };
    let body = fs::read(&file).unwrap();
    let mut reply = Reply { status, headers: Vec::new(), body };
    reply.set("Content-Type", kind(&file));
    let length = reply.body.len();
    reply.set("ETag", &format!("\"{length:x}-{}\"", asked.path.len()));
    if status == 200 {
        for (name, value) in of_rules(root, address) {
            reply.set(&name, &value);
        }
    }
    let name = reply.headers.iter().find(|(name, _)| name == "ETag").unwrap().1.clone();
    if asked.header("if-none-match") == Some(&name) {
        reply.status = 304;
        reply.body.clear();
    }
    let is_same = asked.header("if-range").is_none_or(|known| known == name);
    let range = asked.header("range").filter(|_| status == 200 && is_same);
    if let Some((from, to)) = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'))
    {
        let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
        let to = to.min(length - 1);
        reply.status = 206;
        reply.set("Content-Range", &format!("bytes {from}-{to}/{length}"));
        reply.body = reply.body[from..=to].to_vec();
    }
    if asked.header("accept-encoding").is_some_and(|list| list.contains("br")) && range.is_none() {
        let packed = PathBuf::from(format!("{}.br", file.display()));
        if let Ok(packed) = fs::read(packed) {
            reply.body = packed;
            reply.set("Content-Encoding", "br");
        }
    }
    reply
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// The headers that `_headers` of the site has for an address.
fn of_rules(root: &Path, address: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root.join("_headers")).unwrap();
    let (mut fits, mut found) = (false, Vec::new());
    for line in text.lines() {
        match line.strip_prefix("  ").and_then(|header| header.split_once(": ")) {
            Some((name, value)) if fits => found.push((name.to_owned(), value.to_owned())),
            Some(_) => {}
            None => {
                fits = match line.split_once('*') {
                    Some((before, _)) => address.starts_with(before),
                    None => address == line,
                };
            }
        }
    }
    found
}
