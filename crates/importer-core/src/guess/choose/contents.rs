//! Columns that are known by nothing but what stands in them.

use super::Choosing;
use crate::guess::column::{Column, percent};
use crate::guess::numbers::codes_of;
use crate::guess::pick::{Confidence, Pick};
use crate::guess::vocabulary::is_other_date;

/// Currencies of which one is among the codes of a column that is not called a currency: others
/// are words, too, such as ALL, CUP, TOP and TRY.
const COMMON: [&str; 10] = ["EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "DKK", "PLN"];

impl Choosing<'_> {
    /// A date whose name says nothing.
    pub(super) fn date_by_contents(&mut self) {
        if self.at("transaction_date").is_some() {
            return;
        }
        let dates: Vec<&Column> =
            self.columns().filter(|column| column.is_date() && !self.is_taken(column.at)).collect();
        let plain = dates.iter().find(|column| !is_other_date(&column.words));
        let confidence = if dates.len() == 1 { Confidence::Likely } else { Confidence::Unsure };
        if let Some(column) = plain.or(dates.first()) {
            self.picks.push(Pick::by_contents("transaction_date", column, confidence));
        }
    }

    /// A column of nothing but codes of currencies, whatever it is called.
    pub(super) fn currency_by_contents(&mut self) {
        if self.at("currency").is_some() || self.look.export.is_some() {
            return;
        }
        let sample = &self.look.sample;
        let is_of_codes = |column: &&Column| {
            let mut cells = sample.iter().map(|record| self.look.cell(record, column.at));
            percent(column.filled, sample.len()) >= 50
                && column.examples.iter().any(|text| COMMON.contains(&text.as_str()))
                && cells.all(|cell| cell.is_empty() || is_code(cell))
        };
        let found = self.columns().filter(|column| !self.is_taken(column.at)).find(is_of_codes);
        if let Some(column) = found {
            self.picks.push(Pick::by_contents("currency", column, Confidence::Likely));
        }
    }
}

/// Whether a text is the code of a currency.
fn is_code(text: &str) -> bool {
    codes_of(text) == [text]
}
