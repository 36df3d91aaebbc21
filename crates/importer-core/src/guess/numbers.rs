//! In which way the numbers of a table are written, and which sign stands for their currency.

use std::collections::BTreeMap;

use crate::import::amounts::AmountFormat;
use crate::import::currencies::{is_of, is_sign, may_be_symbol};
use crate::import::mapping::FormatMapping;
use crate::sorted;
use snapshot::money;

/// Decimals in which amounts are compared with each other.
pub const FINE: u8 = 6;

/// Signs of currencies in letters that are no codes.
const LETTERS: [&str; 22] = [
    "kr", "kr.", "Kr", "zł", "Kč", "Ft", "lei", "Fr", "Fr.", "SFr.", "R$", "US$", "A$", "C$", "Rs",
    "Rs.", "円", "元", "원", "руб", "руб.", "грн",
];

/// What stands before decimals, and between thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether a comma, not a point, stands before decimals.
    pub decimal_comma: bool,
    /// What stands between groups of digits.
    pub thousands: &'static str,
}

/// All ways, the plainest first: of two that read the same, the first one is taken.
pub const STYLES: [Style; 8] = [
    Style { decimal_comma: false, thousands: "" },
    Style { decimal_comma: true, thousands: "" },
    Style { decimal_comma: false, thousands: "," },
    Style { decimal_comma: true, thousands: "." },
    Style { decimal_comma: true, thousands: " " },
    Style { decimal_comma: false, thousands: " " },
    Style { decimal_comma: false, thousands: "'" },
    Style { decimal_comma: true, thousands: "'" },
];

impl Style {
    /// The settings of a mapping for it.
    pub fn settings(self, symbol: Option<&str>) -> FormatMapping {
        FormatMapping {
            decimal_comma: self.decimal_comma.then_some(true),
            thousands: Some(self.thousands.to_owned()).filter(|sign| !sign.is_empty()),
            currency_symbol: symbol.map(str::to_owned),
            ..FormatMapping::default()
        }
    }

    /// What reads numbers of this kind.
    pub fn reader(self, symbol: Option<&str>) -> Option<AmountFormat> {
        // The code does not matter here: nothing is in its smallest unit.
        AmountFormat::new(&self.settings(symbol), "XXX").ok()
    }
}

/// A number in millionths; none if it is none, or does not fit.
pub fn fine(format: &AmountFormat, text: &str) -> Option<i64> {
    money::parse(&format.money(text)?.text, FINE).ok()
}

/// The sign of a currency beside a number, if there is one and nothing else.
pub fn symbol_of(text: &str) -> Option<&str> {
    let is_part = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || "+-()'’".contains(c)
            || crate::import::currencies::is_dash(c)
    };
    // A point may belong to the sign, as in `kr.`; digits tell where the number is.
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let before = text.get(..first)?.trim_matches(|c| is_part(c) || c == ',');
    let behind = text.get(last..)?.get(1..)?.trim_matches(|c| is_part(c) || c == ',');
    let before = before.trim_start_matches('.');
    let sign = match (before, behind.trim_start_matches(['.', ','])) {
        (sign, "") | ("", sign) if !sign.is_empty() => sign,
        _ => return None,
    };
    is_symbol(sign).then_some(sign)
}

/// Whether a text is known to stand for a currency beside numbers.
fn is_symbol(sign: &str) -> bool {
    let is_code = sign.len() == 3 && iso_currency::Currency::from_code(sign).is_some();
    let has_sign = sign.chars().any(is_sign) && sign.chars().count() <= 4;
    may_be_symbol(sign) && (is_code || has_sign || LETTERS.contains(&sign))
}

