//! A source table being read: fields found in its header, values out of its cells.

mod columns;

use std::borrow::Cow;
use std::cell::RefCell;

use anyhow::{Result, bail};
use snapshot::Day;
use snapshot::bounds::LONGEST_TEXT;

pub use self::columns::alone;
use self::columns::{Column, Less, header};
use super::amounts::Written;
use super::cells::{Cell, CellFormat, time_zone};
use super::date_format::Order;
use super::dates::{DateFormats, Readings};
use super::fields::Table;
use super::mapping::{Mapping, TableMapping};
use super::record::Record;
use super::records::Records;
use super::rejects::Reject;

/// What stands for the rest of a name.
const CUT: &str = "…";

/// Where the fields of a table stand, and how its cells are written.
pub struct Reader {
    /// Which table.
    pub table: Table,
    /// What messages call the file.
    pub file: String,
    /// What stands between two cells of a text file.
    pub delimiter: Option<char>,
    format: CellFormat,
    columns: Vec<Column>,
    /// Columns whose amounts are taken off.
    less: Vec<Less>,
    guests: Vec<String>,
    /// Columns with the name of a field that the mapping reads from elsewhere.
    unused: Vec<String>,
    odd: RefCell<Vec<Written>>,
    /// Whether there are other files of the table.
    is_of_several: bool,
}

