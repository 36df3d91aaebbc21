//! How the page looks and speaks: theme and accent, language, and what the reader prefers.

pub mod accent;
pub mod language;
pub mod prefs;
mod style;
pub mod theme;
mod theme_switch;

pub use style::Look;
pub use theme_switch::ThemeSwitch;
