//! Snapshots from first row to published folder: demo, import, publishing, verification.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod amounts;
mod bounds;
mod command;
mod csv;
mod dates;
mod demo;
mod doubts;
mod edges;
mod edited;
mod events;
mod folder;
mod formats;
#[path = "../german/mod.rs"]
mod german;
mod gzip;
mod ids;
mod import;
mod indexes;
mod kinds;
mod limits;
mod mappings;
mod memory;
mod numbers;
mod publishing;
mod rejects;
mod several;
mod sources;
mod superstore;
mod tampering;
