//! Light, dark, or what the system says: the choice, and how it is applied.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MediaQueryList, MediaQueryListEvent};

use crate::look::accent::Accent;

const DARK: &str = "(prefers-color-scheme: dark)";

/// Which theme the reader wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the system is set.
    #[default]
    System,
}

impl ThemeChoice {
    /// All choices, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The choice in storage and markup.
    pub fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// The choice in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Light => words::key!("Light theme"),
            Self::Dark => words::key!("Dark theme"),
            Self::System => words::key!("Theme as the system"),
        }
    }

    /// The choice of a key, as in storage.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.key() == key)
    }

    /// Makes the style sheets follow the choice.
    pub fn apply(self) {
        let Some(root) = gloo::utils::document().document_element() else { return };
        // Neither call can fail with this name.
        let _ = match self {
            Self::System => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.key()),
        };
    }
}

/// Makes the style sheets use a brand's accent.
pub fn apply_accent(accent: Option<Accent>) {
    let root = gloo::utils::document().document_element();
    let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    // Without an accent of its own the brand wears the default.
    let _ = match accent {
        Some(accent) => root.style().set_property("--accent", &accent.css()),
        None => root.style().remove_property("--accent").map(drop),
    };
}

/// Follows the system's theme; stops when dropped.
pub struct SystemTheme {
    query: Option<MediaQueryList>,
    listener: Closure<dyn FnMut(MediaQueryListEvent)>,
}

impl SystemTheme {
    /// True if the system is dark now.
    pub fn is_dark() -> bool {
        media().is_some_and(|query| query.matches())
    }

    /// Tells of every change.
    pub fn watch(changed: impl Fn(bool) + 'static) -> Self {
        let tell = move |event: MediaQueryListEvent| changed(event.matches());
        let listener = Closure::<dyn FnMut(MediaQueryListEvent)>::new(tell);
        let query = media();
        if let Some(query) = &query {
            query.set_onchange(Some(listener.as_ref().unchecked_ref()));
        }
        Self { query, listener }
    }
}

impl Drop for SystemTheme {
    fn drop(&mut self) {
        let _ = &self.listener;
        if let Some(query) = &self.query {
            query.set_onchange(None);
        }
    }
}

fn media() -> Option<MediaQueryList> {
    web_sys::window()?.match_media(DARK).ok().flatten()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_choice_is_named_and_applied() {
        for choice in ThemeChoice::ALL {
            assert_eq!(ThemeChoice::from_key(choice.key()), Some(choice));
            choice.apply();
            let theme = gloo::utils::document_element().get_attribute("data-theme");
            let expected = (choice != ThemeChoice::System).then(|| choice.key().to_owned());
            assert_eq!(theme, expected);
        }
    }

    #[wasm_bindgen_test]
    fn an_accent_comes_and_goes() {
        let accent = || {
            let root: web_sys::HtmlElement = gloo::utils::document_element().unchecked_into();
            root.style().get_property_value("--accent").unwrap()
        };
        apply_accent(Accent::parse("#c2410c"));
        assert_eq!(accent(), "#c2410c");
        apply_accent(None);
        assert_eq!(accent(), "");
    }
}
