//! How this page writes and colours what is computed.

use snapshot::Meta;
use widgets::{Format, Theme};

use crate::look::language;

/// Theme and number format of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Colours of the figures.
    pub theme: Theme,
    /// How numbers are written.
    pub format: Format,
}

impl Look {
    /// The look of a snapshot's numbers on a light or dark page.
    pub fn new(meta: &Meta, dark: bool) -> Self {
        let theme = if dark { Theme::DARK } else { Theme::LIGHT };
        Self { theme, format: Format::new(language::locale(), meta.currency.clone()) }
    }
}
