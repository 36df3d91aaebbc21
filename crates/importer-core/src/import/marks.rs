//! What the signs in a column of amounts say of each other: which one stands before decimals,
//! and whether the amounts are whole units of the currency.

use anyhow::{Result, bail};
use snapshot::currency::minor_unit;
use snapshot::meta::{Warning, WarningKind, WarningPlace};

use super::mapping::{CurrencyMapping, FormatMapping};
use super::reader::Reader;
use super::record::Record;
use super::visible::visible;

/// Places that a warning names.
pub const NAMED: usize = 5;

/// Decimals that look like a group of thousands.
const GROUP: usize = 3;

/// Digits of a whole amount that may be one of cents.
const LARGE: usize = 4;

/// What the signs of a number tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// So many digits without a sign.
    None(usize),
    /// A comma stands before decimals.
    Comma,
    /// A point stands before decimals.
    Point,
    /// One comma or point with three digits behind it: it may stand between thousands.
    Either,
}

/// The signs of a number; none of what is written in another way.
pub fn signs(text: &str) -> Option<Signs> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let core = text.trim_matches(|c: char| !is_part(c));
    if core.is_empty() || !core.chars().all(is_part) {
        return None;
    }
    let (commas, points) = (core.matches(',').count(), core.matches('.').count());
    let Some((whole, fraction)) = core.rsplit_once([',', '.']) else {
        return Some(Signs::None(core.len()));
    };
    let last = core.as_bytes().get(whole.len()).copied();
    match (commas, points) {
        // What comes twice stands between thousands.
        (2.., 0) | (_, 1) if commas > 0 && (points == 0 || last == Some(b'.')) => {
            Some(Signs::Point)
        }
        (0, 2..) | (1, _) if points > 0 && (commas == 0 || last == Some(b',')) => {
            Some(Signs::Comma)
        }
        (1, 0) | (0, 1) => {
            let may_be_group = fraction.len() == GROUP && (1..=GROUP).contains(&whole.len());
            Some(match last {
                _ if may_be_group && whole != "0" => Signs::Either,
                Some(b',') => Signs::Comma,
                _ => Signs::Point,
            })
        }
        _ => None,
    }
}

type Place = Option<(String, String)>;

/// The first numbers of a kind, all in the file of the first one.
#[derive(Default)]
struct First {
    file: String,
    places: Vec<WarningPlace>,
}

impl First {
    fn note(&mut self, file: &str, text: &str, line: u64) {
        if self.places.is_empty() {
            file.clone_into(&mut self.file);
        }
        if self.places.len() < NAMED && self.file == file {
            self.places.push(WarningPlace { id: Some(text.to_owned()), lines: vec![line] });
        }
    }
}

/// A column of numbers, and what was found in it.
pub struct MarksLook {
    field: &'static str,
    comma: Place,
    point: Place,
    /// Whether something tells that the sign stands before decimals.
    decided: bool,
    either: u64,
    first_either: First,
    whole: bool,
    small: u64,
    large: u64,
    first_large: First,
}

impl MarksLook {
    /// Nothing found yet in the column of a field.
    pub fn of(field: &'static str) -> Self {
        Self {
            field,
            comma: None,
            point: None,
            decided: false,
            either: 0,
            first_either: First::default(),
            whole: true,
            small: 0,
            large: 0,
            first_large: First::default(),
        }
    }

    /// Looks at a row.
    pub fn look(&mut self, reader: &Reader, record: &Record) {
        let Some(text) = reader.raw(record, self.field) else { return };
        let Some(signs) = signs(text) else { return };
        let note = |first: &mut First| first.note(&reader.file, text, record.line);
        let found = || Some((reader.place_of(record), visible(text)));
        self.whole &= matches!(signs, Signs::None(_)) && text.bytes().all(is_bare);
        match signs {
            Signs::Comma => self.comma = self.comma.take().or_else(found),
            Signs::Point => self.point = self.point.take().or_else(found),
            Signs::Either => {
                self.either = self.either.saturating_add(1);
                note(&mut self.first_either);
            }
            Signs::None(digits) => {
                // Where thousands are set apart, larger numbers are, too.
                self.decided |= digits > GROUP;
                if digits >= LARGE {
                    self.large = self.large.saturating_add(1);
                    note(&mut self.first_large);
                } else if text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
                    self.small = self.small.saturating_add(1);
                }
            }
        }
    }

    /// What is doubtful in the column.
    ///
    /// # Errors
    /// If commas and points both stand before decimals.
    pub fn end(
        self,
        reader: &Reader,
        format: &FormatMapping,
        currency: &CurrencyMapping,
    ) -> Result<Option<Warning>> {
        if let (Some((place, comma)), Some((other, point))) = (&self.comma, &self.point) {
            bail!(
                "{}, column \"{}\": the numbers are written in two ways: a comma stands before the \
                 decimals of '{comma}' ({place}), a point before those of '{point}' ({other}). 1,234 could then be either; bring the column into one way",
                reader.file,
                visible(&reader.column(self.field))
            );
        }
        let warning = |kind, count, first: First| {
            Ok(Some(Warning { kind, file: first.file, count, places: first.places }))
        };
        if self.field == "quantity" {
            return Ok(None);
        }
        let is_decided = self.decided || self.comma.is_some() || self.point.is_some();
        let unit = minor_unit(&currency.code);
        let own = currency.exponent.unwrap_or(unit);
        // Of one sign between thousands, the mapping has told.
        let is_grouped = format.thousands.as_ref().is_some_and(|sign| {
            let sign_is_decimal = if format.decimal_comma == Some(true) { "," } else { "." };
            !sign.is_empty()
                && self.first_either.places.iter().all(|place| {
                    let text = place.id.as_deref().unwrap_or_default();
                    text.contains(sign.as_str()) && !text.contains(sign_is_decimal)
                })
        });
        if self.either > 0 && !is_decided && !is_grouped && usize::from(own) < GROUP {
            return warning(WarningKind::ThreeDecimals, self.either, self.first_either);
        }
        let is_sold = self.field != "price";
        let asked = is_sold && self.whole && format.amount_unit.is_none() && unit > 0;
        if asked && self.large > self.small {
            return warning(WarningKind::LargeAmounts, self.large, self.first_large);
        }
        Ok(None)
    }
}

/// Whether a byte may stand in a number as programs write it: without a sign of currency.
fn is_bare(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'-' || byte == b'+'
}

/// The factor between a currency and its smallest unit, in digits.
pub fn factor(code: &str) -> String {
    format!("1{}", "0".repeat(minor_unit(code).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_tell_what_stands_before_decimals() {
        for (text, found) in [
            ("1234", Some(Signs::None(4))),
            ("1.234,56", Some(Signs::Comma)),
            ("1,234.56", Some(Signs::Point)),
            ("1.234.567", Some(Signs::Comma)),
            ("1,234,567", Some(Signs::Point)),
            ("12,34,567.8", Some(Signs::Point)),
            ("12,50", Some(Signs::Comma)),
            ("-$12.5", Some(Signs::Point)),
            ("1.234", Some(Signs::Either)),
            ("12,500 €", Some(Signs::Either)),
            ("0.500", Some(Signs::Point)),
            ("1234.567", Some(Signs::Point)),
            (".500", Some(Signs::Point)),
            ("1.5E+03", None),
            ("1,2.3,4", None),
            ("x", None),
        ] {
            assert_eq!(signs(text), found, "{text}");
        }
    }
}
