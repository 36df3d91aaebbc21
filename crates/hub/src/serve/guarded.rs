//! What is asked of a site that asks for a sign-in, and its answer: as the edge function answers, with
//! answers for programs, a live channel and edits for whoever has a session.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::IF_NONE_MATCH;
use axum::http::{Method, Request, Response};
use edge::Refusal;
use edge::ask::Ask;
use edge::guard::platform::Platform;
use edge::guard::{Decision, decide, editor, listener};
use edge::log::Entry;
use edge::reply::Reply;
use edge::route::{Route, route};

use super::guard::{self, Asked};
use super::hub::{Hub, is_for_programs};
use super::live::{self, Live, Who};
use super::{log, programs, question, reply};

/// An answer, and what it is about.
type Answered = (String, Response<Body>);

/// What a request is about, and its answer.
pub async fn answer(hub: &Arc<Hub>, request: Request<Body>) -> Answered {
    let method = log::known(request.method());
    let ask = match guard::read(request) {
        Ok(ask) => ask,
        Err(refusal) => return refused(hub, method, "odd host", refusal),
    };
    if !ask.request.names().all(|name| hub.hosts.take(&name)) {
        return ("other host".to_owned(), guard::unkept(reply::other_host()));
    }
    if matches!(method, "GET" | "HEAD") {
        match ask.path.as_str() {
            // Whoever sees to it that it runs need not know what it shows.
            "/healthz" => return ("/healthz".to_owned(), guard::unkept(reply::well(None))),
            "/metrics" => return ("/metrics".to_owned(), hub.counts()),
            _ => {}
        }
    }
    let kind = kind(hub, &ask.path);
    match judged(hub, ask, kind).await {
        Ok(answered) => answered,
        Err(refusal) => refused(hub, method, kind, refusal),
    }
}

/// The answer to a request that is not refused.
async fn judged(hub: &Arc<Hub>, ask: Ask<Asked>, kind: &str) -> Result<Answered, Refusal> {
    let path = ask.path.clone();
    if let Some((live, asked)) = of_live(hub, &path) {
        return line(hub, ask, live, asked).await;
    }
    let (site, secure) = (hub.guard.site(), hub.guard.is_secure());
    let settings = hub.guard.settings().ok();
    let route = match decide(&hub.guard.machine, &ask, site, settings).await? {
        Decision::Reply(reply) => return Ok((kind.to_owned(), guard::reply(&reply))),
        Decision::File(route) => route,
    };
    let below = below(hub, &path).filter(|_| route == Route::Guarded).unwrap_or_default();
    if let Some((kind, response)) = for_programs(hub, below, &ask).await {
        return Ok((kind, guard::guarded(response, secure)));
    }
    if is_for_programs(below) {
        return Err(Refusal::NotFound);
    }
    let file = guard::file(&hub.files, &ask, (site, secure), route).await?;
    Ok((kind.to_owned(), file))
}

/// An answer for programs, if it is one that is asked for by somebody who has a session.
async fn for_programs(hub: &Arc<Hub>, below: &str, ask: &Ask<Asked>) -> Option<Answered> {
    if let Some(described) = hub.described(below) {
        return Some(("openapi".to_owned(), described));
    }
    let asked = question::endpoint(below)?;
    let known = ask.request.head().headers.get(IF_NONE_MATCH).cloned();
    let query = ask.request.query();
    Some((asked.0.path(), programs::answer(hub, asked, query, known).await))
}

/// Opens a line to the live channel, or takes an edit.
async fn line(
    hub: &Hub,
    ask: Ask<Asked>,
    live: &Arc<Live>,
    asked: live::Asked<'_>,
) -> Result<Answered, Refusal> {
    let (machine, settings) = (&hub.guard.machine, hub.guard.settings()?);
    let taken = match asked {
        live::Asked::Listen => Method::GET,
        live::Asked::Edit(_) => Method::PATCH,
    };
    if ask.method != taken.as_str() {
        let reply = Reply::wrong_method(taken.as_str());
        return Ok((asked.kind().to_owned(), guard::reply(&reply)));
    }
    let session = match asked {
        live::Asked::Listen => listener(machine, &ask, settings).await?,
        live::Asked::Edit(_) => editor(machine, &ask, settings).await?,
    };
    let lasts = Duration::from_secs(session.seconds_left(machine.now()));
    let (kind, response) = live.answer(asked, ask.request.whole(), Who::LetIn(lasts)).await;
    Ok((kind.to_owned(), guard::unkept(response)))
}

/// What of the live channel a path asks for.
fn of_live<'a>(hub: &'a Hub, path: &'a str) -> Option<(&'a Arc<Live>, live::Asked<'a>)> {
    let asked = below(hub, path).and_then(live::Asked::of)?;
    let is_plain = match asked {
        live::Asked::Listen => true,
        // An id is one name, however it is written: it leads to no file.
        live::Asked::Edit(id) => !id.contains(['/', '\\']),
    };
    hub.live.as_ref().filter(|_| is_plain).map(|live| (live, asked))
}

/// A path below the site's root, with its slash.
fn below<'a>(hub: &Hub, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(hub.base.trim_end_matches('/'))
}

/// What a path leads to, as it is counted and written down: never what was asked.
fn kind(hub: &Hub, path: &str) -> &'static str {
    if let Some((_, asked)) = of_live(hub, path) {
        return asked.kind();
    }
    match route(path, hub.guard.site()) {
        Ok(Route::Nonce) => "/api/auth/nonce",
        Ok(Route::SignIn) => "/api/auth/google",
        Ok(Route::Validate) => "/api/auth/validate",
        Ok(Route::LogOut) => "/api/auth/logout",
        Ok(Route::Guarded) => "guarded",
        Ok(Route::Public) => "file",
        Ok(Route::Page) => "page",
        Err(_) => "refused",
    }
}

fn refused(hub: &Hub, method: &str, kind: &str, refusal: Refusal) -> Answered {
    hub.guard.machine.log(&Entry::refused(method, kind, refusal));
    (kind.to_owned(), guard::reply(&Reply::refuse(refusal)))
}
