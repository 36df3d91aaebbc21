//! The live channel as listeners and editors meet it: a real process, real WebSockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod answers;
mod broken;
mod crash;
mod edits;
mod guard;
mod hub;
mod kept;
mod listening;
mod schema;
mod shop;
