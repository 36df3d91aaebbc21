//! How numbers, money and days are written for people; the exact value travels beside the text.

mod dates;
mod digits;
mod locale;

use facts::{Number, Trend};
use snapshot::{Currency, money};
use words::say;

use self::digits::{decimals, rounded, split_minus};

pub(crate) use self::digits::Scale;
pub use self::locale::{Locale, Sign};

/// Writes values of one snapshot in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The language.
    pub locale: Locale,
    /// The snapshot's currency.
    pub currency: Currency,
}

impl Format {
    /// Writes in a language the amounts of a currency.
    pub fn new(locale: Locale, currency: Currency) -> Self {
        Self { locale, currency }
    }

    /// A whole number with its thousands grouped.
    pub fn count(&self, count: i64) -> String {
        self.grouped(&count.to_string())
    }

    /// A number of things with as many decimals as it has.
    fn quantity(&self, number: Number) -> String {
        let text = number.exact(0);
        self.grouped(text.trim_end_matches('0').trim_end_matches('.'))
    }

    /// An amount with all its digits: at least the decimals that the currency has.
    pub fn money(&self, units: i64) -> String {
        let (exponent, least) = (self.currency.exponent, self.decimals_of_money());
        let mut text = money::to_decimal(units.into(), exponent);
        while text.ends_with('0') && decimals(&text) > least {
            text.pop();
        }
        self.with_sign(text.trim_end_matches('.'))
    }

    /// An amount as a headline: whole from 100,000 on, the currency's decimals below.
    pub fn money_short(&self, value: f64) -> String {
        let decimals = if value.abs() >= 100_000.0 { 0 } else { self.decimals_of_money() };
        self.with_sign(&rounded(value, decimals))
    }

    /// An amount for a label in a figure: `$825k`, `$1.25M`, `$0.05`.
    pub fn money_compact(&self, value: f64) -> String {
        let (size, least) = (value.abs(), self.decimals_of_money());
        match Scale::of(size) {
            Scale::One => {
                let is_whole = rounded(value, least) == rounded(value.round(), least);
                let decimals = if size >= 1000.0 || is_whole { 0 } else { least };
                self.with_sign(&rounded(value, decimals))
            }
            scale => {
                let scaled = size / scale.unit();
                let decimals = if scaled < 9.995 { 2 } else { usize::from(scaled < 99.95) };
                self.money_in(value, scale, decimals)
            }
        }
    }

    /// An amount in thousands, millions, or as it is, with a fixed count of decimals.
    pub(crate) fn money_in(&self, value: f64, scale: Scale, decimals: usize) -> String {
        let (minus, amount) = self.scaled(value, scale, decimals);
        format!("{minus}{}", self.signed(&amount))
    }

    /// A number in thousands, millions, or as it is, with a fixed count of decimals.
    pub(crate) fn number_in(&self, value: f64, scale: Scale, decimals: usize) -> String {
        let (minus, number) = self.scaled(value, scale, decimals);
        format!("{minus}{number}")
    }

    fn scaled(&self, value: f64, scale: Scale, decimals: usize) -> (&'static str, String) {
        let (minus, digits) = split_minus(&rounded(value / scale.unit(), decimals));
        let n = self.grouped(&digits);
        let text = match scale {
            Scale::One => n,
            Scale::Thousand => say!("{n}k", n = n),
            Scale::Million => say!("{n}M", n = n),
            Scale::Billion => say!("{n}B", n = n),
        };
        (minus, text)
    }

    fn decimals_of_money(&self) -> usize {
        usize::from(self.currency.written_decimals())
    }

    /// A share in percent with one decimal.
    pub fn percent(&self, share: f64) -> String {
        self.percent_of(share, 1)
    }

    /// A share in percent with a fixed count of decimals.
    pub(crate) fn percent_of(&self, share: f64, decimals: usize) -> String {
        format!("{}{}%", self.decimals(share * 100.0, decimals), self.locale.percent_gap)
    }

    /// A number with a fixed count of decimals.
    pub fn decimals(&self, value: f64, decimals: usize) -> String {
        self.grouped(&rounded(value, decimals))
    }

