//! How numbers, money and days are written for people; the exact value travels beside the text.

use facts::{Bucket, BucketSize, DayRange, Number, Trend};
use snapshot::{Currency, Day, Month, money};

/// Words and signs of a language, as far as numbers and dates need them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    /// Between whole and fraction.
    pub decimal: char,
    /// Between groups of three digits.
    pub group: char,
    /// Whether the currency sign stands before the amount.
    pub currency_first: bool,
    /// Short names of the months.
    pub months: [&'static str; 12],
}

impl Locale {
    /// English as written in the United States, with days before months.
    pub const EN: Self = Self {
        decimal: '.',
        group: ',',
        currency_first: true,
        months: [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ],
    };
}

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

    /// An amount with all its digits: two decimals at least where the currency has them.
    pub fn money(&self, units: i64) -> String {
        let exponent = self.currency.exponent;
        let mut text = money::to_decimal(units.into(), exponent);
        while exponent > 2 && text.ends_with('0') && decimals(&text) > 2 {
            text.pop();
        }
        self.with_sign(&text)
    }

    /// An amount as a headline: no cents from 100,000 on, two decimals below.
    pub fn money_short(&self, value: f64) -> String {
        let decimals = if self.currency.exponent == 0 || value.abs() >= 100_000.0 { 0 } else { 2 };
        self.with_sign(&format!("{value:.decimals$}"))
    }

    /// An amount for a label in a figure: `$825k`, `$1.25M`.
    pub fn money_compact(&self, value: f64) -> String {
        let size = value.abs();
        let (unit, letter) = match size {
            ..1e4 => return self.with_sign(&format!("{value:.0}")),
            ..999_500.0 => (1e3, "k"),
            ..999_500_000.0 => (1e6, "M"),
            _ => (1e9, "B"),
        };
        let scaled = value / unit;
        let decimals = if scaled.abs() < 10.0 { 2 } else { usize::from(scaled.abs() < 100.0) };
        let text = self.with_sign(&format!("{scaled:.decimals$}"));
        // A sign behind the amount stays behind the letter.
        match text.split_once('\u{a0}').filter(|_| !self.locale.currency_first) {
            Some((amount, sign)) => format!("{amount}{letter}\u{a0}{sign}"),
            None => text + letter,
        }
    }

    /// A share in percent with one decimal.
    pub fn percent(&self, share: f64) -> String {
        format!("{}%", self.decimals(share * 100.0, 1))
    }

    /// A number with a fixed count of decimals.
    pub fn decimals(&self, value: f64, decimals: usize) -> String {
        let text = format!("{value:.decimals$}");
        let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        self.grouped(if is_zero { text.trim_start_matches('-') } else { &text })
    }

    /// A headline for any value.
    pub fn headline(&self, number: Number) -> String {
        let value = number.to_f64(self.currency.exponent);
        match number {
            Number::Money(_) | Number::MoneyPer { .. } => self.money_short(value),
            Number::Count(count) => self.count(count),
            Number::Rate { .. } => self.percent(value),
            Number::Score { .. } => self.decimals(value, 2),
        }
    }

    /// A value with all its digits where it has finitely many that matter.
    pub fn full(&self, number: Number) -> String {
        match number {
            Number::Money(units) => self.money(units),
            Number::MoneyPer { .. } => {
                self.with_sign(&format!("{:.2}", number.to_f64(self.currency.exponent)))
            }
            Number::Rate { .. } => format!("{}%", self.decimals(number.to_f64(0) * 100.0, 2)),
            other => self.headline(other),
        }
    }

    /// How something moved: `+5.0%`, `−0.8 pp` for rates, `+0.12` for scores.
    pub fn trend(&self, trend: Trend, of: Option<Number>) -> String {
        let amount = trend.amount();
        let sign = if amount < 0.0 { "\u{2212}" } else { "+" };
        let size = amount.abs();
        match (trend, of) {
            (Trend::Relative(_), _) => format!("{sign}{}%", self.decimals(size * 100.0, 1)),
            (Trend::Points(_), Some(Number::Rate { .. })) => {
                format!("{sign}{} pp", self.decimals(size * 100.0, 1))
            }
            (Trend::Points(_), _) => format!("{sign}{}", self.decimals(size, 2)),
        }
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

    /// A day, `23 Nov 2026`.
    pub fn day(&self, day: Day) -> String {
        let (year, _, date) = day.ymd();
        format!("{date} {} {year}", self.month_name(day.month()))
    }

    /// A range of days.
    pub fn range(&self, range: DayRange) -> String {
        format!("{} – {}", self.day(range.from), self.day(range.to))
    }

    /// A bucket of a time axis, `Nov 2026`, `23 Nov 2026`.
    pub fn bucket(&self, bucket: Bucket) -> String {
        let from = bucket.range.from;
        match bucket.size {
            BucketSize::Month => {
                format!("{} {}", self.month_name(from.month()), from.month().year())
            }
            BucketSize::Week if bucket.range.days() > 1 => self.range(bucket.range),
            BucketSize::Week | BucketSize::Day => self.day(from),
        }
    }

    fn month_name(&self, month: Month) -> &'static str {
        self.locale.months.get(month.number() as usize - 1).copied().unwrap_or_default()
    }

    fn with_sign(&self, decimal: &str) -> String {
        let (minus, digits) =
            decimal.strip_prefix('-').map_or(("", decimal), |rest| ("\u{2212}", rest));
        let (amount, sign) = (self.grouped(digits), self.currency_sign());
        let space = if sign.chars().all(char::is_alphabetic) { "\u{a0}" } else { "" };
        if self.locale.currency_first {
            format!("{minus}{sign}{space}{amount}")
        } else {
            format!("{minus}{amount}\u{a0}{sign}")
        }
    }

    /// Groups the whole part of a plain decimal and puts in the locale's signs.
    fn grouped(&self, decimal: &str) -> String {
        let (minus, digits) =
            decimal.strip_prefix('-').map_or(("", decimal), |rest| ("\u{2212}", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut text = String::from(minus);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push(self.locale.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.locale.decimal);
            text.push_str(fraction);
        }
        text
    }
}

fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

#[cfg(test)]
mod tests {
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
    fn trends_say_their_unit() {
        let f = format(2);
        assert_eq!(f.trend(Trend::Relative(0.05), None), "+5.0%");
        let rate = Number::rate(1, 2);
        assert_eq!(f.trend(Trend::Points(-0.008), rate), "\u{2212}0.8 pp");
        assert_eq!(f.trend(Trend::Points(0.12), Number::score(9, 2)), "+0.12");
    }

    #[test]
    fn other_currencies_keep_their_place() {
        let mut f = Format::new(Locale::EN, Currency { code: "CHF".to_owned(), exponent: 2 });
        assert_eq!(f.money(100), "CHF\u{a0}1.00");
        f.locale.currency_first = false;
        f.currency.code = "EUR".to_owned();
        assert_eq!(f.money(100), "1.00\u{a0}€");
    }
}
