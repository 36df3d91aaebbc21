//! Plain decimals, and the scales in which large numbers are told.

/// What a number is told in, so that a label stays short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    One,
    Thousand,
    Million,
    Billion,
}

impl Scale {
    /// The scale in which a number is short; numbers of up to four digits stand as they are.
    pub(crate) fn of(size: f64) -> Self {
        match size {
            ..9_999.5 => Self::One,
            ..999_500.0 => Self::Thousand,
            ..999_500_000.0 => Self::Million,
            _ => Self::Billion,
        }
    }

    pub(crate) fn unit(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Thousand => 1e3,
            Self::Million => 1e6,
            Self::Billion => 1e9,
        }
    }
}

/// A plain decimal with a fixed count of decimals; what rounds to nothing has no sign.
pub(super) fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if is_zero { text.trim_start_matches('-').to_owned() } else { text }
}

/// A typographic minus, if the decimal is negative, and its digits.
pub(super) fn split_minus(decimal: &str) -> (&'static str, String) {
    decimal
        .strip_prefix('-')
        .map_or_else(|| ("", decimal.to_owned()), |rest| ("\u{2212}", rest.to_owned()))
}

/// How many decimals a plain decimal has.
pub(super) fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}
