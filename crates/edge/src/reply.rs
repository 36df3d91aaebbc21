//! The edge's own answers: status, headers and JSON, before they become a `Response`.

use serde::Serialize;

use crate::Refusal;
use crate::range;
use crate::session::{Limits, Session};
use crate::sign_in::Identity;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers; a name may stand more than once.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or empty.
    pub body: String,
}

/// What every answer of the edge's own says. None of them may be kept by anybody.
pub const ALWAYS: [(&str, &str); 6] = [
    ("cache-control", "private, no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("content-type", "application/json"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

/// Has a browser drop what it kept of the data.
const CLEAR: (&str, &str) = ("clear-site-data", "\"cache\"");

/// Seconds after which it is worth asking again when something is unavailable.
const RETRY_SECONDS: &str = "5";

/// What the page learns of its session.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    user: &'a Identity,
    /// When the session ends unless renewed.
    expires_at: u64,
    /// When it ends for good.
    ends_at: u64,
}

/// A body that says nothing.
#[derive(Serialize)]
struct Empty {}

impl Reply {
    /// An answer in JSON.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        let headers = ALWAYS.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        // The bodies are plain fields of text and numbers: serialising them cannot fail.
        Self { status, headers, body: serde_json::to_string(body).unwrap_or_default() }
    }

    /// The nonce to hand to Google.
    pub fn nonce(digest: &str) -> Self {
        #[derive(Serialize)]
        struct Body<'a> {
            nonce: &'a str,
        }
        Self::json(200, &Body { nonce: digest })
    }

    /// A session as the page may see it.
    pub fn session(session: &Session, limits: Limits) -> Self {
        let (user, expires_at) = (&session.identity, session.exp);
        Self::json(200, &Shown { user, expires_at, ends_at: session.end(limits) })
    }

    /// The end of a session. Browsers drop what they kept of the data.
    pub fn signed_out() -> Self {
        Self::json(200, &Empty {}).header(CLEAR.0, CLEAR.1)
    }

    /// An error.
    pub fn refuse(refusal: Refusal) -> Self {
        #[derive(Serialize)]
        struct Body {
            error: &'static str,
            code: &'static str,
        }
        let body = Body { error: refusal.message(), code: refusal.code() };
        let reply = Self::json(refusal.status(), &body);
        if refusal.ends_a_session() {
            return reply.header(CLEAR.0, CLEAR.1);
        }
        match refusal.status() {
            503 => reply.header("retry-after", RETRY_SECONDS),
            _ => reply,
        }
    }

    /// A path that does not take the request's method.
    pub fn wrong_method(allowed: &str) -> Self {
        Self::refuse(Refusal::WrongMethod).header("allow", allowed)
    }

    /// A range outside a file of that many bytes, if they are known.
    pub fn bad_range(length: Option<u64>) -> Self {
        let reply = Self::refuse(Refusal::BadRange);
        match length {
            Some(length) => reply.header("content-range", &range::unsatisfied(length)),
            None => reply,
        }
    }

    /// Back to the page after Google's form: signed in, or with the code of a refusal in the
    /// query. The address is the page's own and no part of the request.
    pub fn to_page(base: &str, refused: Option<Refusal>) -> Self {
        let query = refused.map(|refusal| format!("?sign_in={refusal}")).unwrap_or_default();
        let mut reply = Self::json(303, &Empty {});
        reply.body.clear();
        reply.header("location", &format!("{base}{query}"))
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same with one more cookie set or cleared.
    #[must_use]
    pub fn cookie(self, set_cookie: &str) -> Self {
        self.header("set-cookie", set_cookie)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_of_the_edge_may_be_kept() {
        for refusal in Refusal::ALL {
            let reply = Reply::refuse(refusal);
            let kept = reply.headers.iter().find(|(name, _)| *name == "cache-control").unwrap();
            assert_eq!(kept.1, "private, no-store");
            assert!(reply.body.contains(&format!("\"code\":\"{refusal}\"")));
        }
    }

    #[test]
    fn a_session_that_has_ended_takes_the_kept_data_along() {
        let clears =
            |refusal| Reply::refuse(refusal).headers.iter().any(|(name, _)| *name == CLEAR.0);
        for refusal in [Refusal::SessionExpired, Refusal::SessionRevoked, Refusal::BadSession] {
            assert!(clears(refusal), "{refusal}");
        }
        // Any site can make a browser ask without its cookies, and the page asks so itself.
        for refusal in [Refusal::NoSession, Refusal::NotFound, Refusal::Busy, Refusal::OddPath] {
            assert!(!clears(refusal), "{refusal}");
        }
    }

    #[test]
    fn a_redirect_leads_to_the_page_alone() {
        let location = |reply: Reply| reply.headers.last().cloned().unwrap().1;
        assert_eq!(location(Reply::to_page("/demo/", None)), "/demo/");
        let refused = Reply::to_page("/", Some(Refusal::TokenExpired));
        assert_eq!(location(refused), "/?sign_in=token_expired");
    }

    #[test]
    fn the_page_sees_the_user_and_the_times() {
        let limits = Limits { idle: 10, longest: 100, not_before: 0 };
        let identity = Identity { sub: "7".to_owned(), ..Identity::default() };
        let session = Session::begin("s".to_owned(), identity, 1_000, limits);
        let body = Reply::session(&session, limits).body;
        assert_eq!(body, r#"{"user":{"sub":"7"},"expiresAt":1010,"endsAt":1100}"#);
    }
}