    /// A headline for any value.
    pub fn headline(&self, number: Number) -> String {
        let value = number.to_f64(self.currency.exponent);
        match number {
            Number::Money(_) | Number::MoneyPer { .. } => self.money_short(value),
            Number::Count(count) => self.count(count),
            Number::Quantity { .. } => self.quantity(number),
            Number::Rate { .. } => self.percent(value),
            Number::Score { .. } => self.decimals(value, 2),
        }
    }

    /// A value with all its digits where it has finitely many that matter.
    pub fn full(&self, number: Number) -> String {
        match number {
            Number::Money(units) => self.money(units),
            Number::MoneyPer { .. } => {
                let value = number.to_f64(self.currency.exponent);
                self.with_sign(&rounded(value, self.decimals_of_money()))
            }
            Number::Rate { .. } => self.percent_of(number.to_f64(0), 2),
            other => self.headline(other),
        }
    }

    /// How something moved: `+5.0%`, `×12.5`, `−0.8 pp` for rates, `+0.12` for scores.
    pub fn trend(&self, trend: Trend, of: Option<Number>) -> String {
        let Some(amount) = trend.exact() else { return direction(trend) };
        let size = amount.abs();
        let text = match (trend, of) {
            (Trend::Relative(_), _) => self.percent(size),
            (Trend::Manifold(more), _) => {
                let times = more + 1.0;
                return format!("×{}", self.decimals(times, usize::from(times < 100.0)));
            }
            (Trend::Points(_), Some(Number::Rate { .. })) => {
                let points = self.decimals(size * 100.0, 1);
                say!("{points} pp", points = points)
            }
            (Trend::Points(_) | Trend::More | Trend::Less, _) => self.decimals(size, 2),
        };
        // What is too small to be written has no direction, either.
        let written = text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let sign = match amount {
            _ if !written => "±",
            amount if amount < 0.0 => "\u{2212}",
            _ => "+",
        };
        format!("{sign}{text}")
    }

    /// The currency's sign, or its code where it has none.
    pub fn currency_sign(&self) -> &str {
        match self.currency.code.as_str() {
            "USD" => "$",
            "EUR" => "€",
            "GBP" => "£",
            "JPY" => "¥",
            "INR" => "₹",
            code => code,
        }
    }

    fn with_sign(&self, decimal: &str) -> String {
        let (minus, digits) = split_minus(decimal);
        format!("{minus}{}", self.signed(&self.grouped(&digits)))
    }

    /// An amount with the currency's sign where the language has it.
    fn signed(&self, amount: &str) -> String {
        let sign = self.currency_sign();
        let gap = match &*self.locale.currency_gap {
            // A code would run into the amount.
            "" if sign.chars().all(char::is_alphabetic) => "\u{a0}",
            gap => gap,
        };
        if self.locale.currency_first {
            format!("{sign}{gap}{amount}")
        } else {
            format!("{amount}{gap}{sign}")
        }
    }

