//! All that answering takes.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use api::openapi;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use tokio::sync::Semaphore;

use super::cache::Cache;
use super::current::Current;
use super::files::Files;
use super::guard::Guard;
use super::hosts::Hosts;
use super::live::Live;
use super::metrics::Metrics;
use super::{Options, log, open, reply};

/// Answers that are computed at once at most.
const AT_ONCE: usize = 8;

/// A site below a path, its snapshot, its live channel and its guard.
pub struct Hub {
    site: PathBuf,
    pub(super) base: String,
    pub(super) cors: bool,
    pub(super) hosts: Hosts,
    pub(super) guard: Guard,
    /// True while the site's configuration may ask for a sign-in.
    guarded: AtomicBool,
    /// True if it did so from the start: no other configuration opens it then.
    for_good: bool,
    pub(super) files: Files,
    pub(super) current: Arc<Current>,
    pub(super) live: Option<Arc<Live>>,
    pub(super) cache: Cache,
    pub(super) metrics: Metrics,
    pub(super) room: Arc<Semaphore>,
}

impl Hub {
    /// A site, guarded from the start or not.
    ///
    /// # Errors
    /// If the site cannot be read.
    pub fn new(
        options: &Options,
        (guard, guarded): (Guard, bool),
        current: Arc<Current>,
        live: Option<Arc<Live>>,
    ) -> Result<Self> {
        Ok(Self {
            site: options.site.clone(),
            base: options.base.clone(),
            cors: options.cors,
            hosts: Hosts::of(options.host, &options.allow_host).and(guard.public_name()),
            guard,
            guarded: AtomicBool::new(guarded),
            for_good: guarded,
            files: Files::of(&options.site, &options.base)?,
            current,
            live,
            cache: Cache::new(),
            metrics: Metrics::new(),
            room: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// Whether nobody gets data without a session.
    pub fn is_guarded(&self) -> bool {
        self.guarded.load(Ordering::SeqCst)
    }

    /// Looks at the site's configuration again: what asks for a sign-in now is guarded from now on.
    pub fn look_whether_open(&self) {
        if self.for_good {
            return;
        }
        // Nobody knows what is asked where there is nothing to be read.
        let asks = open::why_not(&self.site).unwrap_or_else(|error| Some(format!("{error:#}")));
        let before = self.guarded.swap(asks.is_some(), Ordering::SeqCst);
        match asks {
            Some(why) if !before => {
                match self.guard.demand() {
                    Ok(()) => log::note("guarded", &why),
                    Err(missing) => log::note("closed", &format!("{why}: {missing}")),
                }
                if let Some(live) = &self.live {
                    live.send_away();
                }
            }
            None if before => log::note("opened", "the site is for everybody again"),
            _ => {}
        }
    }

    /// Tells those who listen of the snapshot that is served now.
    pub fn published(&self) {
        if let Some(live) = &self.live {
            live.published();
        }
    }

    /// What was counted.
    pub fn counts(&self) -> Response<Body> {
        let listeners = self.live.as_ref().map_or(0, |live| live.listeners());
        let mut response = Response::new(Body::from(self.metrics.text(listeners)));
        let kind =
            HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, kind);
        response
    }

    /// The description of all answers, for a path below the site's root that is its place.
    pub fn described(&self, below: &str) -> Option<Response<Body>> {
        let is_its = matches!(below, "/api/openapi.json" | "/backend/openapi.json");
        is_its.then(|| {
            let described = openapi::description(&self.base, openapi::Host::Live);
            let described = match self.live {
                Some(_) => openapi::with_edits(described),
                None => described,
            };
            reply::json(StatusCode::OK, described.to_string())
        })
    }
}

/// Whether a path below the site's root is among the answers for programs, where no files are.
pub fn is_for_programs(below: &str) -> bool {
    ["/api", "/backend"].iter().any(|family| {
        below.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
