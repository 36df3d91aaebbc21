//! Asks a host as a browser does.

use std::cell::Cell;
use std::io::Read;
use std::time::Duration;

use anyhow::{Context, Result};
use ureq::http::{HeaderMap, Request};
use ureq::{Agent, ResponseExt};
use url::Url;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What browsers take compressed.
pub const PACKED: (&str, &str) = ("accept-encoding", "gzip, deflate, br, zstd");

/// What asks for bytes as they are.
pub const PLAIN: (&str, &str) = ("accept-encoding", "identity");

/// Asks one host, and those that its site names.
pub struct Client {
    agent: Agent,
    asked: Cell<usize>,
}

/// An answer.
pub struct Answer {
    /// Its address, after whatever redirections.
    pub url: Url,
    /// Its status.
    pub status: u16,
    headers: HeaderMap,
    /// The first bytes of its body, as many as were wanted; compressed if the host has sent it so.
    pub body: Vec<u8>,
}

impl Answer {
    /// The text of a header; nothing if there is none.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type, without what stands behind it.
    pub fn kind(&self) -> String {
        let kind = self.header("content-type").unwrap_or_default();
        kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The body as a text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// How the body was compressed on the way; nothing if it was not.
    pub fn encoding(&self) -> Option<&str> {
        self.header("content-encoding")
            .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    }
}

impl Client {
    /// A client that trusts whom browsers trust.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent(concat!("insights-hub-check/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), asked: Cell::new(0) }
    }

    /// How often something was asked for.
    pub fn asked(&self) -> usize {
        self.asked.get()
    }

    /// Asks for an address, and reads as many bytes of the body at most.
    ///
    /// # Errors
    /// If no answer comes.
    pub fn get(&self, url: &Url, headers: &[(&str, &str)], most: u64) -> Result<Answer> {
        self.ask("GET", url, headers, most)
    }

    /// Asks in some way.
    ///
    /// # Errors
    /// If no answer comes.
    pub fn ask(
        &self,
        method: &str,
        url: &Url,
        headers: &[(&str, &str)],
        most: u64,
    ) -> Result<Answer> {
        self.asked.set(self.asked.get().saturating_add(1));
        let request = Request::builder().method(method).uri(url.as_str());
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let no_answer = || format!("{url}: no answer");
        let response = self.agent.run(request.body(())?).with_context(no_answer)?;
        // After redirections it is another than the one that was asked for.
        let url = Url::parse(&response.get_uri().to_string()).unwrap_or_else(|_| url.clone());
        let (parts, body) = response.into_parts();
        let mut bytes = Vec::new();
        body.into_reader().take(most).read_to_end(&mut bytes).with_context(no_answer)?;
        Ok(Answer { url, status: parts.status.as_u16(), headers: parts.headers, body: bytes })
    }
}
