//! Connections: so many at once, none of them silent for long, and an end to all of them.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

use super::{log, room};

/// How long a request's head may take to come.
const HEAD: Duration = Duration::from_secs(10);

/// How long a connection may be silent, whoever's turn it is.
const SILENCE: Duration = Duration::from_secs(30);

/// Bytes of a request's head at most.
const HEAD_BYTES: usize = 32 * 1024;

/// How long requests under way may take once the program shall end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Takes connections until `stop`, then waits a while for what is under way.
pub async fn accept(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let most = room::connections();
    let (ending, room) = (watch::Sender::new(()), Arc::new(Semaphore::new(most)));
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = room.clone().acquire_owned().await.ok()?;
            Some((listener.accept().await, place))
        };
        tokio::select! {
            () = &mut stop => break,
            next = next => match next {
                Some((Ok((stream, _)), place)) => serve(stream, place, &router, ending.subscribe()),
                // Too many files are open, or the like: others may close some.
                Some((Err(_), _)) => tokio::time::sleep(Duration::from_millis(50)).await,
                None => break,
            },
        }
    }
    drop(listener);
    ending.send_replace(());
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    if tokio::time::timeout(FAREWELL, room.acquire_many(all)).await.is_err() {
        log::note("cut_off", "some connections did not end in time");
    }
}

fn serve(
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    router: &Router,
    mut ending: watch::Receiver<()>,
) {
    let mut stream = TimeoutStream::new(stream);
    stream.set_read_timeout(Some(SILENCE));
    stream.set_write_timeout(Some(SILENCE));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router.clone()))
        .with_upgrades();
    tokio::spawn(async move {
        let mut connection = pin!(connection);
        // Whoever hung up or fell silent is not told.
        let ended = tokio::select! {
            _ = connection.as_mut() => true,
            _ = ending.changed() => false,
        };
        if !ended {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
        drop(place);
    });
}
