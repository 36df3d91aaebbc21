//! What has happened since the snapshot was made, as the reader sees it: how the channel stands, what
//! came, and that it can wait.

mod panel;
mod parts;
mod pill;
mod spoken;

pub use parts::{PARTS, part};