/// How many decimals the snapshot keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Of amounts.
    pub money: u8,
    /// Of quantities.
    pub quantity: u8,
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
        let (columns, unused) = columns::of(records, table, mapped)?;
        let format = mapped.format.or(&all.format);
        Ok(Self {
            table,
            file: records.name().to_owned(),
            delimiter: records.delimiter(),
            format: CellFormat::new(&format, zone, &all.currency.code)?,
            columns,
            less: columns::less(records, mapped)?,
            guests: mapped.guests.clone(),
            unused,
            odd: RefCell::default(),
            is_of_several: false,
        })
    }

    /// Says that there are other files of the table, so that places are told with this one.
    pub fn set_of_several(&mut self) {
        self.is_of_several = true;
    }

    /// Where a record stands, in words.
    pub fn place_of(&self, record: &Record) -> String {
        let line = record.line;
        if self.is_of_several {
            format!("line {line} of {}", self.file)
        } else {
            format!("line {line}")
        }
    }

    /// Reads the dates of a field in one order of day and month.
    pub fn settle(&mut self, field: &str, order: Order) {
        let dates = self.format.dates.only(order);
        if let Some(column) = self.columns.iter_mut().find(|column| column.field == field) {
            column.dates = Some(dates);
        }
    }

    /// Whether the file has a column for a field.
    pub fn has(&self, field: &str) -> bool {
        self.find(field).is_some()
    }

    /// The fields that the file has a column for, with its name.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.columns.iter().map(|column| (column.field, column.name.as_str()))
    }

    /// Whether some dates could be read with the day or with the month first.
    pub fn has_both_orders(&self) -> bool {
        self.format.dates.has_both_orders()
    }

    /// Columns that have a field's name and are not used, because the mapping says otherwise.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// What stands in the column of a field without blanks around it; none if that is nothing.
    pub fn raw<'a>(&'a self, record: &'a Record, field: &str) -> Option<&'a str> {
        self.cell(record, field).and_then(|cell| self.format.given(cell))
    }

    /// Fails unless there are columns for all of the fields.
    ///
    /// # Errors
    /// Names the one that is missing.
    pub fn require(&self, records: &Records, fields: &[&str]) -> Result<()> {
        match fields.iter().find(|field| !self.has(field)) {
            None => Ok(()),
            Some(field) => bail!(
                "{} has no column for {field}; name one in [{}.columns]; it has: {}{}",
                self.file,
                self.table.name(),
                header(records),
                records.advice(field)
            ),
        }
    }

    /// A text; none if empty or without a column.
    pub fn text(&self, record: &Record, field: &str) -> Result<Option<String>, Reject> {
        self.cell(record, field).map_or(Ok(None), |cell| self.format.text(cell))
    }

    /// The name of a kind of things, such as a category; a longer one than a snapshot takes is cut.
    pub fn label(&self, record: &Record, field: &str) -> Result<Option<String>, Reject> {
        let mut label = self.text(record, field)?;
        if let Some(text) = label.as_mut().filter(|text| text.len() > LONGEST_TEXT) {
            let end = text.floor_char_boundary(LONGEST_TEXT.saturating_sub(CUT.len()));
            text.truncate(end);
            text.push_str(CUT);
        }
        Ok(label)
    }

    /// A text that must be there.
    pub fn required(&self, record: &Record, field: &str) -> Result<String, Reject> {
        let cell = self.cell(record, field);
        cell.map_or_else(|| Err(missing(field)), |cell| self.format.required(cell))
    }

    /// A text, or the row's number where there is no column.
    pub fn id(&self, record: &Record, field: &str) -> Result<String, Reject> {
        let cell = self.cell(record, field);
        cell.map_or_else(|| Ok(record.number.to_string()), |cell| self.format.required(cell))
    }

    /// The customer's id; none for guests.
    pub fn customer(&self, record: &Record) -> Result<Option<String>, Reject> {
        let id = self.text(record, "customer_id")?;
        Ok(id.filter(|id| !self.is_guest(id)))
    }

    /// Whether the mapping says that an id means nobody.
    pub fn is_guest(&self, id: &str) -> bool {
        self.guests.iter().any(|guest| guest == id)
    }

    /// A day that must be there.
    pub fn day(&self, record: &Record, field: &str) -> Result<Day, Reject> {
        let empty = || match self.cell(record, field) {
            Some(cell) => Reject::cell(cell.column, "empty"),
            None => missing(field),
        };
        self.day_or_none(record, field)?.ok_or_else(empty)
    }

    /// A day; none if empty or without a column.
    pub fn day_or_none(&self, record: &Record, field: &str) -> Result<Option<Day>, Reject> {
        let Some(cell) = self.cell(record, field) else { return Ok(None) };
        self.format.day_or_none(cell, self.dates(field))
    }

    /// What a date means by each order of day and month, and its text.
    pub fn readings<'a>(&'a self, record: &'a Record, field: &str) -> (Readings, &'a str) {
        let cell = self.cell(record, field);
        cell.map(|cell| (self.format.readings(cell), cell.text)).unwrap_or_default()
    }

    /// Whether a text is a date of the column of a field.
    pub fn is_day(&self, field: &str, text: &str) -> bool {
        self.dates(field).parse(text).is_ok()
    }

    /// An amount that must be there, in units of `10^-exponent`.
    pub fn money(&self, record: &Record, field: &str, exponent: u8) -> Result<i64, Reject> {
        let amount = self.money_or_none(record, field, exponent)?;
        amount.ok_or_else(|| match self.cell(record, field) {
            Some(cell) => Reject::cell(cell.column, "empty"),
            None => missing(field),
        })
    }

    /// An amount; none if empty or without a column.
    pub fn money_or_none(
        &self,
        record: &Record,
        field: &str,
        exponent: u8,
    ) -> Result<Option<i64>, Reject> {
        let Some(cell) = self.cell(record, field) else { return Ok(None) };
        let Some((amount, written)) = self.format.money(cell, exponent)? else { return Ok(None) };
        self.notice(written);
        Ok(Some(amount))
    }

    /// What is taken off an amount, by the columns that the mapping names for that; never below zero.
    pub fn less(&self, record: &Record, exponent: u8) -> Result<i64, Reject> {
        let mut sum = 0_i64;
        for Less { at, name } in &self.less {
            let Some(text) = record.cells.get(*at) else { continue };
            let money = self.format.money(Cell { column: name, text }, exponent)?;
            sum = sum.saturating_add(money.map_or(0, |(amount, _)| amount.saturating_abs()));
        }
        Ok(sum)
    }

    /// The same as plain decimals, one by one.
    pub fn plain_less<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = String> {
        self.less.iter().filter_map(|Less { at, name }| {
            self.format.plain_money(Cell { column: name, text: record.cells.get(*at)? })
        })
    }

    fn notice(&self, written: Written) {
        if written != Written::Plainly {
            self.odd.borrow_mut().push(written);
        }
    }

    /// The odd ways in which numbers were written since this was last asked.
    pub fn odd(&self) -> Vec<Written> {
        self.odd.take()
    }

    /// An amount as a plain decimal; none if there is none.
    pub fn plain_money(&self, record: &Record, field: &str) -> Option<String> {
        self.format.plain_money(self.cell(record, field)?)
    }

    /// A quantity as a plain decimal; none if there is none.
    pub fn plain_quantity(&self, record: &Record, field: &str) -> Option<String> {
        self.format.plain_quantity(self.cell(record, field)?)
    }

    /// A quantity in units of `10^-exponent`; none if empty or without a column.
    pub fn quantity(
        &self,
        record: &Record,
        field: &str,
        exponent: u8,
    ) -> Result<Option<i32>, Reject> {
        let Some(cell) = self.cell(record, field) else { return Ok(None) };
        let Some((units, written)) = self.format.quantity(cell, exponent)? else { return Ok(None) };
        self.notice(written);
        Ok(Some(units))
    }

    /// Fails if a column says that an amount is of another currency.
    pub fn currency(&self, record: &Record, code: &str) -> Result<(), Reject> {
        let cell = self.cell(record, "currency");
        cell.map_or(Ok(()), |cell| self.format.currency(cell, code))
    }

    /// What a record says as it is read: days, amounts and quantities as such, so that 20 is 20.00,
    /// and all else as text. What is not read is not in it.
    pub fn as_read<'a>(&'a self, record: &'a Record, scale: Scale) -> Vec<Cow<'a, str>> {
        let has_amount = self.has("amount");
        let read = self.columns.iter().filter(|it| !(has_amount && it.field == "unit_price"));
        let value = |column: &'a Column| {
            let text = record.cells.get(column.at)?;
            let cell = Cell { column: &column.name, text };
            let value = match column.field {
                "amount" | "unit_price" => {
                    let money = self.format.money(cell, scale.money).ok().flatten();
                    money.map(|(amount, _)| amount.to_string())
                }
                "quantity" => {
                    let units = self.format.quantity(cell, scale.quantity).ok().flatten();
                    units.map(|(units, _)| units.to_string())
                }
                "transaction_date" => {
                    let day = self.format.day_or_none(cell, self.dates(column.field));
                    day.ok().flatten().map(|day| day.to_string())
                }
                _ => None,
            };
            let text = || self.format.given(cell).map(Cow::Borrowed);
            value.map(Cow::Owned).or_else(text)
        };
        let less = self.less(record, scale.money).ok().filter(|_| !self.less.is_empty());
        let less = less.map(|less| Cow::Owned(less.to_string()));
        read.map(|column| value(column).unwrap_or_default()).chain(less).collect()
    }

    /// Whether nothing stands in the column of a field.
    pub fn is_empty(&self, record: &Record, field: &str) -> bool {
        self.cell(record, field).is_none_or(|cell| cell.text.trim().is_empty())
    }

    /// Number of the column of a field in its file, from 0.
    pub fn place(&self, field: &str) -> Option<usize> {
        self.find(field).map(|column| column.at)
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
        self.find(field).map_or(field, |column| &column.name).to_owned()
    }

    fn find(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    fn dates(&self, field: &str) -> &DateFormats {
        let own = self.find(field).and_then(|column| column.dates.as_ref());
        own.unwrap_or(&self.format.dates)
    }

    fn cell<'a>(&'a self, record: &'a Record, field: &str) -> Option<Cell<'a>> {
        let Column { at, name, .. } = self.find(field)?;
        Some(Cell { column: name, text: record.cells.get(*at)? })
    }
}

fn missing(field: &str) -> Reject {
    Reject::cell(field, "there is no such column")
}
