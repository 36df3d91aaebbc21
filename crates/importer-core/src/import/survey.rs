//! A first look through the rows: what can only be known from all of them.
//!
//! How fine the finest amount and quantity are, in which order a column of dates has day and
//! month, and which columns are empty from top to bottom.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use snapshot::Currency;
use snapshot::money::{MAX_EXPONENT, decimals_used, parse};

use super::date_format::Order;
use super::day_order::Readings;
use super::fields::{Table, days_of};
use super::file_names::OrdersAcross;
use super::mapping::Mapping;
use super::marks::MarksLook;
use super::parts;
use super::reader::{Reader, Scale};
use super::record::Record;
use super::together::Together;
use super::visible::visible;
use crate::files::Files;
use crate::keys::short_hash;
use crate::progress::{Progress, Stage};
use snapshot::currency::minor_unit;
use snapshot::meta::Warning;

/// Fields of purchases that must have something in them in every row, if they have a column.
const NEEDED: [&str; 5] =
    ["transaction_id", "order_id", "transaction_date", "amount", "unit_price"];

/// More decimals than anybody means.
const MOST_DECIMALS: u8 = 9;

/// What was found out.
#[derive(Debug)]
pub struct Survey {
    /// The currency, with as many decimals as the amounts need.
    pub currency: Currency,
    /// Decimals that are kept.
    pub scale: Scale,
    /// What is doubtful in the way in which numbers are written.
    pub warnings: Vec<Warning>,
    /// The last file that has an order, by a hash of its number, where that is what counts.
    pub last_files: HashMap<u64, u32>,
    orders: Vec<(Table, &'static str, Order)>,
}

/// What a look through one table has found.
#[derive(Default)]
struct Seen {
    orders: Vec<(Table, &'static str, Order)>,
    warnings: Vec<Warning>,
    last_files: HashMap<u64, u32>,
}

impl Survey {
    /// Looks through all rows that have something to find out.
    ///
    /// # Errors
    /// If a file cannot be read, a needed column is empty, or a column of dates has two orders
    /// of day and month.
    pub fn of(from: &dyn Files, mapping: &Mapping, progress: &dyn Progress) -> Result<Self> {
        let given = mapping.currency.exponent;
        let code = mapping.currency.code.clone();
        let mut finest = Scale { money: minor_unit(&code), quantity: 0 };
        let (mut orders, mut warnings) = (Vec::new(), Vec::new());
        let mut last_files = HashMap::new();
        let mut stage = progress.stage("Looking through the rows", None);
        for table in Table::ALL {
            let found = Look { from, mapping, table }.through(&mut finest, &mut stage);
            let seen = found.with_context(|| format!("reading {}", table.name()))?;
            orders.extend(seen.orders);
            warnings.extend(seen.warnings);
            last_files.extend(seen.last_files);
        }
        let exponent = given.unwrap_or(finest.money.min(MAX_EXPONENT));
        let scale = Scale { money: exponent, quantity: finest.quantity.min(MAX_EXPONENT) };
        stage.end(&format!("{exponent} decimals"));
        Ok(Self { currency: Currency { code, exponent }, scale, warnings, last_files, orders })
    }

    /// Lets a reader read dates in the order that was found.
    pub fn settle(&self, reader: &mut Reader) {
        for &(table, field, order) in &self.orders {
            if table == reader.table {
                reader.settle(field, order);
            }
        }
    }
}

/// A look through one table.
struct Look<'a> {
    from: &'a dyn Files,
    mapping: &'a Mapping,
    table: Table,
}

impl Look<'_> {
    fn through(&self, finest: &mut Scale, stage: &mut Stage) -> Result<Seen> {
        let Some(mapped) = self.mapping.table(self.table) else { return Ok(Seen::default()) };
        let parts = parts::of(self.from, self.table, mapped, self.mapping)?;
        let is_purchases = self.table == Table::Purchases;
        let has_amounts = is_purchases || self.table == Table::Products;
        let mut marks: Vec<MarksLook> =
            marks_of(self.table).iter().copied().map(MarksLook::of).collect();
        let mut columns: Option<(Vec<Readings>, Empty)> = None;
        let mut together = Together::default();
        let mut first: Option<Reader> = None;
        let mut last_files = HashMap::new();
        let is_last_file = parts.len() > 1 && mapped.orders_across == OrdersAcross::LastFile;
        for (number, part) in (1..).zip(&parts) {
            let records = part.open(self.from, mapped)?;
            let mut reader = Reader::new(&records, self.table, mapped, self.mapping)?;
            if parts.len() > 1 {
                reader.set_of_several();
            }
            together.add(&reader)?;
            let (days, empty) = columns.get_or_insert_with(|| {
                let days = days_of(self.table).iter().filter(|field| reader.has(field));
                let days = days.filter(|_| reader.has_both_orders());
                let days = days.map(|field| Readings::of(field)).collect();
                (days, Empty::of(&reader, is_purchases))
            });
            if days.is_empty() && !has_amounts {
                return Ok(Seen::default());
            }
            let is_last_file = is_last_file && !mapped.is_of_returns(&reader.file);
            records.each(&mut |record| {
                stage.step();
                let order = reader.raw(record, "order_id").filter(|_| is_last_file);
                if let Some(order) = order.filter(|_| !is_below_zero(&reader, record)) {
                    last_files.insert(short_hash(&[order]), number);
                }
                if record.problem.is_none() && !record.blank {
                    if has_amounts {
                        finer(&reader, record, finest);
                    }
                    empty.look(&reader, record);
                    marks.iter_mut().for_each(|column| column.look(&reader, record));
                    days.iter_mut().for_each(|column| column.look(&reader, record));
                }
                Ok(())
            })?;
            first.get_or_insert(reader);
        }
        let (Some((days, empty)), Some(reader)) = (columns, &first) else {
            return Ok(Seen::default());
        };
        empty.check(reader, &together.called())?;
        let order = |column: Readings| {
            let order = column.order(reader)?;
            Ok(order.map(|order| (self.table, column.field, order)))
        };
        let orders = days.into_iter().filter_map(|column| order(column).transpose());
        let (format, currency) = (mapped.format.or(&self.mapping.format), &self.mapping.currency);
        let end = |column: MarksLook| column.end(reader, &format, currency);
        let warnings = marks.into_iter().filter_map(|column| end(column).transpose());
        Ok(Seen {
            orders: orders.collect::<Result<_>>()?,
            warnings: warnings.collect::<Result<_>>()?,
            last_files,
        })
    }
}

