//! Columns in a worker: the same program, started once more where it holds up nobody.
//!
//! Questions go there and replies come back as JSON text; what a reply means is decided by the
//! same code on both sides.

mod message;
mod remote;
mod worker;

pub use remote::Remote;
pub use worker::{is_worker, serve};
