//! Colours and type of the figures; the same tokens as the page's style sheet.

/// What figures are drawn with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Text.
    pub text: &'static str,
    /// Secondary text.
    pub muted: &'static str,
    /// Grid lines.
    pub grid: &'static str,
    /// What lies behind a figure.
    pub surface: &'static str,
    /// The accent.
    pub primary: &'static str,
    /// Better than before, satisfied, low risk.
    pub good: &'static str,
    /// In between.
    pub fair: &'static str,
    /// Worse than before, dissatisfied, high risk.
    pub bad: &'static str,
    /// Neither.
    pub neutral: &'static str,
    /// Categories, in the order of use.
    pub palette: [&'static str; 8],
}

/// Eight hues that colour-blind readers can tell apart, each at least 3:1 on white and on dark.
const PALETTE: [&str; 8] =
    ["#1677ff", "#0aa2a2", "#d46b08", "#c41d7f", "#8a6d3b", "#7a63d6", "#5b8c2a", "#7f8c9b"];

/// Font of the page and the figures: what the system has.
pub const FONT: &str = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

impl Theme {
    /// On white.
    pub const LIGHT: Self = Self {
        text: "#1f2329",
        muted: "#5c6570",
        grid: "#e9ecf0",
        surface: "#ffffff",
        primary: "#1677ff",
        good: "#0aa2a2",
        fair: "#c77f00",
        bad: "#d9263f",
        neutral: "#7f8c9b",
        palette: PALETTE,
    };

    /// On dark.
    pub const DARK: Self = Self {
        text: "#e6e9ee",
        muted: "#a3acb8",
        grid: "#2b3038",
        surface: "#1b1e24",
        ..Self::LIGHT
    };

    /// The colour of the n-th category.
    pub fn color(&self, index: usize) -> &'static str {
        self.palette.get(index % self.palette.len()).copied().unwrap_or(self.primary)
    }
}

/// Text on a mark: light or dark ink, whichever is read more easily on it.
pub(crate) fn ink_on(mark: &str) -> &'static str {
    const INKS: [&str; 2] = ["#ffffff", "#0b0f14"];
    let [light, dark] = INKS;
    if contrast(mark, light) > contrast(mark, dark) { light } else { dark }
}

/// Relative luminance of `#rrggbb` after WCAG, 0 to 1; of anything else that of black.
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let digits = hex.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let value = f64::from(digits.unwrap_or(0)) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// Contrast ratio of two colours, 1 to 21.
fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_read_on_every_mark() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for mark in theme.palette.into_iter().chain([theme.good, theme.fair, theme.bad]) {
                assert!(contrast(mark, ink_on(mark)) >= 4.5, "{mark}");
            }
        }
    }

    #[test]
    fn marks_stand_out_three_to_one_and_text_four_and_a_half() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            let marks = [theme.primary, theme.good, theme.fair, theme.bad, theme.neutral];
            for mark in theme.palette.into_iter().chain(marks) {
                assert!(contrast(mark, theme.surface) >= 3.0, "{mark} on {}", theme.surface);
            }
            for text in [theme.text, theme.muted] {
                assert!(contrast(text, theme.surface) >= 4.5, "{text} on {}", theme.surface);
            }
        }
    }
}
