//! An answer for programs: known from before, or computed, as many at once as there is room for.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{ETAG, HeaderValue, RETRY_AFTER};
use axum::http::{Response, StatusCode};

use super::cache::Kept;
use super::computed::{Shown, compute, key};
use super::files::holds;
use super::hub::Hub;
use super::live::NotLaid;
use super::{log, question, reply};

/// Which answer, and the page that stands in its path.
type Asked = (&'static api::Endpoint, Option<u32>);

/// The answer to a question, or that it is the one that is `known`.
pub async fn answer(
    hub: &Arc<Hub>,
    asked: Asked,
    query: &str,
    known: Option<HeaderValue>,
) -> Response<Body> {
    let shown = match shown(hub).await {
        Ok(shown) => shown,
        Err(refused) => return refused,
    };
    let question = match question::read(asked, query, shown.facts.meta()) {
        Ok(question) => question,
        Err((status, why)) => return reply::refusal(status_of(status), &why),
    };
    let key = key(&shown, &question);
    let kept = match hub.cache.get(&key) {
        Some(kept) => kept,
        None => {
            let Ok(_room) = hub.room.try_acquire() else { return busy() };
            let base = hub.base.clone();
            let computed =
                tokio::task::spawn_blocking(move || compute(&shown, &base, &question)).await;
            let Ok(kept) = computed else {
                return reply::refusal(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Something went wrong here",
                );
            };
            let kept = Arc::new(kept);
            hub.cache.keep(key, &kept);
            kept
        }
    };
    sent(&kept, known.as_ref())
}

/// What is answered about at this moment.
async fn shown(hub: &Hub) -> Result<Shown, Response<Body>> {
    let open = hub.current.now();
    let Some(live) = &hub.live else {
        return Ok(Shown { facts: open.facts.clone(), seq: None, open });
    };
    match live.over(&open).await {
        Ok(laid) => Ok(Shown { facts: laid.facts, seq: Some(laid.seq), open }),
        Err(why) => {
            log::note("not_laid", &format!("{why:#}"));
            let told = match &why {
                NotLaid::Gone => why.to_string(),
                NotLaid::Broken(_) => "The events since the snapshot cannot be read".to_owned(),
            };
            Err(reply::refusal(StatusCode::SERVICE_UNAVAILABLE, &told))
        }
    }
}

fn sent(kept: &Kept, known: Option<&HeaderValue>) -> Response<Body> {
    let etag = HeaderValue::from_str(&kept.etag).ok();
    let same = etag.as_ref().is_some_and(|etag| known.is_some_and(|known| holds(known, etag)));
    let mut response = if same && kept.status == 200 {
        reply::json(StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        reply::json(status_of(kept.status), kept.body.clone())
    };
    if let Some(etag) = etag {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

fn busy() -> Response<Body> {
    let mut response = reply::refusal(StatusCode::TOO_MANY_REQUESTS, "Too many at once: ask again");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
