//! Serves a built site and its snapshot: files with ranges and conditional requests, and live
//! answers for programs; to everybody, or to those who have signed in.

mod answer;
mod cache;
mod computed;
mod connections;
mod current;
mod everybody;
mod files;
mod follow;
mod guard;
mod guarded;
mod headers;
mod hosts;
mod hub;
mod live;
mod log;
mod metrics;
mod open;
mod programs;
mod question;
mod reply;
mod room;
mod small;
mod unread;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Router;
use clap::Args;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use answer::answer;
use current::Current;
use guard::Guard;
use hub::Hub;
use live::{Live, LiveOptions};

/// What is served, and where.
#[derive(Debug, Args)]
pub struct Options {
    /// The built site, as `cargo xtask build` makes it, with its snapshot in `data`.
    #[arg(long)]
    site: PathBuf,
    /// Address to listen on; others than this machine's own are for you to guard.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// Path under which the site was built.
    #[arg(long, default_value = "/")]
    base: String,
    /// A name under which this site is asked for, as a proxy passes it on; may be given several times.
    #[arg(long)]
    allow_host: Vec<String>,
    /// Lets scripts of other sites read the answers for programs.
    #[arg(long)]
    cors: bool,
    #[command(flatten)]
    live: LiveOptions,
}

/// Threads at most that wait for the disk or compute.
const MOST_WAITING: usize = 64;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

impl Options {
    /// A site on this machine alone, without a channel.
    pub fn of_site(site: PathBuf, port: u16) -> Self {
        Self {
            site,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port,
            base: "/".to_owned(),
            allow_host: Vec::new(),
            cors: false,
            live: LiveOptions::none(),
        }
    }
}

/// Serves until it is stopped; requests under way are answered first. `told` hears the address once
/// the site can be asked for.
///
/// # Errors
/// If the site has no readable snapshot, or asks for a sign-in without the settings of one, or the port
/// is taken.
pub fn run(options: &Options, told: impl FnOnce(&str)) -> Result<()> {
    let base = &options.base;
    ensure!(
        base.starts_with('/') && base.ends_with('/'),
        "--base {base}: a path begins and ends with a slash, as /shop/"
    );
    // What is no text is a wrong value, and none that is missing.
    let variable = |name: &str| std::env::var_os(name).map(|it| it.to_string_lossy().into_owned());
    let guard = Guard::of(base, variable);
    let asks = open::why_not(&options.site)?;
    if let Some(why) = &asks {
        guard.demand().with_context(|| why.clone())?;
        let others = options.cors || options.live.lets_others_listen();
        ensure!(!others, "{why}: --cors and --allow-origin would go round the sign-in");
    }
    options.live.check(&options.site)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(MOST_WAITING)
        .build()?;
    let outcome = runtime.block_on(serve(options, (guard, asks.is_some()), told));
    // Whatever still computes for somebody who has gone is not waited for.
    runtime.shutdown_background();
    outcome
}

async fn serve(
    options: &Options,
    (guard, guarded): (Guard, bool),
    told: impl FnOnce(&str),
) -> Result<()> {
    let data = options.site.join("data");
    let current = Arc::new(Current::open(&data)?);
    let address = SocketAddr::new(options.host, options.port);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another --port"))?;
    let live = Live::open(&options.live, &current)?;
    let hub = Arc::new(Hub::new(options, (guard, guarded), current.clone(), live.clone())?);
    let url = format!("http://{}{}", listener.local_addr()?, options.base);
    let stop = stopped();
    log::note("listening", &url);
    if guarded {
        log::note("guarded", "data is served to those alone who sign in");
        doubts(&hub, &options.site).iter().for_each(|doubt| log::note("configuration", doubt));
    }
    told(&url);
    let watching = tokio::spawn(follow::follow(current, hub.clone()));
    let router = Router::new()
        .fallback(answer)
        .with_state(hub)
        .layer(CatchPanicLayer::custom(reply::after_panic))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(axum::middleware::from_fn(unread::closes));
    connections::accept(listener, router, stop).await;
    if let Some(live) = live {
        live.close().await;
    }
    watching.abort();
    log::note("stopped", "no request is under way");
    Ok(())
}

/// What may keep readers of a guarded site from signing in.
fn doubts(hub: &Hub, site: &Path) -> Vec<&'static str> {
    let other = open::client(site).is_some_and(|client| !hub.guard.takes(&client));
    let other = other.then_some("GOOGLE_CLIENT_ID is not the clientId of config.json");
    let local = hub.guard.public_name().is_none().then_some(
        "PUBLIC_ORIGIN is not set: readers sign in at http://localhost alone, and behind no proxy",
    );
    other.into_iter().chain(local).collect()
}

/// Hears from now on whether somebody wants this program to end, and waits for it. Whoever begins to
/// hear only once it waits dies of what comes before.
#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    async fn heard(signal: std::io::Result<Signal>) {
        match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
    let interrupted = signal(SignalKind::interrupt());
    let terminated = signal(SignalKind::terminate());
    async move {
        tokio::select! {
            () = heard(interrupted) => {}
            () = heard(terminated) => {}
        }
    }
}

/// Waits until somebody wants this program to end.
#[cfg(not(unix))]
async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
