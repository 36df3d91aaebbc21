//! Answers that were computed elsewhere: by the builder for the first view, or in a worker.

mod memo;
mod question;
mod sample;

pub use memo::{Recorded, Recorder};
pub use question::{Question, Reply};
pub(crate) use sample::by_column;
