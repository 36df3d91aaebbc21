//! Tells the other side what was changed, and hears what it says.

use std::pin::pin;
use std::rc::Rc;

use futures::future::{Either, join_all, select};
use gloo::net::http::{Request, Response};
use gloo::timers::future::TimeoutFuture;
use serde::Deserialize;
use serde_json::json as object;
use snapshot::bounds::MOST_SEQ;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, RequestCache, RequestCredentials};

use super::edited::Wanted;
use super::json;
use super::kept::Refusal;
use super::ledger::Answer;
use crate::host::body::text_within;
use crate::host::{again, faults, place, storage};
use crate::session::access;

/// How long an answer is waited for, in milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// Most bytes of an answer.
const LONGEST: u64 = 16 << 10;

/// Most characters of a reason that is shown.
const LONGEST_REASON: usize = 200;

/// Changes that are on their way at once.
const AT_ONCE: usize = 4;

/// What tabs of this place ask for before they send, so that one does at a time.
const LOCK: &str = "hub.edits";

#[wasm_bindgen(inline_js = r#"
export const locked = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());
"#)]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn locked(name: &str, work: &JsValue) -> Result<JsValue, JsValue>;
}

/// What is to be sent, and who is told what became of it.
pub trait Post {
    /// What is to be sent by now, with what other tabs have done.
    fn due(&self) -> Vec<(String, Wanted)>;
    /// This is on its way; false if it is not wanted any more.
    fn begun(&self, customer: &str, wanted: &Wanted) -> bool;
    /// This was said to it.
    fn answered(&self, customer: &str, wanted: &Wanted, answer: Answer);
}

/// Sends what is due to an address until nothing is; what cannot be sent is tried again for as long
/// as somebody waits.
pub async fn send(address: String, post: Rc<impl Post + 'static>) {
    let mut failures = 0;
    while !post.due().is_empty() {
        let has_failed = in_turn(&address, &post).await;
        failures = if has_failed { failures + 1 } else { 0 };
        if has_failed {
            again::due(failures).await;
        }
    }
}

/// Sends while no other tab does; true if something must be tried again.
async fn in_turn(address: &str, post: &Rc<impl Post + 'static>) -> bool {
    let failed = Rc::new(std::cell::Cell::new(true));
    let work = {
        let (address, post, failed) = (address.to_owned(), post.clone(), failed.clone());
        // It is called when it is this tab's turn, even if nobody waits for that any more.
        Closure::once_into_js(move || {
            wasm_bindgen_futures::future_to_promise(async move {
                failed.set(all(&address, &*post).await);
                Ok(JsValue::UNDEFINED)
            })
        })
    };
    // A lock that cannot be had is no answer: it is asked for again.
    let _ = locked(&storage::own(LOCK), &work).await;
    failed.get()
}

async fn all(address: &str, post: &impl Post) -> bool {
    loop {
        let due: Vec<_> = post.due().into_iter().take(AT_ONCE).collect();
        if due.is_empty() {
            return false;
        }
        let sent = join_all(due.into_iter().map(async |(customer, wanted)| {
            if !post.begun(&customer, &wanted) {
                return false;
            }
            let answer = one(address, &customer, &wanted).await;
            let is_later = answer == Answer::Later;
            post.answered(&customer, &wanted, answer);
            is_later
        }));
        if sent.await.contains(&true) {
            return true;
        }
    }
}

/// Sends one change; whoever is refused for want of a sign-in waits for it.
async fn one(address: &str, customer: &str, wanted: &Wanted) -> Answer {
    let name = String::from(js_sys::encode_uri_component(customer));
    let url = format!("{}/customers/{name}", place::absolute(address).trim_end_matches('/'));
    loop {
        let Some(Said { status, text, wait }) = said(&url, wanted).await else {
            faults::note("edits", &format!("no answer from {url}"));
            return Answer::Later;
        };
        if let Some(seconds) = wait {
            again::asked_to_wait(seconds);
        }
        if status == 401 && access::regained().await {
            continue;
        }
        return heard(customer, status, &text);
    }
}

/// An answer as it came.
struct Said {
    status: u16,
    text: String,
    /// Seconds for which the other side asks to be left alone.
    wait: Option<u32>,
}

