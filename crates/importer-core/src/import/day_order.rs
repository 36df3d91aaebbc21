//! In which order a column of dates has day and month, which only all of its rows tell.

use anyhow::{Result, bail};

use super::date_format::Order;
use super::reader::Reader;
use super::record::Record;
use super::visible::visible;

/// A place and the date that stands there.
type Found = Option<(String, String)>;

/// How the dates of a column can be read.
pub struct Readings {
    /// The field of the column.
    pub field: &'static str,
    /// The file in which a date was found first.
    file: Option<String>,
    day_first: Found,
    month_first: Found,
    either: Found,
}

impl Readings {
    /// Nothing read yet of a field.
    pub fn of(field: &'static str) -> Self {
        Self { field, file: None, day_first: None, month_first: None, either: None }
    }

    /// Looks at a row.
    pub fn look(&mut self, reader: &Reader, record: &Record) {
        let (readings, text) = reader.readings(record, self.field);
        let found = match (readings.day_first, readings.month_first) {
            (Some(_), None) => &mut self.day_first,
            (None, Some(_)) => &mut self.month_first,
            (Some(one), Some(other)) if one != other => &mut self.either,
            _ => return,
        };
        found.get_or_insert_with(|| (reader.place_of(record), visible(text.trim())));
        self.file.get_or_insert_with(|| reader.file.clone());
    }

    /// The one order of the column; none if it makes no difference.
    ///
    /// # Errors
    /// If there are two, or nothing tells which it is.
    pub fn order(&self, reader: &Reader) -> Result<Option<Order>> {
        let file = self.file.as_ref().unwrap_or(&reader.file);
        let column = format!("{file}, column \"{}\"", reader.column(self.field));
        match (&self.day_first, &self.month_first, &self.either) {
            (Some((place, day_first)), Some((other, month_first)), _) => bail!(
                "{column}: the dates have two orders: {place}, '{day_first}', can only be \
                 day-first, and {other}, '{month_first}', only month-first. A date such as \
                 03/04 could then be either; bring the column into one order"
            ),
            (Some(_), None, _) => Ok(Some(Order::DayFirst)),
            (None, Some(_), _) => Ok(Some(Order::MonthFirst)),
            (None, None, Some((place, text))) => bail!(
                "{column}: nothing tells whether the day or the month comes first, as in {place}, \
                 '{text}'; leave one of the two formats out of format.date"
            ),
            (None, None, None) => Ok(None),
        }
    }
}
