//! Rows and ids that look like something else than they pretend to be.

use anyhow::{Error, anyhow};

use super::fields::{Table, days_of};
use super::mapping::TableMapping;
use super::reader::Reader;
use super::record::Record;
use super::totals;
use super::visible::visible;

/// Words for nothing that programs write where an id should be.
pub const NOTHING: [&str; 7] = ["null", "n/a", "none", "-", "nan", "undefined", "#n/a"];

/// An id with the apostrophe that spreadsheets put before numbers, or without it.
pub fn other_apostrophe(id: &str) -> String {
    id.strip_prefix('\'').map_or_else(|| format!("'{id}"), str::to_owned)
}

/// Whether a row only fills a file up: it has nothing in it, or it is among purchases and says
/// neither when nor how much, as headings and footers do.
pub fn is_left_out(reader: &Reader, record: &Record) -> bool {
    let empty = |field: &str| reader.is_empty(record, field);
    let says_nothing = || {
        reader.table == Table::Purchases
            && empty("transaction_date")
            && empty("amount")
            && empty("unit_price")
    };
    record.problem.is_none() && (record.blank || says_nothing())
}

/// Whether a row of purchases has the sums of others: it is called so, and has no date.
pub fn is_total(reader: &Reader, record: &Record) -> bool {
    let is_called = |cell: &String| totals::is_called(cell);
    reader.is_empty(record, "transaction_date") && record.cells.iter().any(is_called)
}

/// The ids of a row that are words for nothing.
pub fn placeholders<'a>(reader: &'a Reader, record: &'a Record) -> impl Iterator<Item = &'a str> {
    let is_nothing = move |id: &&str| NOTHING.iter().any(|word| word.eq_ignore_ascii_case(id));
    let customer = reader.raw(record, "customer_id").filter(|id| !reader.is_guest(id));
    let order = reader.raw(record, "order_id");
    customer.into_iter().chain(order).filter(is_nothing)
}

/// Columns that describe the customers of purchases where no column says who they are, unless
/// the mapping wants it so.
pub fn nameless(reader: &Reader, mapped: &TableMapping) -> Vec<String> {
    let is_meant = mapped.columns.contains_key("customer_id");
    if reader.table != Table::Purchases || is_meant || reader.has("customer_id") {
        return Vec::new();
    }
    // A name that is not mapped may be that of a product.
    let tells = |field: &&str| {
        reader.has(field) && (*field == "email" || mapped.columns.contains_key(*field))
    };
    let fields = ["email", "name", "first_name", "last_name"].into_iter().filter(tells);
    fields.map(|field| reader.column(field)).collect()
}

/// What to say of a row one of whose cells holds what look like rows of their own, as happens
/// where a quote is opened by one cell and closed by another's.
pub fn swallowed(reader: &Reader, record: &Record) -> Option<Error> {
    if !record.broken {
        return None;
    }
    let (delimiter, field) = (reader.delimiter?, days_of(reader.table).first()?);
    let day_at = reader.place(field)?;
    let has_row = |(at, cell): (usize, &String)| {
        cell.split(['\n', '\r']).enumerate().any(|(number, line)| {
            // Behind the first break each line begins with the first cell of a row.
            let place = if number == 0 { day_at.checked_sub(at) } else { Some(day_at) };
            let cell = place.and_then(|place| line.split(delimiter).nth(place));
            let is_day = |cell: &str| reader.is_day(field, cell.trim_matches(['"', ' ']));
            line.contains(delimiter) && cell.is_some_and(is_day)
        })
    };
    let broken = record.cells.iter().enumerate().filter(|(_, cell)| cell.contains(['\n', '\r']));
    let (_, cell) = broken.into_iter().find(|&found| has_row(found))?;
    Some(anyhow!(
        "{}: a quote opened on line {} holds what look like rows of their own ('{}'), so these \
         would be lost. Write a quote inside a quoted cell twice; if quotes mean nothing in this \
         file, set quote in [format] to a character that it does not have",
        reader.file,
        record.line,
        visible(cell)
    ))
}
