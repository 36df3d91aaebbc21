//! What the reader changes, as the reader sees it: the choice of a segment, what became of each change,
//! and the ways to take it back or away.

mod button;
mod choice;
mod editor;
mod file;
mod mark;
mod names;
mod panel;
mod parts;
mod told;

pub use choice::SegmentChoice;
pub use editor::{Editor, use_editor};
pub use mark::mark;
pub use parts::{EditsPart, PARTS, part};
