//! Turns a cell's text into a value, or says why it is none.

use anyhow::{Context, Result, ensure};
use chrono_tz::Tz;
use snapshot::{Day, money};

use super::dates::DateFormats;
use super::mapping::FormatMapping;
use super::rejects::Reject;

/// Signs that make an amount negative.
const MINUS: [char; 2] = ['-', '−'];

/// A cell and the column it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// Name of the column.
    pub column: &'a str,
    /// Its text as read.
    pub text: &'a str,
}

/// How the cells of a table are written.
#[derive(Clone, Debug)]
pub struct CellFormat {
    dates: DateFormats,
    decimal_comma: bool,
    thousands: String,
    symbol: String,
    nulls: Vec<String>,
}

impl CellFormat {
    /// From a mapping's format.
    ///
    /// # Errors
    /// If a date format is not one, or a comma would mean two things.
    pub fn new(format: &FormatMapping, zone: Tz) -> Result<Self> {
        let dates = format.date.as_ref().map(|dates| dates.all()).unwrap_or_default();
        let decimal_comma = format.decimal_comma.unwrap_or(false);
        let thousands = format.thousands.clone().unwrap_or_default();
        let point = if decimal_comma { "," } else { "." };
        ensure!(thousands != point, "format.thousands: '{point}' stands before decimals");
        Ok(Self {
            dates: DateFormats::new(dates, zone)?,
            decimal_comma,
            thousands,
            symbol: format.currency_symbol.clone().unwrap_or_default(),
            nulls: format.nulls.clone().unwrap_or_default(),
        })
    }

    /// A text without blanks around it; none if it is empty or means nothing.
    ///
    /// # Errors
    /// If it has a NUL character, at which SQLite functions stop reading.
    pub fn text(&self, cell: Cell<'_>) -> Result<Option<String>, Reject> {
        let text = self.given(cell);
        if text.is_some_and(|text| text.contains('\0')) {
            return Err(Reject::cell(cell.column, "a NUL character in a text"));
        }
        Ok(text.map(str::to_owned))
    }

    /// A text that must not be empty.
    ///
    /// # Errors
    /// If it is.
    pub fn required(&self, cell: Cell<'_>) -> Result<String, Reject> {
        self.text(cell)?.ok_or_else(|| Reject::cell(cell.column, "empty"))
    }

    /// A day; none if empty.
    ///
    /// # Errors
    /// If it is not a date.
    pub fn day_or_none(&self, cell: Cell<'_>) -> Result<Option<Day>, Reject> {
        let day = self.given(cell).map(|text| self.dates.parse(text)).transpose();
        day.map_err(|reason| Reject::cell(cell.column, reason))
    }

    /// A day that must be there.
    ///
    /// # Errors
    /// If it is empty or not a date.
    pub fn day(&self, cell: Cell<'_>) -> Result<Day, Reject> {
        self.day_or_none(cell)?.ok_or_else(|| Reject::cell(cell.column, "empty"))
    }

    /// An amount in money units; none if empty.
    ///
    /// # Errors
    /// If it is not a decimal, or finer than the snapshot keeps.
    pub fn money_or_none(&self, cell: Cell<'_>, exponent: u8) -> Result<Option<i64>, Reject> {
        let Some(text) = self.given(cell) else { return Ok(None) };
        let bad = || Reject::cell(cell.column, format!("'{text}' is not an amount"));
        let plain = self.decimal(text).ok_or_else(bad)?;
        match money::parse(&plain, exponent) {
            Ok(units) => Ok(Some(units)),
            Err(money::MoneyError::NotANumber(_)) => Err(bad()),
            Err(other) => Err(Reject::cell(cell.column, other.to_string())),
        }
    }

    /// An amount that must be there.
    ///
    /// # Errors
    /// If it is empty, not a decimal, or finer than the snapshot keeps.
    pub fn money(&self, cell: Cell<'_>, exponent: u8) -> Result<i64, Reject> {
        let amount = self.money_or_none(cell, exponent)?;
        amount.ok_or_else(|| Reject::cell(cell.column, "empty"))
    }

    /// Decimals that an amount needs; none if it is no amount.
    pub fn decimals(&self, cell: Cell<'_>) -> Option<u8> {
        money::decimals_used(&self.decimal(self.given(cell)?)?)
    }

