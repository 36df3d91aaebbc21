//! Guessing how files can be read: what is shown is what a build makes of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod across;
mod by_hand;
mod command;
mod doubts;
mod exports;
mod files;
#[path = "../german/mod.rs"]
mod german;
mod gzip;
mod hostile;
mod kinds;
mod languages;
mod money;
mod of_order;
mod plain;
mod property;
mod samples;
mod several;
mod tables;
mod told;
mod told_in_german;
mod totals;
mod unused;
