//! Currencies: how many decimals ISO 4217 gives each.

use serde::{Deserialize, Serialize};

use crate::bounds::{OutOfBounds, text, within};
use crate::money::MAX_EXPONENT;

// The page needs the exceptions only, a few hundred bytes; tests hold them against a whole table.

/// Currencies without a minor unit.
const WHOLE: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];

/// Currencies of a thousand minor units.
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Units of account with four decimals.
const FINEST: [&str; 2] = ["CLF", "UYW"];

/// The currency of a snapshot's amounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: String,
    /// Amounts are integers in units of `10^-exponent`; at most 4.
    pub exponent: u8,
}

impl Currency {
    pub(crate) fn check(&self) -> Result<(), OutOfBounds> {
        let Self { code, exponent } = self;
        text("meta.currency.code", code)?;
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let found = format!("{code:?}");
            return Err(OutOfBounds::new("meta.currency.code", found, "three capital letters"));
        }
        within("meta.currency.exponent", (*exponent).into(), 0..=MAX_EXPONENT.into())
    }

    /// Decimals with which amounts are written: the currency's own, as far as the data has them.
    ///
    /// Data may be finer than the currency (half a yen in a price list); averages and headlines
    /// are written with the currency's decimals all the same.
    pub fn written_decimals(&self) -> u8 {
        minor_unit(&self.code).min(self.exponent)
    }
}

/// Decimals of a currency's minor unit; two for a code that is not known.
pub fn minor_unit(code: &str) -> u8 {
    match code {
        code if WHOLE.contains(&code) => 0,
        code if THOUSANDTHS.contains(&code) => 3,
        code if FINEST.contains(&code) => 4,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_written_with_its_own_decimals() {
        let written =
            |code: &str, exponent| Currency { code: code.to_owned(), exponent }.written_decimals();
        assert_eq!([written("EUR", 2), written("EUR", 4), written("EUR", 0)], [2, 2, 0]);
        assert_eq!([written("JPY", 0), written("JPY", 2)], [0, 0]);
        assert_eq!([written("KWD", 3), written("KWD", 4)], [3, 3]);
    }

    #[test]
    fn the_exceptions_are_those_of_the_standard() {
        let letters = || (b'A'..=b'Z').map(char::from);
        let codes = letters().flat_map(|a| letters().map(move |b| (a, b)));
        let codes = codes.flat_map(|(a, b)| letters().map(move |c| String::from_iter([a, b, c])));
        let known = codes.filter_map(|code| iso_currency::Currency::from_code(&code));
        let mut seen = 0;
        for digits in known.filter_map(|currency| Some((currency.code(), currency.exponent()?))) {
            assert_eq!((digits.0, u16::from(minor_unit(digits.0))), digits);
            seen += 1;
        }
        assert!(seen > 150, "{seen}");
    }
}
