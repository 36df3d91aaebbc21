//! Money as fixed-point integers: exact text to units and back, never through floating point.

/// Largest number of decimal digits a currency amount may carry.
pub const MAX_EXPONENT: u8 = 4;

/// Why a text is not an amount with at most the given number of decimals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a plain decimal number.
    #[error("'{0}' is not a decimal number")]
    NotANumber(String),
    /// More decimals than the snapshot keeps; nothing is rounded in silence.
    #[error("'{text}' has more than {exponent} decimals")]
    TooPrecise {
        /// The text as read.
        text: String,
        /// Decimals that are kept.
        exponent: u8,
    },
    /// Does not fit in 64 bits.
    #[error("'{0}' is too large")]
    TooLarge(String),
}

/// Reads a plain decimal (`-12.3400`, `+5`, `.5`) as units of `10^-exponent`.
///
/// Zeros behind the last kept decimal are accepted: they lose nothing.
///
/// # Errors
/// Says what is wrong with the text.
pub fn parse(text: &str, exponent: u8) -> Result<i64, MoneyError> {
    let bad = || MoneyError::NotANumber(text.to_owned());
    let trimmed = text.trim();
    let (negative, digits) = match trimmed.as_bytes().first() {
        Some(b'-') => (true, &trimmed[1..]),
        Some(b'+') => (false, &trimmed[1..]),
        _ => (false, trimmed),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return Err(bad());
    }
    let kept = usize::from(exponent).min(fraction.len());
    if fraction[kept..].bytes().any(|byte| byte != b'0') {
        return Err(MoneyError::TooPrecise { text: text.to_owned(), exponent });
    }
    let padded = format!("{whole}{:0<width$}", &fraction[..kept], width = usize::from(exponent));
    let units: i64 = if padded.is_empty() {
        0
    } else {
        padded.parse().map_err(|_| MoneyError::TooLarge(text.to_owned()))?
    };
    Ok(if negative { units.saturating_neg() } else { units })
}

/// Number of decimals a decimal text really uses (`1.500` uses one), or `None` if not a number.
pub fn decimals_used(text: &str) -> Option<u8> {
    let fraction = text.trim().split_once('.').map_or("", |(_, fraction)| fraction);
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    u8::try_from(fraction.trim_end_matches('0').len()).ok()
}

/// Units of `10^-exponent` as an exact decimal text with all its digits, `-12.50`.
pub fn to_decimal(units: i128, exponent: u8) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let width = usize::from(exponent).saturating_add(1);
    let digits = format!("{:0width$}", units.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(usize::from(exponent)));
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        for (text, exponent, units) in [
            ("12.34", 2, 1234),
            ("-0.05", 2, -5),
            (".5", 2, 50),
            ("7", 0, 7),
            ("7.", 2, 700),
            ("261.9600", 2, 26196),
            ("957.5775", 4, 9_575_775),
            (" +3.1 ", 4, 31_000),
        ] {
            assert_eq!(parse(text, exponent), Ok(units), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_exact() {
        assert!(matches!(parse("1.005", 2), Err(MoneyError::TooPrecise { .. })));
        for bad in ["", ".", "-", "1,5", "1e3", "12a", "--1", "١٢"] {
            assert!(matches!(parse(bad, 2), Err(MoneyError::NotANumber(_))), "{bad}");
        }
        assert!(matches!(parse("99999999999999999999", 2), Err(MoneyError::TooLarge(_))));
    }

    proptest! {
        #[test]
        fn text_and_units_round_trip(units in -i64::MAX..i64::MAX, exponent in 0u8..=4) {
            prop_assert_eq!(parse(&to_decimal(units.into(), exponent), exponent), Ok(units));
        }
    }
}
