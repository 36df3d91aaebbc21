//! What is asked of an open snapshot to show something, and how the answer is written.

mod answer;
mod compute;
mod known;
mod lookup;

pub use answer::{Asked, use_ask};
pub use compute::{compute, use_format};
pub use known::Known;
pub use lookup::{Lookup, use_lookup};
