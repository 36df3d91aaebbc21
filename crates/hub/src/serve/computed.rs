//! One live answer, computed.

use std::sync::Arc;

use api::{Problem, Source};
use facts::Facts;

use super::cache::Kept;
use super::current::Open;
use super::log;
use super::question::Question;

/// The snapshot that is answered about, and the last event of the live channel that counts.
pub struct Shown {
    /// The snapshot.
    pub open: Arc<Open>,
    /// What is asked: its facts, under the events.
    pub facts: Facts,
    /// Nothing where there is no channel.
    pub seq: Option<u64>,
}

/// What an answer depends on; the same question has the same name however it was written. An answer
/// in pages names the next one as it was asked.
pub fn key(shown: &Shown, question: &Question) -> String {
    let meta = shown.facts.meta();
    let view = question.view.as_ref().map(|view| serde_json::json!(view).to_string());
    let written = question.endpoint.has_pages().then_some(&question.query);
    format!(
        "{} {:?} {} {} {:?} {} {} {}",
        meta.snapshot_id,
        shown.seq,
        question.endpoint.path(),
        question.page.0,
        question.limit,
        question.has_period,
        view.unwrap_or_default(),
        written.map_or("", String::as_str),
    )
}

/// The answer to a question.
pub fn compute(shown: &Shown, base: &str, question: &Question) -> Kept {
    let of = |status, body| Kept::of(status, body, shown.seq);
    let Ok(engine) = shown.open.engine.lock() else {
        return of(500, api::error_body("Something went wrong here"));
    };
    let source = Source::of(&shown.facts, &engine, base);
    let source = source.limited(question.limit).asked_by(&question.query);
    let source = match &question.view {
        Some(view) => source.under(view.clone(), question.has_period),
        None => source,
    };
    match question.endpoint.answer(&source, question.page) {
        Ok(body) => of(200, body),
        Err(problem @ Problem::NotFound(_)) => of(404, api::error_body(&problem.to_string())),
        Err(problem) => {
            log::note("damaged", &problem.to_string());
            of(problem.status(), api::error_body("The snapshot is damaged"))
        }
    }
}
