//! The brand's accent colour, taken only if it can be seen on light and dark cards.

use crate::host::by_browser;

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// Relative luminance of the darkest card, `--card` of the dark theme.
const DARK_CARD: f64 = 0.0129;
const WHITE: f64 = 1.0;

impl Accent {
    /// What may stand in the configuration.
    pub const EXPECTED: &'static str =
        "a colour as in #1677ff that stands out 3:1 from white and from the dark cards";

    /// Reads `#rrggbb`; `None` if it is something else or would be hard to see.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = value.to_be_bytes();
        let accent = Self([red, green, blue]);
        let seen = [WHITE, DARK_CARD].iter().all(|&card| contrast(accent.luminance(), card) >= 3.0);
        seen.then_some(accent)
    }

    /// The colour for style sheets.
    pub fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance after WCAG, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                by_browser::power((value + 0.055) / 1.055, 2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn only_colours_that_can_be_seen_pass() {
        assert_eq!(Accent::parse("#1677FF").map(Accent::css), Some("#1677ff".to_owned()));
        for bad in ["1677ff", "#17f", "#ffff00", "#101010", "#ééé", "#12345", "red", ""] {
            assert_eq!(Accent::parse(bad), None, "{bad}");
        }
    }
}
