//! The dashboard's cards as the reader has arranged them.

mod cards;
mod customize;
mod drag;
mod order;
mod parts;
mod rows;
mod sections;
mod settings;

pub use customize::{CardOrder, KpiChooser};
pub use parts::{BoardPart, PARTS, part};
pub use settings::{BoardSettings, PrefsFile};
