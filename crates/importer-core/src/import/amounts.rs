//! Numbers as people and programs write them, read as plain decimals.

use anyhow::{Result, ensure};

use super::currencies::{self, is_dash};
use super::mapping::{AmountUnit, FormatMapping};
use super::visible::visible;
use snapshot::currency::minor_unit;

/// Signs that make an amount negative behind it, too.
const BEHIND: [char; 2] = ['-', '−'];

/// Significant digits that a binary fraction holds reliably.
const RELIABLE_DIGITS: usize = 15;

/// Digits that a decimal has at most if the further ones of a binary fraction are noise.
const MEANT_DIGITS: usize = RELIABLE_DIGITS - 2;

/// Signs between thousands that are one and the same to people.
const SEPARATORS: [&[char]; 2] = [&[' ', '\u{a0}', '\u{202f}', '\u{2009}'], &['\'', '’']];

/// The largest power of ten that an amount is multiplied by.
const LARGEST_POWER: u32 = 18;

/// How numbers are written.
#[derive(Clone, Debug)]
pub struct AmountFormat {
    decimal_comma: bool,
    thousands: String,
    symbol: String,
    code: String,
    /// Decimals of the unit in which amounts of money are written.
    shift: i32,
}

/// A number as a plain decimal with a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// Such as `-12.5`.
    pub text: String,
    /// What it was written as.
    pub written: Written,
}

/// How a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Digit by digit.
    Plainly,
    /// With a power of ten, `1.5E+03`.
    AsPower,
    /// With the noise of binary fractions, `3.3000000000000003`.
    WithNoise,
}

impl AmountFormat {
    /// From a mapping's format.
    ///
    /// # Errors
    /// If a comma would mean two things.
    pub fn new(format: &FormatMapping, currency: &str) -> Result<Self> {
        let decimal_comma = format.decimal_comma.unwrap_or(false);
        let thousands = format.thousands.clone().unwrap_or_default();
        let point = if decimal_comma { "," } else { "." };
        ensure!(thousands != point, "format.thousands: '{point}' stands before decimals");
        let in_minor = format.amount_unit == Some(AmountUnit::Minor);
        Ok(Self {
            decimal_comma,
            thousands,
            symbol: format.currency_symbol.clone().unwrap_or_default(),
            code: currency.to_owned(),
            shift: if in_minor { i32::from(minor_unit(currency)).saturating_neg() } else { 0 },
        })
    }

    /// Whether a text stands for the currency.
    pub fn is_currency(&self, text: &str) -> bool {
        text == self.symbol.trim() || currencies::is_of(text, &self.code)
    }

    /// What may make an amount of a text that is none; begins with a semicolon.
    pub fn hint(&self, text: &str) -> String {
        let is_number = |c: char| c.is_ascii_digit() || ".,()+".contains(c) || is_dash(c);
        let is_separator = |c: char| SEPARATORS.iter().any(|signs| signs.contains(&c));
        let is_end = |c: char| is_number(c) || c.is_whitespace();
        let sign = text.trim_matches(is_end);
        let between = text.chars().find(|&c| is_separator(c));
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
        let is_sign = !sign.is_empty() && !sign.contains(|c| is_number(c) || is_separator(c));
        let advised = is_sign && sign != self.symbol && between.is_none_or(char::is_whitespace);
        if !has_digit {
            String::new()
        } else if advised {
            currencies::hint(sign, &self.code).unwrap_or_default()
        } else if let Some(between) = between.filter(|_| self.thousands.is_empty() && !is_sign) {
            let usual = if between.is_whitespace() { ' ' } else { '\'' };
            format!(
                "; if {} stands between thousands, say thousands = \"{usual}\"",
                visible(&between.to_string())
            )
        } else {
            self.sign_hint(text).to_owned()
        }
    }

