//! Which column is the money of a line: its total, or the price of a piece and how many there are.

mod arithmetic;

use self::arithmetic::Numbers;
use super::choose::Choosing;
use super::column::{Column, percent};
use super::levels::Level;
use super::meanings::{self, Meaning};
use super::pick::{Confidence, Pick, contents};
use super::words::Fit;
use crate::sorted;

/// What a name must fit at least.
const ENOUGH: Fit = 55;

/// Rows that tell what a price is of.
const TELLING: usize = 3;

/// One way of knowing the money of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A column has it.
    Total(usize),
    /// The price of a piece, times a quantity.
    Product {
        /// Column of the price.
        price: usize,
        /// Column of the quantity.
        quantity: usize,
    },
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Money {
    /// The most likely way.
    pub way: Way,
    /// How sure that is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub why: String,
    /// Other ways that may be meant.
    pub others: Vec<(Way, String)>,
    /// The quantity, where there is one.
    pub quantity: Option<Pick>,
}

/// Finds the money of a sheet's lines.
pub fn of(choosing: &Choosing<'_>, levels: &[Level]) -> Option<Money> {
    let numbers = Numbers::of(choosing, levels);
    let quantity = numbers.quantity();
    let at = quantity.as_ref().map(|pick| pick.at);
    let found =
        numbers.by_export(at).or_else(|| numbers.by_name(at)).or_else(|| numbers.by_contents());
    let (way, confidence, why) = found?;
    let mut money = Money { way, confidence, why, others: Vec::new(), quantity };
    numbers.doubt(&mut money);
    Some(money)
}

