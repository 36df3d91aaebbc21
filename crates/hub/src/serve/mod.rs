//! Serves a built site and its snapshot: files with ranges and conditional requests, and live
//! answers for programs.

mod answer;
mod cache;
mod current;
mod files;
mod headers;
mod log;
mod metrics;
mod question;
mod reply;

use std::net::{IpAddr, SocketAddr};
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
}

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves until it is stopped; requests under way are answered first.
///
/// # Errors
/// If the site has no readable snapshot or asks for a sign-in, or the port is taken.
pub fn run(options: &Options) -> Result<()> {
    let base = &options.base;
    ensure!(
        base.starts_with('/') && base.ends_with('/'),
        "--base {base}: a path begins and ends with a slash, as /shop/"
    );
    is_open(options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(options))
}

/// Live answers would go round a sign-in that the page asks for.
fn is_open(options: &Options) -> Result<()> {
    let path = options.site.join("config.json");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("{}: is this a built site?", path.display()))?;
    let config: serde_json::Value =
        serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    ensure!(
        config.get("signIn").is_none_or(serde_json::Value::is_null),
        "{} asks for a sign-in, which answers for programs would go round: put the edge function \
         before this site instead (docs/edge.md)",
        path.display()
    );
    Ok(())
}

async fn serve(options: &Options) -> Result<()> {
    let data = options.site.join("data");
    let current = Arc::new(Current::open(&data)?);
    let hub = Arc::new(Hub::new(&options.site, &options.base, current.clone())?);
    let address = SocketAddr::new(options.host, options.port);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another --port"))?;
    log::note("listening", &format!("http://{}{}", listener.local_addr()?, options.base));
    let watching = tokio::spawn(current::follow(current));
    let router = Router::new()
        .fallback(answer)
        .with_state(hub)
        .layer(CatchPanicLayer::custom(reply::after_panic))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::GATEWAY_TIMEOUT, PATIENCE));
    axum::serve(listener, router).with_graceful_shutdown(stopped()).await?;
    watching.abort();
    log::note("stopped", "all requests were answered");
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
