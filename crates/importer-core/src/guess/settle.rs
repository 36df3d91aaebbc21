//! A look through all rows at the columns that were chosen: what a sample cannot settle.
//!
//! In which order day and month stand, how numbers and currencies are written, which time zone
//! the dates are of, and words that stand for nothing.

mod orders;
mod zones;

use std::collections::BTreeMap;

use anyhow::Result;

pub use self::orders::OrderFound;
use self::orders::Orders;
use self::zones::Zones;
use super::choose::Choosing;
use super::dates::{self, Ways};
use super::look::Look;
use super::money::{Money, Way};
use super::numbers::{Style, Tally, symbol_of};
use super::source::Source;
use crate::import::date_format::Order;
use crate::import::marks::{Signs, signs};
use crate::import::oddities::NOTHING;
use crate::import::places::Places;
use crate::import::record::Record;
use crate::sorted;

/// Texts that no format reads which are kept, to find one that does.
const ODD: usize = 200;

/// Different values that are counted of a column.
const VALUES: usize = 50;

/// Rows of a customer whose number is 0, of whom a shop may have one.
const FEW_ZEROS: u64 = 4;

/// Digits of a number from which on thousands would be set apart.
const WIDE: usize = 3;

/// What all rows say.
#[derive(Debug, Default)]
pub struct Settled {
    /// Formats of the dates.
    pub formats: Vec<String>,
    /// What tells the order of day and month.
    pub order: OrderFound,
    /// How numbers are written.
    pub style: Option<Style>,
    /// The sign that may stand between thousands or before decimals, where nothing tells which.
    pub either: Option<char>,
    /// Signs of currencies beside amounts, with how many rows have them.
    pub symbols: Vec<(String, u64)>,
    /// What the column of currencies has.
    pub currencies: Vec<(String, u64)>,
    /// Whether dates are instants.
    pub instants: bool,
    /// The zones whose clocks show what the dates say; none where all are of Greenwich.
    pub zones: Vec<&'static str>,
    /// Whether all dates are of Greenwich.
    pub all_of_greenwich: bool,
    /// For zones that may be meant then, how many rows would be of another day.
    pub moved: Vec<(&'static str, u64)>,
    /// Words that stand for nobody among the customers.
    pub guests: Vec<String>,
    /// Words that stand for nothing elsewhere.
    pub nulls: Vec<String>,
    /// Rows.
    pub rows: u64,
    /// Why reading stopped before the end.
    pub stop: Option<String>,
}

/// The look under way.
struct Pass<'a> {
    date: Option<usize>,
    money: Vec<usize>,
    amounts: Vec<usize>,
    currency: Option<usize>,
    customer: Option<usize>,
    /// Rows of a customer whose number is 0.
    zeros: u64,
    /// Customers in the first rows.
    customers: u64,
    others: Vec<usize>,
    orders: Orders,
    zones: Zones,
    odd_dates: Vec<String>,
    tally: Tally,
    comma: bool,
    point: bool,
    wide: bool,
    either: Option<char>,
    symbols: BTreeMap<String, u64>,
    currencies: BTreeMap<String, u64>,
    found: Settled,
    ways: &'a Ways,
}

/// Looks through all rows of a sheet, and of those that are read with it.
///
/// # Errors
/// If a sheet cannot be opened any more.
pub fn all(
    source: &dyn Source,
    choosing: &Choosing<'_>,
    more: &[&Look],
    money: Option<&Money>,
    ways: &Ways,
    usual: Order,
) -> Result<Settled> {
    let look = choosing.look;
    let quantity = money.and_then(|money| money.quantity.as_ref()).map(|pick| pick.at);
    let ways_of_money = money.into_iter().flat_map(|money| {
        std::iter::once(money.way).chain(money.others.iter().map(|(way, _)| *way))
    });
    let amounts: Vec<usize> = ways_of_money
        .map(|way| match way {
            Way::Total(at) | Way::Product { price: at, .. } => at,
        })
        .collect();
    let money: Vec<usize> = amounts.iter().copied().chain(quantity).collect();
    let symbol = amounts.first().and_then(|&at| look.column(at).symbol.clone());
    let date = choosing.at("transaction_date");
    let formats = date.map(|at| look.column(at).dates.formats.clone()).unwrap_or_default();
    let taken = choosing
        .picks
        .iter()
        .filter(|pick| !["customer_id", "order_id", "transaction_id"].contains(&pick.field));
    let others = taken.map(|pick| pick.at).filter(|at| Some(*at) != date).chain(quantity).collect();
    let mut pass = Pass {
        date,
        money,
        amounts,
        currency: choosing.at("currency"),
        customer: choosing.at("customer_id"),
        zeros: 0,
        customers: choosing.at("customer_id").map_or(0, |at| look.column(at).distinct as u64),
        others,
        orders: Orders::new(&formats),
        zones: Zones::new(&formats),
        odd_dates: Vec::new(),
        tally: Tally::new(symbol.as_deref()),
        comma: false,
        point: false,
        wide: false,
        either: None,
        symbols: BTreeMap::new(),
        currencies: BTreeMap::new(),
        found: Settled::default(),
        ways,
    };
    for one in std::iter::once(&look).chain(more) {
        let places = Places::between(&look.header, &one.header);
        let read = source.records(one.sheet, &one.format)?.each(&mut |record| {
            if record.problem.is_none() && !record.blank {
                match &places {
                    None => pass.look(record),
                    Some(places) => pass.look(&places.moved(record)),
                }
            }
            Ok(())
        });
        let stop = read.err().map(|error| format!("{error:#}"));
        pass.found.stop = pass.found.stop.take().or(stop);
    }
    Ok(pass.end(&formats, usual))
}