async fn said(url: &str, wanted: &Wanted) -> Option<Said> {
    let abort = AbortController::new().ok()?;
    let body = match &wanted.was {
        Some(was) => object!({ "customer_segment": wanted.segment, "was": was }),
        None => object!({ "customer_segment": wanted.segment }),
    };
    let request = Request::patch(url)
        .credentials(RequestCredentials::SameOrigin)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&abort.signal()))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", &wanted.key)
        .body(body.to_string())
        .ok()?;
    let read = pin!(async {
        let response: Response = request.send().await.ok()?;
        let wait = response.headers().get("retry-after").and_then(|text| text.parse().ok());
        let status = response.status();
        let text = match text_within(response.body(), LONGEST).await {
            Some(text) => text,
            // What was taken over is heard whole, or not at all; a refusal is one without its reason.
            None if status == 200 => return None,
            None => String::new(),
        };
        Some(Said { status, text, wait })
    });
    match select(read, TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((said, _)) => said,
        Either::Right(_) => {
            abort.abort();
            None
        }
    }
}

#[derive(Deserialize)]
struct GoodBody {
    customer_id: String,
    customer_segment: String,
    seq: u64,
}

#[derive(Default, Deserialize)]
struct BadBody {
    error: Option<String>,
    customer_segment: Option<String>,
}

/// What an answer says.
fn heard(customer: &str, status: u16, text: &str) -> Answer {
    if status == 200 {
        return match serde_json::from_str::<GoodBody>(text) {
            Ok(GoodBody { customer_id, customer_segment: segment, seq })
                if customer_id == customer
                    && (1..=MOST_SEQ).contains(&seq)
                    && json::is_name(&segment) =>
            {
                Answer::Accepted { segment, seq }
            }
            _ => Answer::Refused(Refusal::Unclear),
        };
    }
    let body = serde_json::from_str::<BadBody>(text).unwrap_or_default();
    match (status, body) {
        (401 | 408 | 425 | 429 | 500.., _) => Answer::Later,
        (409, BadBody { customer_segment: Some(present), .. }) if json::is_name(&present) => {
            Answer::Differs(present)
        }
        (400.., BadBody { error: Some(reason), .. }) if !reason.trim().is_empty() => {
            let reason = reason.trim().chars().take(LONGEST_REASON).collect();
            Answer::Refused(Refusal::Reason(reason))
        }
        (400.., _) => Answer::Refused(Refusal::Status(status)),
        _ => Answer::Refused(Refusal::Unclear),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn only_an_answer_about_the_customer_is_one() {
        let good = r#"{"customer_id":"C1","customer_segment":"High Value","seq":7,"more":[]}"#;
        let accepted = Answer::Accepted { segment: "High Value".to_owned(), seq: 7 };
        assert_eq!(heard("C1", 200, good), accepted);
        let unclear = Answer::Refused(Refusal::Unclear);
        for segment in [String::new(), "x".repeat(1_001)] {
            let text = good.replace("High Value", &segment);
            assert_eq!(heard("C1", 200, &text), unclear, "a segment without a name");
        }
        assert_eq!(heard("C2", 200, good), unclear, "of another customer");
        for text in
            ["", "{}", "<!doctype html>", &good.replace(":7", ":0"), &good.replace(":7", ":-1")]
        {
            assert_eq!(heard("C1", 200, text), unclear, "{text}");
        }
        assert_eq!(heard("C1", 204, ""), unclear);
    }

    #[wasm_bindgen_test]
    fn what_may_pass_is_asked_again_and_what_will_not_has_a_reason() {
        for status in [401, 408, 425, 429, 500, 502, 503, 504] {
            assert_eq!(heard("C1", status, r#"{"error":"busy"}"#), Answer::Later, "{status}");
        }
        let reason = |text: &str| Answer::Refused(Refusal::Reason(text.to_owned()));
        assert_eq!(heard("C1", 422, r#"{"error":" no such segment "}"#), reason("no such segment"));
        assert_eq!(heard("C1", 409, r#"{"error":"changed"}"#), reason("changed"));
        let long = format!(r#"{{"error":"{}"}}"#, "ü".repeat(300));
        assert_eq!(heard("C1", 400, &long), reason(&"ü".repeat(200)));
        for (status, text) in [(404, ""), (403, "<html>"), (405, r#"{"error":""}"#)] {
            assert_eq!(heard("C1", status, text), Answer::Refused(Refusal::Status(status)));
        }
        let present = r#"{"error":"changed","customer_segment":"Low Value"}"#;
        assert_eq!(heard("C1", 409, present), Answer::Differs("Low Value".to_owned()));
        let nameless = present.replace("Low Value", "");
        assert_eq!(heard("C1", 409, &nameless), reason("changed"));
    }
}
