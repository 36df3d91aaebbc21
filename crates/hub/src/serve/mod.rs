//! Serves a built site and its snapshot: files with ranges and conditional requests, and live
//! answers for programs.

mod answer;
mod cache;
mod computed;
mod connections;
mod current;
mod files;
mod follow;
mod headers;
mod hosts;
mod live;
mod log;
mod metrics;
mod open;
mod question;
mod reply;
mod unread;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Router;
use clap::Args;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use answer::{Hub, answer};
use current::Current;
use hosts::Hosts;
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
/// If the site has no readable snapshot or asks for a sign-in, or the port is taken.
pub fn run(options: &Options, told: impl FnOnce(&str)) -> Result<()> {
    let base = &options.base;
    ensure!(
        base.starts_with('/') && base.ends_with('/'),
        "--base {base}: a path begins and ends with a slash, as /shop/"
    );
    open::demand(&options.site)?;
    options.live.check(&options.site)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(serve(options, told));
    // Whatever still computes for somebody who has gone is not waited for.
    runtime.shutdown_background();
    outcome
}

async fn serve(options: &Options, told: impl FnOnce(&str)) -> Result<()> {
    let data = options.site.join("data");
    let current = Arc::new(Current::open(&data)?);
    let address = SocketAddr::new(options.host, options.port);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another --port"))?;
    let hosts = Hosts::of(options.host, &options.allow_host);
    let live = Live::open(&options.live, &current)?;
    let hub = Arc::new(Hub::new(options, hosts, current.clone(), live.clone())?);
    let url = format!("http://{}{}", listener.local_addr()?, options.base);
    log::note("listening", &url);
    told(&url);
    let watching = tokio::spawn(follow::follow(current, hub.clone()));
    let router = Router::new()
        .fallback(answer)
        .with_state(hub)
        .layer(CatchPanicLayer::custom(reply::after_panic))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(axum::middleware::from_fn(unread::closes));
    connections::accept(listener, router, stopped()).await;
    if let Some(live) = live {
        live.close().await;
    }
    watching.abort();
    log::note("stopped", "no request is under way");
    Ok(())
}

/// Waits until somebody wants this program to end.
async fn stopped() {
    let interrupted = async { tokio::signal::ctrl_c().await.is_ok() };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = interrupted => {}
        _ = terminated => {}
    }
}
