//! The dashboard's cards as the reader has arranged them.

mod cards;
mod customize;
mod drag;
mod order;
mod rows;
mod sections;
mod settings;

pub use cards::Board;
pub use customize::{CardOrder, CustomizeButton, KpiChooser};
pub use drag::Grips;
pub use sections::SectionBar;
pub use settings::{BoardSettings, PrefsFile};
