//! A column by its name and by what stands in it.

use std::collections::BTreeSet;

use super::dates::{Dates, Ways};
use super::numbers::{self, Tally};
use super::words::Words;
use crate::import::date_format::{MILLISECONDS, SERIAL};
use crate::import::record::Record;

/// Texts in which dates are looked for.
const TEXTS: usize = 200;

/// Of a hundred values, how many must be dates, or numbers, in a column that is called so.
const SOME: usize = 30;

/// Values that are shown of a column.
const EXAMPLES: usize = 3;

/// A column of a sample of rows.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its place, from 0.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// Its name in words.
    pub words: Words,
    /// Whether a mapping can name it: it has a name that no other column has.
    pub can_be_named: bool,
    /// Rows of the sample in which something stands.
    pub filled: usize,
    /// Different values of them.
    pub distinct: usize,
    /// The first different values.
    pub examples: Vec<String>,
    /// How dates are written, and how many of the texts tried they read.
    pub dates: Dates,
    /// Texts in which dates were looked for.
    pub dated: usize,
    /// Values that are numbers.
    pub numbers: usize,
    /// Numbers with decimals.
    pub fractions: usize,
    /// Whole numbers that were written with one zero behind the point, as programs write ids of which
    /// some are missing.
    pub floats: usize,
    /// The sign of currency that most numbers have, if they have one.
    pub symbol: Option<String>,
    /// Values that are e-mail addresses.
    pub emails: usize,
    /// Values with letters.
    pub lettered: usize,
    /// Values with a blank between words.
    pub spaced: usize,
}

/// A part of all, in percent.
pub fn percent(part: usize, all: usize) -> usize {
    part.saturating_mul(100).checked_div(all).unwrap_or(0)
}

impl Column {
    /// Looks at a column of a sample.
    pub fn of(at: usize, header: &[String], sample: &[Record], ways: &Ways) -> Self {
        let name = header.get(at).cloned().unwrap_or_default();
        let is_sole = header.iter().filter(|other| **other == name).count() == 1;
        let texts: Vec<&str> = sample
            .iter()
            .filter_map(|record| record.cells.get(at))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let mut distinct: BTreeSet<&str> = BTreeSet::new();
        distinct.extend(&texts);
        let mut examples: Vec<String> = Vec::new();
        for text in &texts {
            if examples.len() < EXAMPLES && !examples.iter().any(|known| known == text) {
                examples.push((*text).to_owned());
            }
        }
        let dated: Vec<&str> = texts.iter().copied().take(TEXTS).collect();
        let symbol = numbers::symbols(texts.iter().copied()).into_iter().next();
        let symbol = symbol.map(|(sign, _)| sign);
        let mut tally = Tally::new(symbol.as_deref());
        texts.iter().for_each(|text| tally.add(text));
        let (style, numbers) = tally.best();
        let count = |is: &dyn Fn(&str) -> bool| texts.iter().filter(|text| is(text)).count();
        let point = if style.decimal_comma { ',' } else { '.' };
        Self {
            at,
            words: Words::of(&name),
            can_be_named: is_sole && !name.is_empty(),
            name,
            filled: texts.len(),
            distinct: distinct.len(),
            examples,
            dates: ways.of(&dated),
            dated: dated.len(),
            numbers: usize::try_from(numbers).unwrap_or(usize::MAX),
            fractions: count(&|text| text.contains(point)),
            floats: count(&|text| text.ends_with(".0")),
            symbol,
            emails: count(&is_email),
            lettered: count(&|text| text.chars().any(char::is_alphabetic)),
            spaced: count(&|text| text.split_whitespace().nth(1).is_some()),
        }
    }

    /// Whether nearly everything in it is a date.
    pub fn is_date(&self) -> bool {
        self.dated > 0 && percent(self.dates.read, self.dated) >= 80 && !self.is_only_number()
    }

    /// Whether its dates could be mere numbers, such as 20240501 or seconds, and its name does not
    /// say that they are dates.
    fn is_only_number(&self) -> bool {
        let bare = ["%Y%m%d", "%s", SERIAL, MILLISECONDS];
        let is_bare = self.dates.formats.first().is_some_and(|way| bare.contains(&way.as_str()));
        let named = [
            "date",
            "datum",
            "fecha",
            "data",
            "created",
            "time",
            "day",
            "timestamp",
            "tag",
            "jour",
        ];
        is_bare && !self.words.has(&named) && !self.words.has_part(&["datum", "date"])
    }

    /// Whether some of it are dates: enough for a column that is called so.
    pub fn has_dates(&self) -> bool {
        self.dated > 0 && percent(self.dates.read, self.dated) >= SOME && !self.is_only_number()
    }

    /// Whether some of it are numbers: enough for a column that is called so.
    pub fn has_numbers(&self) -> bool {
        self.filled > 0 && percent(self.numbers, self.filled) >= SOME
    }

    /// Whether nearly everything in it is a number.
    pub fn is_number(&self) -> bool {
        self.filled > 0 && percent(self.numbers, self.filled) >= 80 && !self.is_date()
    }

    /// Whether it has numbers with decimals, or with a sign of currency, as money has.
    pub fn looks_like_money(&self) -> bool {
        self.is_number() && (percent(self.fractions, self.filled) >= 20 || self.symbol.is_some())
    }

    /// Whether most of it are e-mail addresses.
    pub fn is_email(&self) -> bool {
        self.filled > 0 && percent(self.emails, self.filled) >= 60
    }

    /// Whether most of it are words.
    pub fn is_text(&self) -> bool {
        self.filled > 0 && percent(self.lettered, self.filled) >= 60 && !self.is_date()
    }

    /// Whether no value stands in it twice.
    pub fn is_unique(&self) -> bool {
        self.filled > 0 && self.distinct == self.filled
    }

    /// Whether it may tell one thing from another: neither a date nor money.
    pub fn may_be_id(&self) -> bool {
        let is_whole = self.fractions == 0 || self.fractions == self.floats;
        self.filled > 0 && !self.is_date() && (is_whole || !self.is_number())
    }
}

/// Whether a text is written as an e-mail address is.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let has_dot = domain.trim_matches('.').contains('.');
    !local.is_empty() && has_dot && !text.contains(char::is_whitespace)
}