impl Pass<'_> {
    fn look(&mut self, record: &Record) {
        let cell = |at: usize| {
            record.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        self.found.rows = self.found.rows.saturating_add(1);
        if let Some(text) = self.date.and_then(cell) {
            if !self.orders.look(text) && self.odd_dates.len() < ODD {
                self.odd_dates.push(text.to_owned());
            }
            self.zones.look(text);
        }
        let numbers: Vec<&str> = self.money.iter().copied().filter_map(cell).collect();
        numbers.into_iter().for_each(|text| self.number(text));
        if let Some(sign) = self.amounts.first().copied().and_then(cell).and_then(symbol_of) {
            add(&mut self.symbols, sign);
        }
        if let Some(code) = self.currency.and_then(cell) {
            add(&mut self.currencies, code);
        }
        self.zeros = self.zeros.saturating_add((self.customer.and_then(cell) == Some("0")).into());
        if let Some(word) = self.customer.and_then(cell).filter(|word| is_nothing(word)) {
            keep(&mut self.found.guests, word);
        }
        for word in self.others.iter().copied().filter_map(cell).filter(|word| is_nothing(word)) {
            keep(&mut self.found.nulls, word);
        }
    }

    fn number(&mut self, text: &str) {
        self.tally.add(text);
        match signs(text) {
            Some(Signs::Comma) => self.comma = true,
            Some(Signs::Point) => self.point = true,
            Some(Signs::None(digits)) => self.wide |= digits > WIDE,
            Some(Signs::Either) => {
                self.either = self.either.or(text.chars().find(|c| ",.".contains(*c)))
            }
            None => {}
        }
    }

    fn end(mut self, formats: &[String], usual: Order) -> Settled {
        let order = self.orders.end(usual);
        let odd: Vec<&str> = self.odd_dates.iter().map(String::as_str).collect();
        let more = self.ways.of(&odd).formats;
        let mut all: Vec<String> = Vec::new();
        for format in formats.iter().chain(&more) {
            let known = match order {
                OrderFound::Only(order) => dates::in_order(format, order),
                OrderFound::Either { likely, .. } => dates::in_order(format, likely),
                OrderFound::NoMatter => format.clone(),
                OrderFound::Mixed { .. } => {
                    // Both, so that the importer says which cells say which.
                    let swapped = dates::swapped(format);
                    all.extend(swapped.filter(|swapped| !formats.contains(swapped)));
                    format.clone()
                }
            };
            if !all.contains(&known) {
                all.push(known);
            }
        }
        self.found.instants = all.iter().any(|format| dates::is_instant(format));
        let is_told = self.comma || self.point || self.wide;
        self.found.either = self.either.filter(|_| !is_told);
        self.found.style = (!self.amounts.is_empty()).then(|| self.tally.best().0);
        // A customer's number 0 on more rows than any customer would have is that of nobody.
        let usual = self.found.rows.checked_div(self.customers).unwrap_or(0);
        if self.zeros > FEW_ZEROS && self.zeros > usual.saturating_mul(3) {
            keep(&mut self.found.guests, "0");
        }
        self.found.symbols = sorted(self.symbols);
        self.found.currencies = sorted(self.currencies);
        (self.found.zones, self.found.all_of_greenwich, self.found.moved) = self.zones.end();
        self.found.formats = all;
        self.found.order = order;
        self.found
    }
}

fn add(counts: &mut BTreeMap<String, u64>, value: &str) {
    if counts.len() < VALUES || counts.contains_key(value) {
        let count = counts.entry(value.to_owned()).or_default();
        *count = count.saturating_add(1);
    }
}

fn keep(words: &mut Vec<String>, word: &str) {
    if words.len() < VALUES && !words.iter().any(|known| known == word) {
        words.push(word.to_owned());
    }
}

fn is_nothing(word: &str) -> bool {
    NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(word))
}

fn sorted(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    sorted::by_key(&mut counts, |&(_, count)| std::cmp::Reverse(count));
    counts
}

/// The order in words.
pub fn order_name(order: Order) -> &'static str {
    match order {
        Order::DayFirst => "day first",
        Order::MonthFirst => "month first",
    }
}