    /// Groups the whole part of a plain decimal and puts in the locale's signs.
    fn grouped(&self, decimal: &str) -> String {
        let (minus, digits) = split_minus(decimal);
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let (last, others) = self.locale.groups;
        let mut text = String::from(minus);
        for (at, digit) in whole.chars().enumerate() {
            let left = whole.len() - at;
            let begins = left >= last && (left - last).is_multiple_of(others.max(1));
            if at > 0 && begins && whole.len() >= self.locale.grouped_from {
                text.push_str(&self.locale.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push_str(&self.locale.decimal);
            text.push_str(fraction);
        }
        text
    }
}

/// Which way something moved from nothing, or from less: there is no share of that.
fn direction(trend: Trend) -> String {
    if trend == Trend::More { say!("up") } else { say!("down") }
}

#[cfg(test)]
mod tests {
    use snapshot::Day;

    use super::*;

    fn format(exponent: u8) -> Format {
        Format::new(Locale::EN, Currency { code: "USD".to_owned(), exponent })
    }

    #[test]
    fn numbers_are_grouped_and_signed() {
        assert_eq!(format(2).count(-1_234_567), "\u{2212}1,234,567");
        assert_eq!(format(2).money(123_456), "$1,234.56");
        assert_eq!(format(2).money(-5), "\u{2212}$0.05");
        assert_eq!(format(4).money(22_972_008_603), "$2,297,200.8603");
        assert_eq!(format(4).money(10_000), "$1.00");
        assert_eq!(format(0).money(1500), "$1,500");
        assert_eq!(format(2).headline(Number::Money(229_720_086)), "$2,297,201");
        assert_eq!(format(2).money_compact(824_819.0), "$825k");
        assert_eq!(format(2).money_compact(-1_254_000.0), "\u{2212}$1.25M");
        assert_eq!(format(2).money_compact(999_600.0), "$1.00M");
        assert_eq!(format(2).money_compact(9_876.4), "$9,876");
        assert_eq!(format(2).percent(0.1234), "12.3%");
        assert_eq!(format(2).decimals(-0.001, 1), "0.0");
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let of = |code: &str, exponent| {
            Format::new(Locale::EN, Currency { code: code.to_owned(), exponent })
        };
        let (yen, fine_yen, dinar) = (of("JPY", 0), of("JPY", 2), of("KWD", 3));
        assert_eq!(yen.money(1235), "¥1,235");
        assert_eq!(yen.full(Number::MoneyPer { sum: 14_480, count: 3 }), "¥4,827");
        assert_eq!(fine_yen.money(123_500), "¥1,235");
        assert_eq!(fine_yen.money(98_050), "¥980.5");
        assert_eq!(fine_yen.headline(Number::Money(123_457)), "¥1,235");
        assert_eq!(dinar.money(1500), "KWD\u{a0}1.500");
        assert_eq!(dinar.headline(Number::Money(1500)), "KWD\u{a0}1.500");
        assert_eq!(dinar.full(Number::MoneyPer { sum: 3000, count: 2 }), "KWD\u{a0}1.500");
        assert_eq!(dinar.money_compact(0.25), "KWD\u{a0}0.250");
        assert_eq!(dinar.money_compact(12.0), "KWD\u{a0}12");
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(format(0).money_compact(-0.4), "$0");
        assert_eq!(format(2).money_compact(-0.001), "$0");
        assert_eq!(format(2).money_short(-0.004), "$0.00");
        assert_eq!(format(2).money_compact(-0.4), "\u{2212}$0.40");
        assert_eq!(format(2).money_compact(-50.0), "\u{2212}$50");
        assert_eq!(format(2).money_compact(1_500_000_000.0), "$1.50B");
        assert_eq!(format(2).money_compact(9_999.9), "$10.0k");
    }

    #[test]
    fn languages_group_in_their_own_way() {
        let mut f = format(0);
        f.locale.groups = (3, 2);
        assert_eq!(f.count(123_456_789), "12,34,56,789");
        f.locale.groups = (3, 3);
        f.locale.grouped_from = 5;
        f.locale.group = "\u{202f}".into();
        assert_eq!(f.count(1234), "1234");
        assert_eq!(f.count(-12_345), "\u{2212}12\u{202f}345");
        f.locale.day = "{d}. {m} {y}".into();
        assert_eq!(f.day(Day::from_ymd(2026, 2, 3).unwrap()), "3. Feb 2026");
    }

    #[test]
    fn trends_say_their_unit() {
        let f = format(2);
        assert_eq!(f.trend(Trend::Relative(0.05), None), "+5.0%");
        assert_eq!(f.trend(Trend::More, None), "up");
        assert_eq!(f.trend(Trend::Manifold(11.46), None), "×12.5");
        assert_eq!(f.trend(Trend::Manifold(1493.2), None), "×1,494");
        let rate = Number::rate(1, 2);
        assert_eq!(f.trend(Trend::Points(-0.008), rate), "\u{2212}0.8 pp");
        assert_eq!(f.trend(Trend::Points(0.12), Number::score(9, 2)), "+0.12");
        assert_eq!(f.trend(Trend::Points(-0.001), Number::score(9, 2)), "±0.00");
    }

    #[test]
    fn other_currencies_keep_their_place() {
        let mut f = Format::new(Locale::EN, Currency { code: "CHF".to_owned(), exponent: 2 });
        assert_eq!(f.money(100), "CHF\u{a0}1.00");
        f.locale.currency_first = false;
        f.locale.currency_gap = "\u{a0}".into();
        f.currency.code = "EUR".to_owned();
        assert_eq!(f.money(100), "1.00\u{a0}€");
        assert_eq!(f.money_compact(-824_819.0), "\u{2212}825k\u{a0}€");
    }
}