    /// What commas and points would have to mean.
    fn sign_hint(&self, text: &str) -> &'static str {
        let last = text.rfind([',', '.']).and_then(|at| text[at..].chars().next());
        let both = text.contains(',') && text.contains('.');
        match last {
            Some('.') if both && (self.decimal_comma || self.thousands != ",") => {
                "; for commas between thousands say thousands = \",\" without decimal_comma"
            }
            Some(',') if both && !(self.decimal_comma && self.thousands == ".") => {
                "; for a comma before decimals say decimal_comma = true, and thousands = \".\""
            }
            Some(',') if !both && !self.decimal_comma && self.thousands != "," => {
                "; for commas before decimals say decimal_comma = true, for commas between \
                 thousands thousands = \",\""
            }
            Some('.') if !both && self.decimal_comma && self.thousands != "." => {
                "; for points between thousands say thousands = \".\""
            }
            _ => "",
        }
    }

    /// An amount of money in whole units of the currency.
    pub fn money(&self, text: &str) -> Option<Decimal> {
        let Decimal { text, written } = self.number(text)?;
        Some(Decimal { text: shifted(&text, self.shift)?, written })
    }

    /// A number.
    pub fn number(&self, text: &str) -> Option<Decimal> {
        let (negative, bare) = self.unsigned(text)?;
        let (mantissa, power) = match bare.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, Some(power_of_ten(power)?)),
            None => (bare, None),
        };
        let point = if self.decimal_comma { ',' } else { '.' };
        let (whole, fraction) = match mantissa.split_once(point) {
            Some((whole, fraction)) => (self.ungrouped(whole)?, fraction),
            None => (self.ungrouped(mantissa)?, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if mantissa.len() <= mantissa.matches(point).count()
            || !all_digits(&whole)
            || !all_digits(fraction)
        {
            return None;
        }
        let sign = if negative { "-" } else { "" };
        let plain = match fraction {
            "" => format!("{sign}{whole}"),
            fraction => format!("{sign}{whole}.{fraction}"),
        };
        if let Some(power) = power {
            return Some(Decimal { text: shifted(&plain, power)?, written: Written::AsPower });
        }
        Some(match without_noise(&plain) {
            Some(text) => Decimal { text, written: Written::WithNoise },
            None => Decimal { text: plain, written: Written::Plainly },
        })
    }

    /// Takes sign, brackets and currency symbol off an amount, one of each at most; true for a
    /// negative one.
    fn unsigned<'a>(&self, text: &'a str) -> Option<(bool, &'a str)> {
        let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        let (mut negative, mut bare) = (inside.is_some(), inside.unwrap_or(text).trim());
        let (mut signs, mut symbols) = (u8::from(negative), 0_u8);
        loop {
            let symbol = Some(self.symbol.as_str()).filter(|symbol| !symbol.is_empty());
            let symbol =
                symbol.and_then(|symbol| bare.strip_prefix(symbol).or(bare.strip_suffix(symbol)));
            let minus = || bare.strip_prefix(is_dash).or_else(|| without_minus_behind(bare));
            let rest = if let Some(rest) = symbol {
                symbols = symbols.saturating_add(1);
                rest
            } else if let Some(rest) = minus() {
                (signs, negative) = (signs.saturating_add(1), true);
                rest
            } else if let Some(rest) = bare.strip_prefix('+') {
                signs = signs.saturating_add(1);
                rest
            } else {
                break;
            };
            bare = rest.trim();
            if signs > 1 || symbols > 1 {
                return None;
            }
        }
        Some((negative, bare))
    }

    /// The whole part without separators, if they stand where they should.
    fn ungrouped(&self, whole: &str) -> Option<String> {
        if self.thousands.is_empty() {
            return Some(whole.to_owned());
        }
        // Blanks that do not break, and printed apostrophes, are the same signs.
        let alike = SEPARATORS
            .iter()
            .find(|signs| signs.iter().any(|sign| self.thousands == sign.to_string()));
        let groups: Vec<&str> = match alike {
            Some(signs) => whole.split(&signs[..]).collect(),
            None => whole.split(self.thousands.as_str()).collect(),
        };
        if groups.len() == 1 {
            return Some(whole.to_owned());
        }
        let (first, rest) = groups.split_first()?;
        let (last, middle) = rest.split_last()?;
        let fits = (1..=3).contains(&first.len())
            && middle.iter().all(|group| (2..=3).contains(&group.len()))
            && last.len() == 3;
        fits.then(|| groups.concat())
    }
}

/// An amount without the minus behind it. A dash behind the sign for decimals, as in `12.-`, is
/// none: it stands for no cents.
fn without_minus_behind(text: &str) -> Option<&str> {
    text.strip_suffix(BEHIND).filter(|rest| !rest.ends_with(['.', ',']))
}

/// The power behind an E.
fn power_of_ten(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|power: &i32| all_digits && power.unsigned_abs() <= LARGEST_POWER)
}

/// A plain decimal with its point moved, to the right for a positive power of ten.
fn shifted(plain: &str, power: i32) -> Option<String> {
    if power == 0 {
        return Some(plain.to_owned());
    }
    let (sign, bare) = plain.strip_prefix('-').map_or(("", plain), |bare| ("-", bare));
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let places = power.unsigned_abs() as usize;
    let (whole, fraction) = if power > 0 {
        let fraction = format!("{fraction:0<places$}");
        (format!("{whole}{}", &fraction[..places]), fraction[places..].to_owned())
    } else {
        let whole = format!("{whole:0>width$}", width = places.saturating_add(1));
        let (whole, moved) = whole.split_at(whole.len().saturating_sub(places));
        (whole.to_owned(), format!("{moved}{fraction}"))
    };
    Some(format!("{sign}{whole}.{fraction}"))
}

