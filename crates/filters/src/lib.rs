//! The global filter as people handle it: a text in a link, a step of a click, a preset.
//!
//! Pure functions from a view and what the snapshot says of itself to a view; the page and the
//! builder run the same code, so a link means the same numbers in both.

pub mod preset;
pub mod query;
pub mod span;
pub mod sql;
pub mod step;

pub use preset::Preset;
pub use query::{Dropped, Read, Why, read, write};
pub use span::{has, labels, span};
pub use step::Step;
