//! A source table being read: fields found in its header, values out of its cells.

use anyhow::{Result, bail};
use snapshot::Day;

use super::cells::{Cell, CellFormat, time_zone};
use super::fields::{self, Table};
use super::mapping::{Mapping, TableMapping};
use super::records::{Record, Records};
use super::rejects::Reject;

/// Where the fields of a table stand, and how its cells are written.
pub struct Reader {
    /// Which table.
    pub table: Table,
    /// What messages call the file.
    pub file: String,
    format: CellFormat,
    columns: Vec<(&'static str, usize, String)>,
    guests: Vec<String>,
}

impl Reader {
    /// Finds the fields of a table in the header of its rows.
    ///
    /// # Errors
    /// If a column that the mapping names is not there, or stands there twice.
    pub fn new(
        records: &Records,
        table: Table,
        mapped: &TableMapping,
        all: &Mapping,
    ) -> Result<Self> {
        let zone = time_zone(&all.time_zone)?;
        let mut columns = Vec::new();
        for &field in fields::of(table) {
            let named = mapped.columns.get(field);
            // A field mapped to nothing is left out even if there is a column of its name.
            let Some(column) = named.map(String::as_str).or(Some(field)).filter(|c| !c.is_empty())
            else {
                continue;
            };
            let mut found =
                records.header().iter().enumerate().filter(|(_, name)| name.as_str() == column);
            match (found.next(), found.next()) {
                (Some((at, _)), None) => columns.push((field, at, column.to_owned())),
                (None, _) if named.is_none() => {}
                (None, _) => bail!(
                    "{} has no column '{column}', which the mapping names for {field}; it has: {}",
                    records.name(),
                    records.header().join(", ")
                ),
                (Some(_), Some(_)) => bail!("{} has two columns '{column}'", records.name()),
            }
        }
        Ok(Self {
            table,
            file: records.name().to_owned(),
            format: CellFormat::new(&mapped.format.or(&all.format), zone)?,
            columns,
            guests: mapped.guests.clone(),
        })
    }

    /// Whether the file has a column for a field.
    pub fn has(&self, field: &str) -> bool {
        self.columns.iter().any(|(name, ..)| *name == field)
    }

    /// Fails unless there are columns for all of the fields.
    ///
    /// # Errors
    /// Names the one that is missing.
    pub fn require(&self, fields: &[&str]) -> Result<()> {
        match fields.iter().find(|field| !self.has(field)) {
            None => Ok(()),
            Some(field) => bail!(
                "{} has no column for {field}; name one in [{}.columns]",
                self.file,
                self.table.name()
            ),
        }
    }

    /// A text; none if empty or without a column.
    pub fn text(&self, record: &Record, field: &str) -> Result<Option<String>, Reject> {
        self.cell(record, field).map_or(Ok(None), |cell| self.format.text(cell))
    }

    /// A text that must be there.
    pub fn required(&self, record: &Record, field: &str) -> Result<String, Reject> {
        let cell = self.cell(record, field);
        cell.map_or_else(|| Err(missing(field)), |cell| self.format.required(cell))
    }

    /// A text, or the row's number where there is no column.
    pub fn id(&self, record: &Record, field: &str) -> Result<String, Reject> {
        let cell = self.cell(record, field);
        cell.map_or_else(|| Ok(record.line.to_string()), |cell| self.format.required(cell))
    }

    /// The customer's id; none for guests.
    pub fn customer(&self, record: &Record) -> Result<Option<String>, Reject> {
        let id = self.text(record, "customer_id")?;
        Ok(id.filter(|id| !self.guests.contains(id)))
    }

    /// A day that must be there.
    pub fn day(&self, record: &Record, field: &str) -> Result<Day, Reject> {
        let cell = self.cell(record, field);
        cell.map_or_else(|| Err(missing(field)), |cell| self.format.day(cell))
    }

    /// A day; none if empty or without a column.
    pub fn day_or_none(&self, record: &Record, field: &str) -> Result<Option<Day>, Reject> {
        self.cell(record, field).map_or(Ok(None), |cell| self.format.day_or_none(cell))
    }

    /// An amount that must be there, in units of `10^-exponent`.
    pub fn money(&self, record: &Record, field: &str, exponent: u8) -> Result<i64, Reject> {
        let cell = self.cell(record, field);
        cell.map_or_else(|| Err(missing(field)), |cell| self.format.money(cell, exponent))
    }

    /// An amount; none if empty or without a column.
    pub fn money_or_none(
        &self,
        record: &Record,
        field: &str,
        exponent: u8,
    ) -> Result<Option<i64>, Reject> {
        self.cell(record, field).map_or(Ok(None), |cell| self.format.money_or_none(cell, exponent))
    }

    /// Decimals that an amount needs; 0 for what is none.
    pub fn decimals(&self, record: &Record, field: &str) -> u8 {
        self.cell(record, field).and_then(|cell| self.format.decimals(cell)).unwrap_or(0)
    }

    /// A whole number; none if empty or without a column.
    pub fn whole<T: TryFrom<i64>>(
        &self,
        record: &Record,
        field: &str,
    ) -> Result<Option<T>, Reject> {
        self.cell(record, field).map_or(Ok(None), |cell| self.format.whole(cell))
    }

    /// A score; none if empty or without a column.
    pub fn score(&self, record: &Record, field: &str) -> Result<Option<u8>, Reject> {
        self.cell(record, field).map_or(Ok(None), |cell| self.format.score(cell))
    }

    /// Yes or no; no without a column.
    pub fn yes(&self, record: &Record, field: &str) -> Result<bool, Reject> {
        self.cell(record, field).map_or(Ok(false), |cell| self.format.yes(cell))
    }

    /// What a message calls the column of a field.
    pub fn column(&self, field: &str) -> String {
        let found = self.columns.iter().find(|(name, ..)| *name == field);
        found.map_or(field, |(_, _, column)| column).to_owned()
    }

    fn cell<'a>(&'a self, record: &'a Record, field: &str) -> Option<Cell<'a>> {
        let (_, at, column) = self.columns.iter().find(|(name, ..)| *name == field)?;
        Some(Cell { column, text: record.cells.get(*at)? })
    }
}

fn missing(field: &str) -> Reject {
    Reject::cell(field, "there is no such column")
}
