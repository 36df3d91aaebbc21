//! Taking things away: files with what is on the page.

mod save;

pub use save::save;