    /// A whole number; none if empty.
    ///
    /// # Errors
    /// If it is not one, or does not fit.
    pub fn whole<T: TryFrom<i64>>(&self, cell: Cell<'_>) -> Result<Option<T>, Reject> {
        let Some(text) = self.given(cell) else { return Ok(None) };
        let whole = self.decimal(text).and_then(|plain| money::parse(&plain, 0).ok());
        let whole = whole.and_then(|whole| T::try_from(whole).ok());
        let bad = || Reject::cell(cell.column, format!("'{text}' is not a whole number that fits"));
        whole.map(Some).ok_or_else(bad)
    }

    /// A score from 1 to 5; none if empty.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn score(&self, cell: Cell<'_>) -> Result<Option<u8>, Reject> {
        let score = self.whole::<u8>(cell).ok().filter(|s| s.is_none_or(|s| (1..=5).contains(&s)));
        let bad =
            || Reject::cell(cell.column, format!("'{}' is not a score from 1 to 5", cell.text));
        score.ok_or_else(bad)
    }

    /// Yes or no; empty is no.
    ///
    /// # Errors
    /// If it is neither.
    pub fn yes(&self, cell: Cell<'_>) -> Result<bool, Reject> {
        match self.given(cell).unwrap_or("0").to_lowercase().as_str() {
            "1" | "true" | "t" | "yes" | "y" => Ok(true),
            "0" | "false" | "f" | "no" | "n" => Ok(false),
            other => Err(Reject::cell(cell.column, format!("'{other}' is neither yes nor no"))),
        }
    }

    fn given<'a>(&self, cell: Cell<'a>) -> Option<&'a str> {
        let text = cell.text.trim();
        (!text.is_empty() && !self.nulls.iter().any(|null| null == text)).then_some(text)
    }

    /// An amount as people write it, as a plain decimal with a point.
    fn decimal(&self, text: &str) -> Option<String> {
        let (negative, bare) = self.unsigned(text.trim());
        let point = if self.decimal_comma { ',' } else { '.' };
        let (whole, fraction) = match bare.split_once(point) {
            Some((whole, fraction)) => (self.ungrouped(whole)?, format!(".{fraction}")),
            None => (self.ungrouped(bare)?, String::new()),
        };
        let plain = format!("{}{whole}{fraction}", if negative { "-" } else { "" });
        // What is left must be digits: a second sign or point is no number.
        let points = plain.bytes().filter(|&byte| byte == b'.').count();
        let mut digits = whole.strip_prefix('+').unwrap_or(&whole).bytes().chain(fraction.bytes());
        let clean = digits.all(|byte| byte.is_ascii_digit() || byte == b'.');
        (points <= 1 && clean && !bare.is_empty()).then_some(plain)
    }

    /// Takes sign, brackets and currency symbol off an amount; true for a negative one.
    fn unsigned<'a>(&self, text: &'a str) -> (bool, &'a str) {
        let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        let (mut negative, mut bare) = (inside.is_some(), inside.unwrap_or(text));
        let has_symbol = !self.symbol.is_empty();
        if has_symbol {
            bare = bare.strip_suffix(self.symbol.as_str()).unwrap_or(bare).trim_end();
        }
        let signed = bare.strip_prefix(MINUS).or_else(|| bare.strip_suffix(MINUS));
        if let Some(rest) = signed {
            (negative, bare) = (!negative, rest.trim());
        }
        if has_symbol {
            bare = bare.strip_prefix(self.symbol.as_str()).unwrap_or(bare).trim_start();
            // The sign may stand behind the symbol too, but only once.
            if let Some(rest) = bare.strip_prefix(MINUS).filter(|_| signed.is_none()) {
                (negative, bare) = (!negative, rest);
            }
        }
        (negative, bare)
    }

    /// The whole part without separators, if they stand where they should.
    fn ungrouped(&self, whole: &str) -> Option<String> {
        if self.thousands.is_empty() || !whole.contains(&self.thousands) {
            return (!whole.contains('.') && !whole.contains(',')).then(|| whole.to_owned());
        }
        let groups: Vec<&str> = whole.split(self.thousands.as_str()).collect();
        let (first, rest) = groups.split_first()?;
        let (last, middle) = rest.split_last()?;
        let fits = (1..=3).contains(&first.len())
            && middle.iter().all(|group| (2..=3).contains(&group.len()))
            && last.len() == 3;
        fits.then(|| groups.concat())
    }
}

/// The time zone of a name.
///
/// # Errors
/// If there is none of that name.
pub fn time_zone(name: &str) -> Result<Tz> {
    name.parse().ok().with_context(|| {
        format!("time_zone: '{name}' is not an IANA time zone such as \"Europe/Berlin\"")
    })
}
