//! Small files as other programs export them, of one invented shop: to try imports with.

mod plain;
mod shop;
mod shopify;
mod woocommerce;

use clap::ValueEnum;
use snapshot::Day;

use self::shop::{Order, orders};

/// The program whose export is imitated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// Shopify's orders: a row a line, with what is of the whole order on the first row only.
    Shopify,
    /// WooCommerce's orders by the plugin Advanced Order Export: what is of the order on every row.
    Woocommerce,
    /// A plain list of lines, with returns below zero.
    Plain,
}

/// A file, and what is known of it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its name.
    pub name: &'static str,
    /// Its text, in UTF-8.
    pub text: String,
    /// What importing it has to give.
    pub told: Told,
}

/// What importing a sample has to give, where questions are answered as the guess presets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Sum of all lines in cents.
    pub revenue: i64,
    /// Orders with a line above zero.
    pub orders: u64,
    /// Different customers.
    pub customers: u64,
    /// Lines.
    pub lines: u64,
    /// First day with a line, as the shop's clock has it.
    pub first: Day,
    /// Last day with a line.
    pub last: Day,
}

impl Shape {
    /// The file of a seed; always the same.
    pub fn sample(self, seed: u64) -> Sample {
        let orders = orders(seed);
        let (name, text) = match self {
            Self::Shopify => ("shopify-orders.csv", shopify::text(&orders)),
            Self::Woocommerce => ("woocommerce-orders.csv", woocommerce::text(&orders)),
            Self::Plain => ("sales.csv", plain::text(&orders)),
        };
        // A plain list has rows of what went back; of the others a status tells what does not count.
        let with_returns = self == Self::Plain;
        let counts = |order: &Order| with_returns || order.counts();
        let counted: Vec<Order> = orders.into_iter().filter(counts).collect();
        Sample { name, text, told: told(&counted, with_returns) }
    }
}

fn told(orders: &[Order], with_returns: bool) -> Told {
    let day = |order: &Order| Day::from(order.at.date());
    let returned = |order: &Order| order.returned().filter(|_| with_returns);
    let mut customers: Vec<usize> = orders.iter().map(|order| order.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    let returns = || orders.iter().filter_map(returned);
    let last = orders.iter().map(day).chain(returns().map(|(day, _)| day)).max();
    Told {
        revenue: orders.iter().map(Order::total).sum::<i64>()
            - returns().map(|(_, line)| line.total()).sum::<i64>(),
        orders: orders.len() as u64,
        customers: customers.len() as u64,
        lines: orders.iter().map(|order| order.lines.len() as u64).sum::<u64>()
            + returns().count() as u64,
        first: orders.iter().map(day).min().unwrap_or_default(),
        last: last.unwrap_or_default(),
    }
}

/// Cells as a line of a CSV file.
fn line(cells: &[String]) -> String {
    let cell = |cell: &String| {
        if cell.contains([',', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    format!("{}\n", cells.iter().map(cell).collect::<Vec<_>>().join(","))
}

/// Cents as an amount.
fn money(cents: i64) -> String {
    snapshot::money::to_decimal(cents.into(), 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_never_change() {
        for shape in [Shape::Shopify, Shape::Woocommerce, Shape::Plain] {
            let (one, other) = (shape.sample(1), shape.sample(1));
            assert_eq!(one.text, other.text);
            assert_ne!(one.text, shape.sample(2).text);
            let lines = one.text.lines().count() as u64 - 1;
            let all_count = shape == Shape::Plain;
            assert_eq!(lines == one.told.lines, all_count, "{shape:?}");
        }
    }
}
