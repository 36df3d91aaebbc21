//! Turns a cell's text into a value, or says why it is none.

use anyhow::{Context, Result};
use snapshot::{Day, money};

use super::amounts::{AmountFormat, Decimal, Written};
use super::csv_file::{is_wrong, not_decoded};
use super::currencies;
use super::dates::{DateFormats, Readings};
use super::mapping::FormatMapping;
use super::near::did_you_mean;
use super::rejects::Reject;
use crate::zones::{Zone, names};

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
    /// How dates are written, where a column has no order of its own.
    pub dates: DateFormats,
    amounts: AmountFormat,
    nulls: Vec<String>,
}

impl CellFormat {
    /// From a mapping's format.
    ///
    /// # Errors
    /// If a date format is not one, or a comma would mean two things.
    pub fn new(format: &FormatMapping, zone: Zone, currency: &str) -> Result<Self> {
        let dates = format.date.as_ref().map(|dates| dates.all()).unwrap_or_default();
        Ok(Self {
            dates: DateFormats::new(dates, zone)?,
            amounts: AmountFormat::new(format, currency)?,
            nulls: format.nulls.clone().unwrap_or_default(),
        })
    }

    /// A text without blanks around it; none if it is empty or means nothing.
    ///
    /// # Errors
    /// If it has a NUL character, at which SQLite functions stop reading, or characters that
    /// only a wrong encoding gives.
    pub fn text(&self, cell: Cell<'_>) -> Result<Option<String>, Reject> {
        let Some(text) = self.given(cell) else { return Ok(None) };
        if text.contains('\0') {
            return Err(Reject::cell(cell.column, "a NUL character in a text"));
        }
        if text.chars().any(is_wrong) {
            return Err(Reject::value(cell.column, text, &format!("has {}", not_decoded())));
        }
        Ok(Some(text.to_owned()))
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
    pub fn day_or_none(&self, cell: Cell<'_>, dates: &DateFormats) -> Result<Option<Day>, Reject> {
        let Some(text) = self.given(cell) else { return Ok(None) };
        let day = dates.parse(text);
        day.map(Some).map_err(|reason| Reject::value(cell.column, text, &reason))
    }

    /// What a date means by each order of day and month.
    pub fn readings(&self, cell: Cell<'_>) -> Readings {
        self.given(cell).map(|text| self.dates.readings(text)).unwrap_or_default()
    }

    /// An amount in money units, and how it was written; none if empty.
    ///
    /// # Errors
    /// If it is not a decimal, or finer than the snapshot keeps.
    pub fn money(&self, cell: Cell<'_>, exponent: u8) -> Result<Option<(i64, Written)>, Reject> {
        let Some(text) = self.given(cell) else { return Ok(None) };
        let bad = |_| {
            let is = format!("is not an amount{}", self.amounts.hint(text));
            Reject::value(cell.column, text, &is)
        };
        let Decimal { text: plain, written } = self.amounts.money(text).ok_or(()).map_err(bad)?;
        let units = scaled(cell.column, text, &plain, exponent)?;
        Ok(Some((units, written)))
    }

    /// An amount of money as a plain decimal; none if it is empty or no amount.
    pub fn plain_money(&self, cell: Cell<'_>) -> Option<String> {
        self.amounts.money(self.given(cell)?).map(|decimal| decimal.text)
    }

    /// A quantity in units of `10^-exponent`, and how it was written; none if empty.
    ///
    /// # Errors
    /// If it is not a number, too fine, or does not fit.
    pub fn quantity(&self, cell: Cell<'_>, exponent: u8) -> Result<Option<(i32, Written)>, Reject> {
        let Some(text) = self.given(cell) else { return Ok(None) };
        let bad = || Reject::value(cell.column, text, "is not a quantity");
        let Decimal { text: plain, written } = self.amounts.number(text).ok_or_else(bad)?;
        let units = scaled(cell.column, text, &plain, exponent)?;
        let large = |_| Reject::value(cell.column, text, "is too large");
        i32::try_from(units).map(|units| Some((units, written))).map_err(large)
    }

    /// A quantity as a plain decimal; none if it is empty or no number.
    pub fn plain_quantity(&self, cell: Cell<'_>) -> Option<String> {
        self.amounts.number(self.given(cell)?).map(|decimal| decimal.text)
    }

    /// Whether a cell names a currency: its code, or the sign that stands for it. Nothing names
    /// any.
    ///
    /// # Errors
    /// If it names another one.
    pub fn currency(&self, cell: Cell<'_>, code: &str) -> Result<(), Reject> {
        let Some(text) = self.given(cell) else { return Ok(()) };
        if self.amounts.is_currency(text) {
            return Ok(());
        }
        let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let hint = if is_code { None } else { currencies::hint(text, code) };
        // A sign may be that of many currencies.
        let hint = hint.filter(|hint| hint.starts_with("; if")).unwrap_or_default();
        Err(Reject::value(cell.column, text, &format!("is another currency than {code}{hint}")))
    }

    /// A whole number; none if empty.
    ///
    /// # Errors
    /// If it is not one, or does not fit.
    pub fn whole<T: TryFrom<i64>>(&self, cell: Cell<'_>) -> Result<Option<T>, Reject> {
        let Some(text) = self.given(cell) else { return Ok(None) };
        let number = self.amounts.number(text);
        let whole = number.and_then(|number| money::parse(&number.text, 0).ok());
        let whole = whole.and_then(|whole| T::try_from(whole).ok());
        let bad = || Reject::value(cell.column, text, "is not a whole number that fits");
        whole.map(Some).ok_or_else(bad)
    }

    /// A score from 1 to 5; none if empty.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn score(&self, cell: Cell<'_>) -> Result<Option<u8>, Reject> {
        let score = self.whole::<u8>(cell).ok().filter(|s| s.is_none_or(|s| (1..=5).contains(&s)));
        let bad = || Reject::value(cell.column, cell.text, "is not a score from 1 to 5");
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
            other => Err(Reject::value(cell.column, other, "is neither yes nor no")),
        }
    }

    /// A cell without blanks around it; none if it is empty or means nothing.
    pub fn given<'a>(&self, cell: Cell<'a>) -> Option<&'a str> {
        let text = cell.text.trim();
        (!text.is_empty() && !self.nulls.iter().any(|null| null == text)).then_some(text)
    }
}

/// A plain decimal in units of `10^-exponent`; `text` is what a message calls it.
fn scaled(column: &str, text: &str, plain: &str, exponent: u8) -> Result<i64, Reject> {
    money::parse(plain, exponent).map_err(|error| match error {
        money::MoneyError::TooPrecise { .. } => {
            Reject::value(column, text, &format!("has more than {exponent} decimals"))
        }
        money::MoneyError::TooLarge(_) => Reject::value(column, text, "is too large"),
        money::MoneyError::NotANumber(_) => Reject::value(column, text, "is not a number"),
    })
}

/// The time zone of a name.
///
/// # Errors
/// If there is none of that name.
pub fn time_zone(name: &str) -> Result<Zone> {
    Zone::named(name).with_context(|| {
        let near = did_you_mean(name, names());
        format!("time_zone: '{name}' is not an IANA time zone such as \"Europe/Berlin\"{near}")
    })
}
