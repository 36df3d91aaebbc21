//! What becomes of an answer of the static files: passed on, cut, or refused.
//!
//! The files' host is not believed: only an answer that fits what was asked for is passed on, with
//! headers of a list. Its redirects could lead around the guard, and its own words for failures
//! are not ours to show.

use crate::Refusal;
use crate::cut::{self, Kept, Plan};
use crate::headers::{self, IF_RANGE};
use crate::inner::Inner;
use crate::range::{self, Part};

/// Status and headers of a file on its way to the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// HTTP status.
    pub status: u16,
    /// Headers, each name once.
    pub headers: Vec<(&'static str, String)>,
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is passed on with its body.
    Pass(Head),
    /// It is passed on without a body.
    Bare(Head),
    /// A part of its body is handed on as it comes.
    Stream(Head, Part),
    /// A part of its body is read first; status and place are found then.
    Keep(Head, Kept),
    /// The range lies outside of the file, of that many bytes if they are known.
    Outside(Option<u64>),
    /// It is not passed on.
    Refuse(Refusal),
}

/// What becomes of an answer of this status and these headers.
pub fn judge(
    inner: &Inner,
    secure: bool,
    status: u16,
    given: impl Fn(&str) -> Option<String>,
) -> Answer {
    let unavailable = Answer::Refuse(Refusal::FilesUnavailable);
    let head = || Head { status, headers: headers::of_file(inner.route, secure, &given) };
    match status {
        200 => whole(inner, head(), &given),
        206 if is_part_asked_for(inner, &given) => Answer::Pass(head()),
        304 if inner.is_conditional() => Answer::Bare(head().without(&["content-range"])),
        416 if inner.span.is_some() => {
            let said = given("content-range");
            Answer::Outside(said.and_then(|text| range::length_outside(&text)))
        }
        304 => unavailable,
        300..=399 | 404 | 410 => Answer::Refuse(Refusal::NotFound),
        _ => unavailable,
    }
}

/// A whole file, of which a part may have been asked for.
fn whole(inner: &Inner, head: Head, given: impl Fn(&str) -> Option<String>) -> Answer {
    let head = head.without(&["content-range"]);
    let Some(span) = inner.span.filter(|_| may_cut(inner, &given)) else {
        return if inner.method == "HEAD" { Answer::Bare(head) } else { Answer::Pass(head) };
    };
    let length = given("content-length").and_then(|text| range::length(&text));
    match cut::plan(span, length) {
        Plan::Stream(part) => Answer::Stream(head.of_part(part), part),
        Plan::Keep(kept) => Answer::Keep(head, kept),
        Plan::Outside(length) => Answer::Outside(Some(length)),
        Plan::Whole => Answer::Pass(head),
    }
}

/// True if a range may be cut out of a whole file: it is sent as it is, and is still the one that
/// `If-Range` names.
fn may_cut(inner: &Inner, given: impl Fn(&str) -> Option<String>) -> bool {
    let same = inner
        .header(IF_RANGE)
        .is_none_or(|tag| tag.starts_with('"') && given("etag").as_deref() == Some(tag));
    same && given("content-encoding").is_none()
}

fn is_part_asked_for(inner: &Inner, given: impl Fn(&str) -> Option<String>) -> bool {
    let named = given("content-range").and_then(|text| Part::read(&text));
    let (Some(span), Some(part)) = (inner.span, named) else { return false };
    let length = given("content-length").map(|text| range::length(&text));
    part.answers(span) && length.is_none_or(|length| length == Some(part.end - part.start))
}

impl Head {
    /// The head of a part of that file.
    #[must_use]
    pub fn of_part(self, part: Part) -> Self {
        let mut part_head = self.without(&["accept-ranges", "content-length", "content-range"]);
        part_head.status = 206;
        part_head.headers.extend([
            ("accept-ranges", "bytes".to_owned()),
            ("content-length", (part.end - part.start).to_string()),
            ("content-range", part.header()),
        ]);
        part_head
    }

    fn without(mut self, names: &[&str]) -> Self {
        self.headers.retain(|(name, _)| !names.contains(name));
        self
    }
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
