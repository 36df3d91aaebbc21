//! What is asked of an open snapshot to show something, and how the answer is written.

mod answer;
mod coming;
mod format;
mod known;
mod lookup;

pub use answer::{Asked, use_ask};
pub use coming::{Comes, use_answered, use_prepared};
pub use format::use_format;
pub use known::Known;
pub use lookup::{Lookup, use_lookup};
