//! What is asked of an open snapshot to show something, and how the answer is written.

mod compute;
mod known;

pub use compute::{compute, use_format};
pub use known::Known;