/// The decimal that was meant where the digits behind it are noise of a binary fraction: with
/// more digits than these hold, and zeros or nines before the last ones.
fn without_noise(plain: &str) -> Option<String> {
    let (whole, fraction) = plain.trim_start_matches('-').split_once('.')?;
    let fraction = fraction.trim_end_matches('0');
    let digits = whole.trim_start_matches('0').len().saturating_add(fraction.len());
    if fraction.is_empty() || digits <= RELIABLE_DIGITS {
        return None;
    }
    let real: f64 = plain.parse().ok()?;
    let rounded = format!("{real:.*e}", RELIABLE_DIGITS - 1);
    let (mantissa, _) = rounded.split_once('e')?;
    let kept = mantissa.trim_start_matches('-').replace('.', "");
    let meant = kept.trim_end_matches('0').len() <= MEANT_DIGITS;
    let rounded: f64 = rounded.parse().ok().filter(|_| meant)?;
    Some(rounded.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(settings: &str) -> AmountFormat {
        AmountFormat::new(&toml::from_str(settings).unwrap(), "USD").unwrap()
    }

    fn number(settings: &str, text: &str) -> Option<String> {
        format(settings).money(text).map(|decimal| decimal.text)
    }

    #[test]
    fn one_sign_and_one_symbol_are_enough() {
        let dollars = "currency_symbol = '$'";
        for (text, read) in [
            ("(7.00)", Some("-7.00")),
            ("($7.00)", Some("-7.00")),
            ("$(7.00)", None),
            ("-$7.00", Some("-7.00")),
            ("7.00-$", Some("-7.00")),
            ("+7", Some("7")),
            ("(-7.00)", None),
            ("($-7.00)", None),
            ("(+7.00)", None),
            ("-7.00-", None),
            ("-+7", None),
            ("--7", None),
            ("$$7", None),
            ("-$", None),
            ("–7.00", Some("-7.00")),
            ("‑7.00", Some("-7.00")),
            ("−7.00", Some("-7.00")),
            ("$－7", Some("-7")),
            ("‒ 7", Some("-7")),
            ("–-7", None),
            ("5–7", None),
            ("7.00–", None),
            ("12.-", None),
            ("12.–", None),
            ("12.— $", None),
            ("7 CR", None),
            ("()", None),
            (".", None),
            ("7+", None),
            ("", None),
        ] {
            assert_eq!(number(dollars, text).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn noise_of_binary_fractions_is_known_from_digits_that_are_meant() {
        for (text, read, written) in [
            ("3.3000000000000003", "3.3", Written::WithNoise),
            ("434.99999999999994", "435", Written::WithNoise),
            ("-9.899999999999999", "-9.9", Written::WithNoise),
            ("59.970000000000006", "59.97", Written::WithNoise),
            ("0.30000000000000004", "0.3", Written::WithNoise),
            ("1234567.891", "1234567.891", Written::Plainly),
            ("12345678901234.56", "12345678901234.56", Written::Plainly),
            ("1.2345678901234567", "1.2345678901234567", Written::Plainly),
            ("1234567890123456", "1234567890123456", Written::Plainly),
            ("5.0000000000000000000", "5.0000000000000000000", Written::Plainly),
            ("1.5E+03", "1500.", Written::AsPower),
            ("125e-2", "1.25", Written::AsPower),
        ] {
            let read = Some(Decimal { text: read.to_owned(), written });
            assert_eq!(format("").number(text), read, "{text}");
        }
        for bad in ["1e", "e3", "1e3.5", "1e99", "1e+-3", "1e3e3", "1e-2147483648"] {
            assert_eq!(format("").number(bad), None, "{bad}");
        }
    }

    #[test]
    fn minor_units_are_hundredths_where_the_currency_has_them() {
        let minor: FormatMapping = toml::from_str("amount_unit = 'minor'").unwrap();
        for (currency, text, read) in [
            ("EUR", "2599", "25.99"),
            ("EUR", "-5", "-0.05"),
            ("EUR", "12.5", "0.125"),
            ("JPY", "2599", "2599"),
            ("KWD", "1", "0.001"),
        ] {
            let format = AmountFormat::new(&minor, currency).unwrap();
            assert_eq!(format.money(text).unwrap().text, read, "{currency} {text}");
        }
    }
}
