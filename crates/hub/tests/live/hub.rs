//! A hub with a channel: the program on a free port, its journal, listeners and editors.

use std::net::TcpStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use facts::live::{Sequence, read};
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderValue;
use tungstenite::{Message, WebSocket};

#[path = "../serve/site.rs"]
#[allow(dead_code, reason = "the answers for programs need more of it")]
mod site;

pub use site::{Answer, Site, built, demo, hub};

pub const PROTOCOL: &str = "insights-hub.live.v1";

/// How long something may take that is waited for.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Hub {
    pub site: Site,
    /// Where the journal lies.
    pub folder: TempDir,
}

impl Hub {
    /// One that tells edits alone.
    pub fn edits() -> Self {
        Self::with(&["--live"])
    }

    pub fn with(options: &[&str]) -> Self {
        Self::over(built(), tempfile::tempdir().unwrap(), options)
    }

    pub fn over(site: TempDir, folder: TempDir, options: &[&str]) -> Self {
        Self::with_settings(site, folder, options, &[])
    }

    /// One with variables of the environment.
    pub fn with_settings(
        site: TempDir,
        folder: TempDir,
        options: &[&str],
        settings: &[(&str, String)],
    ) -> Self {
        let journal = folder.path().join("live.sqlite");
        let journal = ["--journal", journal.to_str().unwrap()];
        let site = Site::with_settings(site, "/", &[options, &journal].concat(), settings);
        Self { site, folder }
    }

    pub fn journal(&self) -> PathBuf {
        self.folder.path().join("live.sqlite")
    }

    /// Ends it at once, as a crash does, and starts it again over the same journal.
    pub fn killed(self, options: &[&str]) -> Self {
        let Self { site, folder } = self;
        Self::over(site.killed(), folder, options)
    }

    /// Asks for a WebSocket, with headers.
    pub fn join(&self, headers: &[(&'static str, &str)]) -> Result<Listener, u16> {
        let host = self.site.host();
        let mut request = format!("ws://{host}/live").into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
        }
        let stream = TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        match tungstenite::client(request, stream) {
            Ok((socket, answer)) => {
                let protocol = answer.headers().get("sec-websocket-protocol");
                let protocol = protocol.map(|name| name.to_str().unwrap().to_owned());
                Ok(Listener { socket, protocol, closed: None })
            }
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
                Err(answer.status().as_u16())
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Somebody who listens, and has said nothing yet.
    pub fn listener(&self) -> Listener {
        self.join(&[("sec-websocket-protocol", PROTOCOL)]).unwrap()
    }

    pub fn listeners(&self) -> u64 {
        let counts = self.site.get("/metrics").body;
        let line = counts.lines().find_map(|line| line.strip_prefix("hub_listeners "));
        line.unwrap_or_else(|| panic!("{counts}")).parse().unwrap()
    }

    /// Edits a customer under a key.
    pub fn edit(&self, customer: &str, key: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.patch(customer, &headers, &body.to_string())
    }

    pub fn patch(&self, customer: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.site.send("PATCH", &format!("/api/customers/{customer}"), headers, body)
    }

    /// Puts a customer into a segment; the number of the event.
    pub fn edited(&self, customer: &str, key: &str, segment: &str) -> u64 {
        let answer = self.edit(customer, key, &json!({ "customer_segment": segment }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["seq"].as_u64().unwrap()
    }
}

/// Waits until something is so.
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

pub struct Listener {
    socket: WebSocket<TcpStream>,
    pub protocol: Option<String>,
    /// With which code it was sent away.
    pub closed: Option<u16>,
}

impl Listener {
    pub fn say(&mut self, text: &str) {
        self.socket.send(Message::text(text)).unwrap();
    }

    pub fn send(&mut self, message: Message) {
        // The other end may have closed already.
        let _ = self.socket.send(message);
    }

    pub fn resume(&mut self, after: u64) {
        self.say(&json!({ "type": "resume", "after": after }).to_string());
    }

    /// The next text; nothing once the line is closed.
    pub fn text(&mut self) -> Option<String> {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return Some(text.to_string()),
                Ok(Message::Close(frame)) => {
                    self.closed = frame.map(|frame| frame.code.into());
                    return None;
                }
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if error.kind() == std::io::ErrorKind::WouldBlock =>
                {
                    panic!("nothing was said for long")
                }
                Err(_) => return None,
            }
        }
    }

    /// The next text as JSON.
    pub fn frame(&mut self) -> Value {
        let text = self.text().expect("the line is open");
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"))
    }

    /// The next frame that is no tick.
    pub fn event(&mut self) -> Value {
        loop {
            let frame = self.frame();
            if frame["type"] != "tick" {
                return frame;
            }
        }
    }

    /// Takes frames in until a sequence has come to a number; all events of them.
    pub fn until(&mut self, sequence: &mut Sequence, last: u64) -> Vec<u64> {
        let mut given = Vec::new();
        while sequence.next() <= last {
            let text = self.text().expect("the line is open");
            let taken = sequence.take(read(&text).unwrap());
            assert!(taken.bad.is_empty(), "{:?}", taken.bad);
            given.extend(taken.events.iter().map(|event| event.seq));
        }
        given
    }

    /// Reads on until the line is closed; with which code.
    pub fn end(mut self) -> Option<u16> {
        while self.text().is_some() {}
        self.closed
    }
}

/// Numbers without a gap.
pub fn numbers(from: u64, to: u64) -> Vec<u64> {
    (from..=to).collect()
}