impl Numbers<'_> {
    /// Columns that may have money or quantities, with how well each fits a field.
    fn rated(&self, field: &'static str) -> Vec<(Fit, &Column)> {
        let look = self.choosing.look;
        let free = look.columns.iter().filter(|column| {
            column.can_be_named && column.has_numbers() && !self.choosing.is_taken(column.at)
        });
        let rate = |column: &Column| {
            let fit = self.choosing.vocabulary.fit(field, &column.words);
            let is_own = column.name == field;
            let is_beside =
                meanings::is_beside(&column.words) || meanings::is_of_customer(&column.words);
            if field != "quantity" && is_beside && !is_own {
                return 0;
            }
            // Most of it are numbers, unless it can hardly mean anything else.
            if !column.is_number() && (fit < 90 || column.is_date()) {
                return 0;
            }
            let is_half_empty = percent(column.filled, look.sample.len()) < 50;
            let of_order = self.levels[column.at].is_of_order();
            fit.saturating_sub(if is_half_empty && !is_own { 20 } else { 0 })
                .saturating_sub(if of_order { 30 } else { 0 })
        };
        let mut rated: Vec<(Fit, &Column)> = free.map(|column| (rate(column), column)).collect();
        rated.retain(|(fit, _)| *fit >= ENOUGH);
        sorted::by_key(&mut rated, |(fit, _)| std::cmp::Reverse(*fit));
        rated
    }

    fn quantity(&self) -> Option<Pick> {
        let look = self.choosing.look;
        if let Some(export) = look.export {
            let at = export
                .places("quantity", &look.header)
                .into_iter()
                .find(|&at| look.column(at).is_number());
            return at.map(|at| Pick::by_export("quantity", look.column(at)));
        }
        let rated = self.rated("quantity");
        rated.first().map(|&(fit, column)| Pick::by_name("quantity", column, fit))
    }

    fn by_export(&self, quantity: Option<usize>) -> Option<(Way, Confidence, String)> {
        let look = self.choosing.look;
        let export = look.export?;
        let first = |field: &str| {
            let usable = |at: &usize| look.column(*at).is_number() && look.column(*at).can_be_named;
            export.places(field, &look.header).into_iter().find(usable)
        };
        let why = |at: usize| format!("so named in this export; {}", contents(look.column(at)));
        if let Some(at) = first("amount") {
            return Some((Way::Total(at), Confidence::Sure, why(at)));
        }
        let (price, quantity) = (first("unit_price")?, quantity?);
        Some((Way::Product { price, quantity }, Confidence::Sure, why(price)))
    }

    fn by_name(&self, quantity: Option<usize>) -> Option<(Way, Confidence, String)> {
        let (totals, prices) = (self.rated("amount"), self.rated("unit_price"));
        let not_quantity = |(_, column): &&(Fit, &Column)| Some(column.at) != quantity;
        let price = prices.iter().find(not_quantity);
        let own = totals.iter().find(|(_, column)| column.name == "amount");
        if let Some((_, column)) = own {
            let why = format!("the field's own name; {}", contents(column));
            return Some((Way::Total(column.at), Confidence::Sure, why));
        }
        if let (Some(quantity), Some(&(fit, price))) = (quantity, price) {
            let candidates = || totals.iter().filter(not_quantity).map(|(_, column)| *column);
            let is_product = |column: &&Column| {
                column.at != price.at && self.is_product(price.at, quantity, column.at)
            };
            if let Some(total) = candidates().find(is_product) {
                return Some(self.less_discount(price.at, quantity, total));
            }
            let line = totals.iter().filter(not_quantity).find(|(_, column)| column.at != price.at);
            let is_better =
                |&&(other, _): &&(Fit, &Column)| other >= 70 && other.saturating_add(8) >= fit;
            if line.filter(is_better).is_none() {
                let why = format!("{}; there is no column of line totals", named(fit, price));
                let way = Way::Product { price: price.at, quantity };
                return Some((way, Confidence::of_fit(fit), why));
            }
        }
        let best = totals.iter().find(not_quantity);
        let only_price = price.filter(|(fit, _)| best.is_none_or(|(other, _)| other < fit));
        if let (Some(&(fit, column)), None) = (only_price, quantity) {
            let why = format!("{}; there is no quantity", named(fit, column));
            return Some((
                Way::Total(column.at),
                Confidence::Likely.min(Confidence::of_fit(fit)),
                why,
            ));
        }
        let &(fit, column) = best?;
        Some((Way::Total(column.at), Confidence::of_fit(fit), named(fit, column)))
    }

    /// The only column that looks like money.
    fn by_contents(&self) -> Option<(Way, Confidence, String)> {
        let look = self.choosing.look;
        let free = look.columns.iter().filter(|column| {
            column.can_be_named
                && column.looks_like_money()
                && !self.choosing.is_taken(column.at)
                && !meanings::is_beside(&column.words)
                && !meanings::is_of_customer(&column.words)
        });
        let found: Vec<&Column> = free.collect();
        let [only] = found[..] else { return None };
        let why = format!("the only column that looks like money: {}", contents(only));
        Some((Way::Total(only.at), Confidence::Unsure, why))
    }

    /// A total that is price times quantity, or a later one from which discounts are off.
    fn less_discount(
        &self,
        price: usize,
        quantity: usize,
        total: &Column,
    ) -> (Way, Confidence, String) {
        let look = self.choosing.look;
        let is_discount = |column: &&Column| meanings::of(&column.words) == Some(Meaning::Discount);
        let discounts = || look.columns.iter().filter(is_discount);
        for &(_, column) in &self.rated("amount") {
            let fits = |discount: &&Column| {
                column.at != total.at && self.is_difference(total.at, discount.at, column.at)
            };
            if let Some(discount) = discounts().find(fits) {
                let why = format!(
                    "\"{}\" less \"{}\" in every row",
                    super::text::short(&total.name),
                    super::text::short(&discount.name)
                );
                return (Way::Total(column.at), Confidence::Sure, why);
            }
        }
        let name = |at: usize| super::text::short(&look.column(at).name);
        let why = format!(
            "\"{}\" times \"{}\" in every row; {}",
            name(price),
            name(quantity),
            contents(total)
        );
        (Way::Total(total.at), Confidence::Sure, why)
    }

    /// What else may be meant.
    fn doubt(&self, money: &mut Money) {
        let look = self.choosing.look;
        let name = |at: usize| super::text::short(&look.column(at).name);
        let quantity = money.quantity.as_ref().map(|pick| pick.at);
        // What is of a whole order is neither that of a piece nor of a line.
        let is_of_order = matches!(money.way, Way::Total(at) if self.levels[at].is_of_order());
        if look.export.is_none()
            && !is_of_order
            && let (Some(quantity), Way::Total(at) | Way::Product { price: at, .. }) =
                (quantity, money.way)
        {
            let (of_piece, of_line) = self.behaviour(at, quantity);
            let clear =
                |more: usize, less: usize| more >= TELLING && more >= less.saturating_mul(5);
            let (total, product) = (Way::Total(at), Way::Product { price: at, quantity });
            let (is_piece, is_line) = (clear(of_piece, of_line), clear(of_line, of_piece));
            let other = match money.way {
                Way::Total(_) if is_piece => {
                    Some((product, "the same for other quantities, as the price of a piece is"))
                }
                Way::Product { .. } if is_line => {
                    Some((total, "more for larger quantities, as the total of a line is"))
                }
                _ => None,
            };
            if let Some((other, why)) = other {
                let before = format!("\"{}\" as its name says", name(at));
                money.others.push((money.way, before));
                (money.way, money.confidence) = (other, Confidence::Likely);
                money.why = format!("{}; but {why}", money.why);
            }
        }
        let Way::Total(chosen) = money.way else { return };
        if look.export.is_some()
            || money.why.starts_with("the field's")
            || money.why.contains("in every row")
        {
            return;
        }
        let rated = self.rated("amount");
        let best = rated.iter().find(|(_, column)| column.at == chosen).map_or(0, |(fit, _)| *fit);
        let rivals = rated.iter().filter(|(fit, column)| {
            column.at != chosen
                && Some(column.at) != quantity
                && fit.saturating_add(10) >= best
                && *fit >= 70
                && self.differs(chosen, column.at)
        });
        for (_, rival) in rivals {
            money
                .others
                .push((Way::Total(rival.at), format!("\"{}\"", super::text::short(&rival.name))));
            money.confidence = money.confidence.min(Confidence::Likely);
        }
        if self.levels[chosen].is_of_order() {
            let words = match self.levels[chosen] {
                Level::First => "it stands on the first line of each order only",
                _ => {
                    "it is the same on all lines of an order, so it seems to be that of the whole order"
                }
            };
            money.why = format!("{}; {words}", money.why);
            money.confidence = Confidence::Unsure;
        }
    }
}

fn named(fit: Fit, column: &Column) -> String {
    Pick::by_name("amount", column, fit.min(99)).why
}
