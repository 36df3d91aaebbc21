//! Sites as hosts make them, serve them and look at them: real processes, real requests.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod broken;
mod check;
mod demo;
mod elsewhere;
mod faults;
mod guess;
mod make;
mod page;

#[path = "../serve/site.rs"]
#[allow(dead_code, reason = "the answers for programs need more of it")]
mod site;
