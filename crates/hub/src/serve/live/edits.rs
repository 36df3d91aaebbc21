//! Edits: `PATCH api/customers/ID`. An edit is an event like others, which everybody is told.

use std::sync::Arc;

use anyhow::Error;
use axum::body::{Body, to_bytes};
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{HeaderName, Method, Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::told::Written;
use super::{Live, Who, clock, customers, journal, origins, text};
use crate::serve::{log, reply};

/// Bytes of an edit at most.
const MOST_BYTES: usize = 4 * 1024;

/// Longest key.
const LONGEST_KEY: usize = 200;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What is to be otherwise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    customer_segment: String,
    /// What it was where the edit was made; it is refused if it is something else by now.
    was: Option<String>,
}

/// Why an edit is refused.
enum Refused {
    /// A status, and a sentence.
    Told(StatusCode, String),
    /// Somebody else was first: the segment by now.
    Changed(String),
    /// The journal or the snapshot cannot be read or written.
    Broken(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

impl From<(StatusCode, &str)> for Refused {
    fn from((status, why): (StatusCode, &str)) -> Self {
        Self::Told(status, why.to_owned())
    }
}

impl Live {
    /// Answers what is asked about a customer, whose id is as the address has it.
    pub(super) async fn edit(
        self: &Arc<Self>,
        id: &str,
        request: Request<Body>,
        who: Who,
    ) -> Response<Body> {
        if request.method() != Method::PATCH {
            let mut response = reply::refusal(StatusCode::METHOD_NOT_ALLOWED, "Only PATCH");
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("PATCH"));
            return response;
        }
        match self.taken(id, request, who).await {
            Ok(answer) => reply::json(StatusCode::OK, answer),
            Err(Refused::Told(status, why)) => {
                let mut response = reply::refusal(status, &why);
                if status == StatusCode::TOO_MANY_REQUESTS {
                    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
                }
                response
            }
            Err(Refused::Changed(segment)) => {
                let why = format!("The segment is {segment} by now");
                let body = json!({ "error": why, "customer_segment": segment });
                reply::json(StatusCode::CONFLICT, body.to_string())
            }
            Err(Refused::Broken(error)) => {
                log::note("edit_lost", &format!("{error:#}"));
                let (status, why) = if journal::takes_no_more(&error) {
                    (StatusCode::INSUFFICIENT_STORAGE, "The disk takes no more: nothing is changed")
                } else {
                    let why = "Something went wrong here: nothing is changed";
                    (StatusCode::INTERNAL_SERVER_ERROR, why)
                };
                reply::refusal(status, why)
            }
        }
    }

    async fn taken(
        self: &Arc<Self>,
        id: &str,
        request: Request<Body>,
        who: Who,
    ) -> Result<String, Refused> {
        let (head, body) = request.into_parts();
        if who == Who::Anybody && !origins::is_own(&head.headers) {
            return Err((StatusCode::FORBIDDEN, "Pages of other sites do not edit here").into());
        }
        if !self.edits.take() {
            return Err((StatusCode::TOO_MANY_REQUESTS, "Too many edits: wait a second").into());
        }
        let kind = text(&head.headers, &CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            let why = "An edit is application/json";
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, why).into());
        }
        let key = text(&head.headers, &KEY).unwrap_or_default().to_owned();
        if key.is_empty() || key.len() > LONGEST_KEY {
            let why = format!("Idempotency-Key is missing, or longer than {LONGEST_KEY} letters");
            return Err(Refused::Told(StatusCode::BAD_REQUEST, why));
        }
        let Some(id) = decoded(id) else {
            return Err((StatusCode::NOT_FOUND, "There is no such customer").into());
        };
        let Ok(body) = to_bytes(body, MOST_BYTES).await else {
            return Err((StatusCode::PAYLOAD_TOO_LARGE, "Too large for an edit").into());
        };
        let edit: Edit = serde_json::from_slice(&body)
            .map_err(|error| Refused::Told(StatusCode::BAD_REQUEST, error.to_string()))?;
        let live = self.clone();
        let made = tokio::task::spawn_blocking(move || live.make(&id, &key, &edit)).await;
        made.unwrap_or_else(|error| Err(Refused::Broken(error.into())))
    }

    /// Makes an edit, unless it was made under the same key before; gives its answer.
    fn make(&self, id: &str, key: &str, edit: &Edit) -> Result<String, Refused> {
        let Edit { customer_segment: segment, was } = edit;
        let asked = json!([id, segment, was]).to_string();
        let answered = |seq: u64| {
            json!({ "customer_id": id, "customer_segment": segment, "seq": seq }).to_string()
        };
        let mut known = None;
        let open = self.current.now();
        let told = self.channel.write(|journal| {
            if let Some((before, answer)) = journal.answer(key)? {
                if before != asked {
                    let why = "This Idempotency-Key was another edit's";
                    return Err((StatusCode::UNPROCESSABLE_ENTITY, why).into());
                }
                known = Some(answer);
                return Ok(Written::default());
            }
            if !open.facts.meta().labels.segments.contains(segment) {
                let why = format!("There is no segment {segment}");
                return Err(Refused::Told(StatusCode::UNPROCESSABLE_ENTITY, why));
            }
            let customer = customers::find(id, &open, journal)?;
            let customer = customer.ok_or((StatusCode::NOT_FOUND, "There is no such customer"))?;
            if let (Some(was), Some(is)) = (was, customer.segment)
                && *was != is
            {
                return Err(Refused::Changed(is));
            }
            let event = json!({
                "type": "customer_changed", "id": key, "at": clock::now(), "customer_id": id,
                "segment": segment,
            });
            Ok(journal.edited(event, (key, &asked), answered)?)
        })?;
        let seq = told.first().map(|told| told.seq);
        known.or(seq.map(answered)).ok_or_else(|| Refused::Broken(anyhow::anyhow!("no answer")))
    }
}

/// The text of a part of an address.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                let digits = std::str::from_utf8(&digits).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
            }
            b'/' => return None,
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn ids_are_read_as_addresses_have_them() {
        assert_eq!(decoded("C1").as_deref(), Some("C1"));
        assert_eq!(decoded("a%2Fb%20%C3%A9+").as_deref(), Some("a/b é+"));
        for bad in ["", "a/b", "%", "%2", "%zz", "%ff", "%+1"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }
}
