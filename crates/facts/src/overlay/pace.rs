//! Long work in pieces, between which whoever waits for it can do something else.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Items in a piece; it takes a few milliseconds.
const PIECE: usize = 1_000;

/// How long work is done: a pause, of whatever kind, after each piece of it.
pub(super) struct Pace<P> {
    pause: P,
    left: usize,
}

impl<P: AsyncFn()> Pace<P> {
    pub fn new(pause: P) -> Self {
        Self { pause, left: PIECE }
    }

    /// An item is done.
    pub async fn step(&mut self) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            self.rest().await;
        }
    }

    /// A piece is done.
    pub async fn rest(&mut self) {
        self.left = PIECE;
        (self.pause)().await;
    }
}

/// What work comes to that never pauses.
#[allow(
    clippy::unreachable,
    reason = "what awaits nothing is done when it is asked for the first time"
)]
pub(super) fn at_once<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => unreachable!("work without pauses has paused"),
    }
}
