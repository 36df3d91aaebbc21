//! One open snapshot: configuration, manifest, what is known of it, and who answers what is left.

pub mod access;
pub mod compute;
pub mod config;
pub mod data;
pub mod early;
pub mod engine_http;
pub mod load;
pub mod state;
pub mod store;
pub mod supply;
