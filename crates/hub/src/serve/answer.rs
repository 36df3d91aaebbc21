//! One request, answered: health, counts, live answers, files.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::Result;
use api::openapi;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ALLOW, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HOST, HeaderValue, IF_NONE_MATCH, RETRY_AFTER,
};
use axum::http::{Method, Request, Response, StatusCode};
use tokio::sync::Semaphore;

use super::cache::{Cache, Kept};
use super::computed::{Shown, compute, key};
use super::current::Current;
use super::files::{Files, holds};
use super::hosts::Hosts;
use super::live::{self, Live, NotLaid};
use super::metrics::Metrics;
use super::question;
use super::{Options, log, open, reply};

/// Answers that are computed at once at most.
const AT_ONCE: usize = 8;

/// Bytes of a request's body that are read over at most.
const MOST_BODY: u64 = 64 * 1024;

/// All that answering takes.
pub struct Hub {
    site: PathBuf,
    base: String,
    cors: bool,
    hosts: Hosts,
    /// False once the site's configuration may ask for a sign-in.
    open: AtomicBool,
    files: Files,
    current: Arc<Current>,
    live: Option<Arc<Live>>,
    cache: Cache,
    metrics: Metrics,
    room: Arc<Semaphore>,
}

impl Hub {
    /// A site below a path, its snapshot, and its live channel.
    ///
    /// # Errors
    /// If the site cannot be read.
    pub fn new(
        options: &Options,
        hosts: Hosts,
        current: Arc<Current>,
        live: Option<Arc<Live>>,
    ) -> Result<Self> {
        Ok(Self {
            site: options.site.clone(),
            base: options.base.clone(),
            cors: options.cors,
            hosts,
            open: AtomicBool::new(true),
            files: Files::of(&options.site, &options.base)?,
            current,
            live,
            cache: Cache::new(),
            metrics: Metrics::new(),
            room: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// Looks at the site's configuration again: what asks for a sign-in now is answered no more.
    pub fn look_whether_open(&self) {
        let outcome = open::demand(&self.site);
        let before = self.open.swap(outcome.is_ok(), Ordering::SeqCst);
        match outcome {
            Err(error) if before => {
                log::note("closed", &format!("{error:#}"));
                if let Some(live) = &self.live {
                    live.send_away();
                }
            }
            Ok(()) if !before => log::note("opened", "the site is for everybody again"),
            _ => {}
        }
    }

    /// Tells those who listen of the snapshot that is served now.
    pub fn published(&self) {
        if let Some(live) = &self.live {
            live.published();
        }
    }
}

/// Answers a request, counts it and writes it down.
pub async fn answer(State(hub): State<Arc<Hub>>, request: Request<Body>) -> Response<Body> {
    let (start, method) = (Instant::now(), request.method().clone());
    let (route, mut response) = route(&hub, request).await;
    if hub.cors && route.starts_with('/') {
        reply::for_everybody(response.headers_mut());
    }
    let (status, took) = (response.status().as_u16(), start.elapsed());
    hub.metrics.count(&route, status, took);
    log::answered(&method, &route, status, took);
    response
}

/// What a request is about, and its answer.
async fn route(hub: &Arc<Hub>, request: Request<Body>) -> (String, Response<Body>) {
    let asked = request.uri().path().to_owned();
    let named = |route: &str, response| (route.to_owned(), response);
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| hub.hosts.take(host)) {
        let why = "This site is not asked for by that name (--allow-host adds one)";
        return named("other host", reply::refusal(StatusCode::MISDIRECTED_REQUEST, why));
    }
    let below = asked.strip_prefix(hub.base.trim_end_matches('/'));
    let of_live = hub.live.as_ref().zip(below.and_then(live::Asked::of));
    if let Some((live, asked)) = of_live {
        if !hub.open.load(Ordering::SeqCst) {
            return named("closed", closed());
        }
        let (route, response) = live.answer(asked, request).await;
        return named(route, response);
    }
    if let Some(refused) = refused(&request) {
        return named("refused", refused);
    }
    let listeners = hub.live.as_ref().map_or(0, |live| live.listeners());
    match asked.as_str() {
        "/healthz" => return named("/healthz", health(hub)),
        "/metrics" => return named("/metrics", text(hub.metrics.text(listeners))),
        _ => {}
    }
    let Some(below) = below else {
        return named("outside", reply::refusal(StatusCode::NOT_FOUND, "Resource not found"));
    };
    let guarded = ["/api", "/backend", "/data"].iter().any(|folder| below.starts_with(folder));
    if guarded && !hub.open.load(Ordering::SeqCst) {
        return named("closed", closed());
    }
    if below == "/api/openapi.json" || below == "/backend/openapi.json" {
        let described = openapi::description(&hub.base, openapi::Host::Live);
        let described = match hub.live {
            Some(_) => openapi::with_edits(described),
            None => described,
        };
        return named("openapi", reply::json(StatusCode::OK, described.to_string()));
    }
    if let Some(asked) = question::endpoint(below) {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let known = request.headers().get(IF_NONE_MATCH).cloned();
        return (asked.0.path(), live(hub, asked, &query, known).await);
    }
    if ["/api", "/backend"].iter().any(|family| {
        below.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }) {
        return named("no endpoint", reply::refusal(StatusCode::NOT_FOUND, "Resource not found"));
    }
    let below = below.to_owned();
    named("file", hub.files.answer(&below, request).await)
}

/// What no address here takes.
fn refused(request: &Request<Body>) -> Option<Response<Body>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = reply::refusal(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    let length = request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse::<u64>().ok()?;
    (length > MOST_BODY).then(|| reply::refusal(StatusCode::PAYLOAD_TOO_LARGE, "Too large"))
}

fn closed() -> Response<Body> {
    reply::refusal(StatusCode::FORBIDDEN, "This site asks for a sign-in now")
}

fn health(hub: &Hub) -> Response<Body> {
    let id = hub.current.now().facts.meta().snapshot_id.clone();
    let body = serde_json::json!({ "status": "ok", "snapshot": id }).to_string();
    reply::json(StatusCode::OK, body)
}

fn text(body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let kind =
        HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

type Asked = (&'static api::Endpoint, Option<u32>);

async fn live(
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