/// The codes of currencies for which a sign may stand, the most likely one first; one where it
/// stands for that alone.
pub fn codes_of(sign: &str) -> Vec<&'static str> {
    let sole = [
        "EUR", "GBP", "INR", "RUB", "KRW", "TRY", "UAH", "VND", "ILS", "THB", "PLN", "USD", "JPY",
        "CNY",
    ];
    if let Some(code) = sole.into_iter().find(|code| is_of(sign, code)) {
        return vec![code];
    }
    let code = iso_currency::Currency::from_code(&sign.to_uppercase());
    if let Some(code) = code.filter(|_| sign.len() == 3) {
        return vec![code.code()];
    }
    match sign.trim_end_matches('.') {
        "$" => vec!["USD", "CAD", "AUD", "MXN"],
        "¥" | "￥" => vec!["JPY", "CNY"],
        "\\" => vec!["JPY"],
        "kr" | "Kr" => vec!["SEK", "NOK", "DKK"],
        "Fr" | "SFr" => vec!["CHF"],
        "R$" => vec!["BRL"],
        "A$" => vec!["AUD"],
        "C$" => vec!["CAD"],
        "Kč" => vec!["CZK"],
        "Ft" => vec!["HUF"],
        "lei" => vec!["RON"],
        "Rs" => vec!["INR", "PKR"],
        _ => Vec::new(),
    }
}

/// The signs beside some numbers, with how often each is there.
pub fn symbols<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for sign in texts.filter_map(symbol_of) {
        let count = counts.entry(sign).or_default();
        *count = count.saturating_add(1);
    }
    let mut counts: Vec<(String, usize)> =
        counts.into_iter().map(|(sign, count)| (sign.to_owned(), count)).collect();
    sorted::by_key(&mut counts, |&(_, count)| std::cmp::Reverse(count));
    counts
}

/// How many numbers each style reads.
#[derive(Clone, Debug)]
pub struct Tally {
    readers: Vec<(Style, AmountFormat)>,
    counts: [u64; STYLES.len()],
    /// Texts that were looked at.
    pub all: u64,
}

impl Tally {
    /// Nothing counted yet of numbers with a sign of currency.
    pub fn new(symbol: Option<&str>) -> Self {
        let reader = |style: Style| style.reader(symbol).map(|reader| (style, reader));
        let readers = STYLES.into_iter().filter_map(reader).collect();
        Self { readers, counts: [0; STYLES.len()], all: 0 }
    }

    /// Counts a text.
    pub fn add(&mut self, text: &str) {
        self.all = self.all.saturating_add(1);
        let is_bare = text.bytes().all(|byte| byte.is_ascii_digit());
        for (count, (_, reader)) in self.counts.iter_mut().zip(&self.readers) {
            if is_bare || reader.number(text).is_some() {
                *count = count.saturating_add(1);
            }
        }
    }

    /// The style that reads most, and how many it reads.
    pub fn best(&self) -> (Style, u64) {
        let mut best = (STYLES[0], self.counts[0]);
        for ((style, _), &count) in self.readers.iter().zip(&self.counts) {
            if count > best.1 {
                best = (*style, count);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(texts: &[&str]) -> Style {
        let mut tally = Tally::new(Some("€"));
        texts.iter().for_each(|text| tally.add(text));
        tally.best().0
    }

    #[test]
    fn signs_of_numbers_tell_how_they_are_written() {
        for (texts, decimal_comma, thousands) in [
            (&["12.50", "7"][..], false, ""),
            (&["12,50", "7"], true, ""),
            (&["1.234,56", "7,00"], true, "."),
            (&["1,234.56", "7.00"], false, ","),
            (&["1 234,56 €", "7,00 €"], true, " "),
            (&["1'234.56", "7.00"], false, "'"),
            (&["(12.50)", "-3.00"], false, ""),
        ] {
            assert_eq!(style(texts), Style { decimal_comma, thousands }, "{texts:?}");
        }
    }

    #[test]
    fn signs_of_currencies_are_told_from_other_letters() {
        for (text, sign) in [
            ("$12.50", Some("$")),
            ("($182.77)", Some("$")),
            ("-$10.00", Some("$")),
            ("$-10.00", Some("$")),
            ("12,50 €", Some("€")),
            ("EUR 12", Some("EUR")),
            ("kr. 12,50", Some("kr.")),
            ("12,50 kr", Some("kr")),
            ("12.50", None),
            ("A12", None),
            ("7 CR", None),
            ("45.00-", None),
            ("12 pcs", None),
            ("x", None),
        ] {
            assert_eq!(symbol_of(text), sign, "{text}");
        }
        assert_eq!(codes_of("€"), ["EUR"]);
        assert_eq!(codes_of("$")[0], "USD");
        assert_eq!(codes_of("chf"), ["CHF"]);
    }
}
