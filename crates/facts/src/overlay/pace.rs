//! Long work in pieces, between which whoever waits for it can do something else.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Items in a piece; it takes few milliseconds, in a browser, too.
const PIECE: usize = 300;

/// A pause in long work, of whatever kind.
pub type Pause<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// How long work is done: a pause after each piece of it. One code for all kinds of pauses.
pub(super) struct Pace<'a> {
    pause: Option<&'a dyn Fn() -> Pause<'a>>,
    left: usize,
}

impl<'a> Pace<'a> {
    /// Work that never pauses.
    pub fn even() -> Self {
        Self { pause: None, left: PIECE }
    }

    /// Work with pauses.
    pub fn with(pause: &'a dyn Fn() -> Pause<'a>) -> Self {
        Self { pause: Some(pause), left: PIECE }
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
        if let Some(pause) = self.pause {
            pause().await;
        }
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
