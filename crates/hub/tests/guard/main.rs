//! A site that asks for a sign-in, served by this program alone: a real process, real requests, and keys
//! that are published as Google publishes its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod attacks;
mod closed;
mod data;
mod google;
#[path = "../live/hub.rs"]
#[allow(dead_code, reason = "the tests of the live channel need more of it")]
mod hub;
mod lines;
mod reader;
mod sign_in;
mod ways;
