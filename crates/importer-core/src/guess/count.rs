//! Counts what an import takes, and looks at what it does not use.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use snapshot::Day;
use snapshot::money;

use super::carriage;
use super::heads::HeadsLook;
use super::levels::Level;
use super::meanings::Meaning;
use super::numbers::{FINE, fine};
use crate::import::amounts::AmountFormat;
use crate::import::anew::AnewLook;
use crate::import::record::Record;
use crate::keys::KeySet;
use crate::rows::{Contact, Customer, Interaction, Product, Purchase, Visit};
use crate::sink::Sink;

/// Rows that are shown.
const SHOWN: usize = 10;

/// Different values that are counted of a column.
const VALUES: usize = 40;

/// Products whose lines are counted.
const PRODUCTS: usize = 50_000;

/// The value of all that was cancelled.
pub const CANCELLED: &str = "cancelled";

/// A row as it was read.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The line, as parsed.
    pub purchase: Purchase,
    /// The record that it is from.
    pub record: Record,
}

/// A column that is looked at beside those that are used.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Its place, from 0.
    pub at: usize,
    /// What it has.
    pub meaning: Meaning,
    /// Whether its cells are of lines or of orders.
    pub level: Level,
    /// Rows in which something stands that is not zero.
    pub rows: u64,
    /// The sum of its numbers in millionths, each order's once.
    pub sum: i128,
    /// The largest of its numbers without their signs, in millionths.
    pub most: u64,
    /// The smallest of them that is not zero.
    pub least: u64,
    /// Whether all that stands in it are numbers.
    pub is_money: bool,
    /// Its values where they are words: rows, orders and money units of each.
    pub values: BTreeMap<String, Valued>,
    /// Words that say in it that something is not so.
    pub noes: Vec<String>,
}

/// What is of one value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Valued {
    /// Rows.
    pub rows: u64,
    /// Orders that have it in a row.
    pub orders: u64,
    /// Rows that name a customer.
    pub named: u64,
    /// The amounts of these rows, in money units.
    pub amount: i128,
}

impl Watched {
    /// Nothing seen yet.
    pub fn new(at: usize, meaning: Meaning, level: Level) -> Self {
        let is_money = meaning.is_money();
        Self {
            at,
            meaning,
            level,
            rows: 0,
            sum: 0,
            most: 0,
            least: u64::MAX,
            is_money,
            values: BTreeMap::new(),
            noes: Vec::new(),
        }
    }
}

/// Everything that was counted.
#[derive(Default)]
pub struct Count {
    /// How numbers are written in the columns that are watched.
    reader: Option<AmountFormat>,
    /// The columns that are watched.
    pub watched: Vec<Watched>,
    /// The first rows.
    pub first: Vec<Taken>,
    /// Purchase lines.
    pub lines: u64,
    /// Sum of the amounts, in money units.
    pub revenue: i128,
    /// Sum of the quantities, in their units.
    pub units: i128,
    /// Whether any line has a quantity.
    pub has_units: bool,
    /// Orders with a line above zero.
    pub orders: u64,
    /// Customers, listed or met.
    pub customers: u64,
    /// Customers with a line.
    pub buyers: u64,
    /// Lines without a customer.
    pub guest_lines: u64,
    /// Lines below zero.
    pub returns: u64,
    /// Sum of their amounts.
    pub returned: i128,
    /// First and last day with a line.
    pub days: Option<(Day, Day)>,
    /// Rows of other tables.
    pub others: u64,
    /// Lines with a quantity below zero and an amount above it.
    pub minus: u64,
    /// Lines that are an order of their own, since nothing tells which are of one order.
    pub alone: u64,
    /// The lines of one order after the other, and what their sums tell.
    pub heads: HeadsLook,
    /// Orders whose numbers begin anew.
    pub anew: AnewLook,
    /// Lines of each product, and their amounts.
    sales: HashMap<String, (u64, i128)>,
    /// Products that are no goods, and what they are called.
    carriage: Vec<(String, String)>,
    paid: KeySet,
    bought: KeySet,
    met: KeySet,
    /// The value that an order's first line has, for columns that say it there only.
    said: HashMap<usize, (String, String)>,
}

impl Sink for Count {
    fn customer(&mut self, _: &Customer) -> Result<()> {
        self.customers = self.customers.saturating_add(1);
        Ok(())
    }

    fn product(&mut self, row: &Product) -> Result<()> {
        let mut names = [row.product_name.as_ref(), Some(&row.product_id), row.category.as_ref()]
            .into_iter()
            .flatten();
        if let Some(name) = names.find(|name| carriage::is_called(name)) {
            self.carriage.push((row.product_id.clone(), name.clone()));
        }
        Ok(())
    }

