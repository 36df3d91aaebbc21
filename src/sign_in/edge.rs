//! What the page asks of the edge function, and of the data's host to see whether it guards.

use std::pin::pin;

use futures::future::{Either, select};
use gloo::net::http::{Request, RequestBuilder, Response};
use gloo::timers::future::TimeoutFuture;
use serde::Deserialize;
use serde_json::json;
use web_sys::{RequestCache, RequestCredentials};

use super::session::{Session, User, now};
use super::state::Probe;
use crate::host::body::text_within;
use crate::host::place;

/// How long an answer is waited for, in milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// Most bytes of an answer: who somebody is, or why not.
const LONGEST: u64 = 64 << 10;

/// What the edge function answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer<T> {
    /// What was asked for.
    Good(T),
    /// A refusal, with its code.
    Refused(String),
    /// Something answers, but no edge function.
    NoEdge,
    /// Nothing answers, or it fails.
    Unreachable,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SessionBody {
    user: User,
    expires_at: f64,
    ends_at: f64,
}

#[derive(Deserialize)]
struct NonceBody {
    nonce: String,
}

#[derive(Deserialize)]
struct RefusalBody {
    code: String,
}

/// Whose session this browser has; renews it.
pub async fn validate(endpoint: &str) -> Answer<Session> {
    session(post(endpoint, "{}".to_owned()).await)
}

/// Begins a session with Google's token.
pub async fn exchange(endpoint: &str, credential: &str) -> Answer<Session> {
    session(post(endpoint, json!({ "credential": credential }).to_string()).await)
}

/// Ends the session.
pub async fn log_out(endpoint: &str) -> Answer<()> {
    #[derive(Deserialize)]
    struct Empty {}
    match post(endpoint, "{}".to_owned()).await {
        Some(said) => said.read::<Empty, _>(|_, _| ()),
        None => Answer::Unreachable,
    }
}

/// A nonce for one sign-in.
pub async fn nonce(endpoint: &str) -> Answer<String> {
    let request = Request::get(&place::absolute(endpoint)).cache(RequestCache::NoStore);
    match said(request.credentials(RequestCredentials::SameOrigin).build()).await {
        Some(said) => said.read::<NonceBody, _>(|body, _| body.nonce),
        None => Answer::Unreachable,
    }
}

/// Asks for the first byte of a file as somebody who has no session.
pub async fn probe(url: &str) -> Probe {
    let request = Request::get(url)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .header("Range", "bytes=0-0");
    match request.build() {
        Ok(request) => match in_time(request.send()).await.and_then(Result::ok) {
            Some(response) => match response.status() {
                200 | 206 => Probe::Public,
                401 | 403 => Probe::Refused,
                _ => Probe::Silent,
            },
            None => Probe::Silent,
        },
        Err(_) => Probe::Silent,
    }
}

/// An answer whose body was read.
struct Said {
    status: u16,
    text: String,
    /// Seconds by which the answering clock is ahead of this one.
    skew: f64,
}

impl Said {
    /// Tells an edge function's answer from a page or an error of some other host.
    fn read<B: for<'a> Deserialize<'a>, T>(self, make: impl Fn(B, f64) -> T) -> Answer<T> {
        if self.status == 200 {
            return match serde_json::from_str(&self.text) {
                Ok(body) => Answer::Good(make(body, self.skew)),
                Err(_) => Answer::NoEdge,
            };
        }
        match (serde_json::from_str::<RefusalBody>(&self.text), self.status) {
            (Ok(refusal), _) => Answer::Refused(refusal.code),
            // Hosts of files say so when they are sent something.
            (Err(_), 501) => Answer::NoEdge,
            (Err(_), 429 | 500..) => Answer::Unreachable,
            (Err(_), _) => Answer::NoEdge,
        }
    }
}

fn session(said: Option<Said>) -> Answer<Session> {
    let Some(said) = said else { return Answer::Unreachable };
    said.read::<SessionBody, _>(|body, skew| Session {
        user: body.user,
        expires_at: body.expires_at,
        ends_at: body.ends_at,
        skew,
    })
}

async fn post(endpoint: &str, body: String) -> Option<Said> {
    let request: RequestBuilder = Request::post(&place::absolute(endpoint))
        .credentials(RequestCredentials::SameOrigin)
        .header("Content-Type", "application/json");
    said(request.body(body)).await
}

async fn said(request: Result<Request, gloo::net::Error>) -> Option<Said> {
    let request = request.ok()?;
    let read = async {
        let response: Response = request.send().await.ok()?;
        let skew = skew(&response);
        let status = response.status();
        Some(Said { status, text: text_within(response.body(), LONGEST).await?, skew })
    };
    in_time(read).await.flatten()
}

fn skew(response: &Response) -> f64 {
    let date = response.headers().get("date");
    let there = date.map_or(f64::NAN, |date| js_sys::Date::parse(&date) / 1000.0);
    let skew = there - now();
    // The header counts whole seconds, and travelled a while: little is nothing.
    if skew.abs() > 5.0 { skew } else { 0.0 }
}

/// The outcome, unless it takes too long.
async fn in_time<T>(work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn answer(status: u16, text: &str) -> Answer<Session> {
        session(Some(Said { status, text: text.to_owned(), skew: 0.0 }))
    }

    #[wasm_bindgen_test]
    fn an_edge_is_told_from_other_hosts() {
        let good = r#"{"user":{"sub":"7","name":"Ann"},"expiresAt":1010,"endsAt":1100}"#;
        let Answer::Good(session) = answer(200, good) else { panic!() };
        assert_eq!((session.user.label(), session.ends_at), ("Ann", 1100.0));
        let refused = r#"{"error":"Sign in first.","code":"no_session"}"#;
        assert_eq!(answer(401, refused), Answer::Refused("no_session".to_owned()));
        let unconfigured = r#"{"error":"…","code":"not_configured"}"#;
        assert_eq!(answer(503, unconfigured), Answer::Refused("not_configured".to_owned()));
        for (status, text) in
            [(200, "<!doctype html>"), (200, "{}"), (404, ""), (405, "no"), (501, ""), (403, "")]
        {
            assert_eq!(answer(status, text), Answer::NoEdge, "{status}");
        }
        for (status, text) in [(500, ""), (502, "<html>"), (503, ""), (429, "")] {
            assert_eq!(answer(status, text), Answer::Unreachable, "{status}");
        }
    }
}