/// The numbers of a table whose signs are looked at.
fn marks_of(table: Table) -> &'static [&'static str] {
    match table {
        Table::Purchases => &["amount", "unit_price", "quantity"],
        Table::Products => &["price"],
        _ => &[],
    }
}

/// Makes the scale as fine as the amounts and the quantity of a row.
fn finer(reader: &Reader, record: &Record, finest: &mut Scale) {
    for field in ["amount", "unit_price", "price"] {
        let decimals = reader.plain_money(record, field).and_then(|text| decimals_used(&text));
        finest.money = finest.money.max(decimals.unwrap_or(0));
    }
    for less in reader.plain_less(record) {
        finest.money = finest.money.max(decimals_used(&less).unwrap_or(0));
    }
    let Some(quantity) = reader.plain_quantity(record, "quantity") else { return };
    finest.quantity = finest.quantity.max(decimals_used(&quantity).unwrap_or(0));
    if !reader.has("amount")
        && let Some(price) = reader.plain_money(record, "unit_price")
    {
        finest.money = finest.money.max(product_decimals(&price, &quantity).unwrap_or(0));
    }
}

/// Whether a row has what was given back, which a file may have of an order that it has not.
fn is_below_zero(reader: &Reader, record: &Record) -> bool {
    let money = ["amount", "unit_price"].into_iter().map(|field| reader.plain_money(record, field));
    let mut numbers = money.chain([reader.plain_quantity(record, "quantity")]).flatten();
    numbers.any(|number| number.starts_with('-'))
}

/// Decimals of a product of two decimals.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "twice 64 bits fit 128, and twice `MOST_DECIMALS` 8"
)]
fn product_decimals(one: &str, other: &str) -> Option<u8> {
    let exact = |text: &str| {
        let decimals = decimals_used(text).filter(|&decimals| decimals <= MOST_DECIMALS)?;
        Some((i128::from(parse(text, decimals).ok()?), decimals))
    };
    let ((one, some), (other, more)) = (exact(one)?, exact(other)?);
    let (mut product, mut decimals) = (one * other, some + more);
    while decimals > 0 && product % 10 == 0 {
        (product, decimals) = (product / 10, decimals - 1);
    }
    Some(decimals)
}

/// Needed columns in which nothing was found yet.
struct Empty {
    fields: Vec<&'static str>,
    rows: u64,
}

impl Empty {
    fn of(reader: &Reader, is_purchases: bool) -> Self {
        let fields = NEEDED.into_iter().filter(|field| is_purchases && reader.has(field));
        Self { fields: fields.collect(), rows: 0 }
    }

    fn look(&mut self, reader: &Reader, record: &Record) {
        self.rows = self.rows.saturating_add(1);
        self.fields.retain(|field| reader.is_empty(record, field));
    }

    fn check(&self, reader: &Reader, files: &str) -> Result<()> {
        let (Some(field), true) = (self.fields.first(), self.rows > 0) else { return Ok(()) };
        let what_to_do = match *field {
            "transaction_id" | "order_id" => format!("leave it out: {field} = \"\""),
            _ => "name another one".to_owned(),
        };
        bail!(
            "{files}: column \"{}\", which stands for {field}, is empty in every row; {what_to_do} in \
             [{}.columns]",
            visible(&reader.column(field)),
            reader.table.name()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::product_decimals;

    #[test]
    fn products_have_the_decimals_that_they_need() {
        for (price, quantity, decimals) in [
            ("3.99", "0.750", Some(4)),
            ("2.50", "1.5", Some(2)),
            ("4", "0.25", Some(0)),
            ("3.999", "0.7505", Some(7)),
            ("x", "1", None),
        ] {
            assert_eq!(product_decimals(price, quantity), decimals, "{price} × {quantity}");
        }
    }
}
