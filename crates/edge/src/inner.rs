//! What the static files are asked for: one address of a fixed host, by a route that was judged.
//!
//! No part of a request decides which host is asked. Its path decides which file, and only as far
//! as the route lets it: what was judged and what is asked for are the same letters.

use crate::Refusal;
use crate::headers;
use crate::path::{Writing, writing};
use crate::range::{self, Asked, Span};
use crate::route::Route;

/// The files' host. Hosts of static files do not look at the name; no such name exists elsewhere.
pub const HOST: &str = "http://files.invalid";

/// A request for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inner {
    /// Its whole address.
    pub url: String,
    /// GET or HEAD.
    pub method: &'static str,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// The range that `headers` ask for.
    pub span: Option<Span>,
    /// Who may see the answer.
    pub route: Route,
}

impl Inner {
    /// What to ask for a request's path, judged to lead to a file.
    ///
    /// The page itself is asked for by its folder, whatever the path says.
    ///
    /// # Errors
    /// [`Refusal::BadRange`] for several ranges of the data, [`Refusal::OddPath`] for a path that
    /// was not judged, and [`Refusal::WrongMethod`].
    pub fn new(
        route: Route,
        path: &str,
        base: &str,
        method: &str,
        header: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Refusal> {
        let path = if route == Route::Page { base } else { path };
        let plain = path.strip_prefix('/').is_some_and(|rest| writing(rest) == Writing::Plain);
        plain.then_some(()).ok_or(Refusal::OddPath)?;
        let method = match method {
            "GET" => "GET",
            "HEAD" => "HEAD",
            _ => return Err(Refusal::WrongMethod),
        };
        let span = match range::read(header("range").as_deref()) {
            Asked::One(span) if route == Route::Guarded && method == "GET" => Some(span),
            Asked::Several if route == Route::Guarded => return Err(Refusal::BadRange),
            _ => None,
        };
        let forwarded = headers::FORWARDED.iter().filter(|name| {
            // A condition on a range is none on a whole.
            span.is_some() || **name != headers::IF_RANGE
        });
        let mut headers: Vec<(&'static str, String)> =
            forwarded.filter_map(|name| Some((*name, header(name)?))).collect();
        headers.extend(span.map(|span| ("range", span.header())));
        Ok(Self { url: format!("{HOST}{path}"), method, headers, span, route })
    }

    /// One of the headers.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// True if the answer may be that nothing has changed.
    pub fn is_conditional(&self) -> bool {
        headers::CONDITIONS.iter().any(|name| self.header(name).is_some())
    }
}
