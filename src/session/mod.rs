//! One open snapshot: configuration, manifest, what is known of it, and who answers what is left.

pub mod access;
mod beacon;
pub mod compute;
pub mod config;
pub mod data;
pub mod early;
pub mod edits;
pub mod engine_http;
pub mod follow;
pub mod importer;
pub mod insist;
pub mod live;
pub mod load;
pub mod names;
pub mod newer;
pub mod open;
pub mod own;
pub mod pin;
pub mod retold;
pub mod setup;
pub mod state;
pub mod store;
pub mod supply;
mod why;

pub use why::why;

#[cfg(test)]
pub mod testing;