    fn purchase(&mut self, row: &Purchase, record: &Record) -> Result<()> {
        let amount = i128::from(row.amount);
        self.lines = self.lines.saturating_add(1);
        self.revenue = self.revenue.saturating_add(amount);
        if let Some(quantity) = row.quantity {
            self.has_units = true;
            self.units = self.units.saturating_add(quantity.into());
            self.minus = self.minus.saturating_add((quantity < 0 && amount > 0).into());
        }
        let is_numbered = row.transaction_id.parse() == Ok(record.number);
        let is_alone = is_numbered && row.order_id == row.transaction_id;
        self.alone = self.alone.saturating_add(is_alone.into());
        self.heads.look(row);
        self.sold(row);
        self.anew.before(row);
        if amount > 0 && self.paid.insert(&row.order_id) {
            self.orders = self.orders.saturating_add(1);
        }
        if amount < 0 {
            self.returns = self.returns.saturating_add(1);
            self.returned = self.returned.saturating_add(amount);
        }
        self.guest_lines = self.guest_lines.saturating_add(row.customer_id.is_none().into());
        if row.customer_id.as_ref().is_some_and(|id| self.bought.insert(id)) {
            self.buyers = self.buyers.saturating_add(1);
        }
        let (first, last) = self.days.unwrap_or((row.day, row.day));
        self.days = Some((first.min(row.day), last.max(row.day)));
        if self.first.len() < SHOWN {
            self.first.push(Taken { purchase: row.clone(), record: record.clone() });
        }
        if !self.watched.is_empty() {
            let is_new = self.met.insert(&row.order_id);
            self.watch(row, record, is_new);
        }
        Ok(())
    }

    fn interaction(&mut self, _: &Interaction) -> Result<()> {
        self.others = self.others.saturating_add(1);
        Ok(())
    }

    fn contact(&mut self, _: &Contact) -> Result<()> {
        self.others = self.others.saturating_add(1);
        Ok(())
    }

    fn visit(&mut self, _: &Visit) -> Result<()> {
        self.others = self.others.saturating_add(1);
        Ok(())
    }
}

impl Count {
    /// Nothing counted yet, with columns that are looked at beside.
    pub fn watching(watched: Vec<Watched>, reader: Option<AmountFormat>) -> Self {
        Self { watched, reader, ..Self::default() }
    }

    fn sold(&mut self, row: &Purchase) {
        let Some(id) = &row.product_id else { return };
        if !self.sales.contains_key(id) {
            if self.sales.len() >= PRODUCTS {
                return;
            }
            self.sales.insert(id.clone(), (0, 0));
        }
        if let Some((lines, sum)) = self.sales.get_mut(id) {
            *lines = lines.saturating_add(1);
            *sum = sum.saturating_add(row.amount.into());
        }
    }

    /// What of the revenue is of no goods: the name of the first of them, lines and their sum.
    pub fn carriage(&self) -> Option<(&str, u64, i128)> {
        let (_, name) = self.carriage.first()?;
        let sales = self.carriage.iter().filter_map(|(id, _)| self.sales.get(id));
        let (lines, sum) = sales.fold((0_u64, 0_i128), |(lines, sum), (more, amount)| {
            (lines.saturating_add(*more), sum.saturating_add(*amount))
        });
        (sum != 0).then_some((name, lines, sum))
    }

    fn watch(&mut self, row: &Purchase, record: &Record, is_new: bool) {
        for (number, column) in self.watched.iter_mut().enumerate() {
            let cell = record.cells.get(column.at).map(|cell| cell.trim()).unwrap_or_default();
            if column.meaning.is_money() {
                let value = self.reader.as_ref().and_then(|reader| fine(reader, cell));
                match value {
                    Some(0) => {}
                    Some(value) if is_new || column.level != Level::Repeated => {
                        column.rows = column.rows.saturating_add(1);
                        column.sum = column.sum.saturating_add(value.into());
                        column.most = column.most.max(value.unsigned_abs());
                        column.least = column.least.min(value.unsigned_abs());
                    }
                    Some(_) => {}
                    None if cell.is_empty() => {}
                    None => {
                        column.is_money = false;
                        column.rows = column.rows.saturating_add(1);
                    }
                }
                continue;
            }
            let known = self.said.get(&number).filter(|(order, _)| *order == row.order_id);
            let value = match known {
                Some((_, value)) if cell.is_empty() => value.clone(),
                // When something was cancelled does not matter here.
                _ if column.meaning == Meaning::Cancelled && !is_no(cell) => CANCELLED.to_owned(),
                _ if column.meaning == Meaning::Cancelled => {
                    if !cell.is_empty() && !column.noes.iter().any(|no| no == cell) {
                        column.noes.push(cell.to_owned());
                    }
                    String::new()
                }
                _ => cell.to_owned(),
            };
            let is_first = known.is_none_or(|(_, said)| *said != value);
            self.said.insert(number, (row.order_id.clone(), value.clone()));
            if value.is_empty()
                || (column.values.len() >= VALUES && !column.values.contains_key(&value))
            {
                column.rows = column.rows.saturating_add((!value.is_empty()).into());
                continue;
            }
            column.rows = column.rows.saturating_add(1);
            let found = column.values.entry(value).or_default();
            found.rows = found.rows.saturating_add(1);
            found.named = found.named.saturating_add(row.customer_id.is_some().into());
            found.orders = found.orders.saturating_add(is_first.into());
            found.amount = found.amount.saturating_add(row.amount.into());
        }
    }
}

/// Whether a cell says that something is not so.
fn is_no(cell: &str) -> bool {
    cell.is_empty() || ["0", "no", "false", "n", "f"].iter().any(|no| no.eq_ignore_ascii_case(cell))
}

/// A sum in millionths as a decimal with no more digits than it needs, and no fewer than some.
pub fn plain(sum: i128, least: u8) -> String {
    let text = money::to_decimal(sum, FINE);
    let Some((whole, fraction)) = text.split_once('.') else { return text };
    let kept = fraction.trim_end_matches('0').len().max(least.into()).min(fraction.len());
    if kept == 0 { whole.to_owned() } else { format!("{whole}.{}", &fraction[..kept]) }
}
