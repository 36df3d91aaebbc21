//! Which cells belong to a whole order, and which to a line of it.

use std::collections::HashMap;

use super::column::percent;
use super::look::Look;

/// Words of what is of a whole order, though it may be the same in all.
const OF_ORDER: [&str; 6] = ["order", "cart", "bestellung", "shipping", "versand", "commande"];

/// Orders of several lines that are enough to tell.
const ENOUGH: usize = 3;

/// Where the cells of a column belong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Nothing tells.
    #[default]
    Unknown,
    /// To the line: they differ within an order.
    Line,
    /// To the order: they stand on its first line only.
    First,
    /// To the order: they stand on each of its lines again.
    Repeated,
}

impl Level {
    /// Whether a cell is about the whole order.
    pub fn is_of_order(self) -> bool {
        matches!(self, Self::First | Self::Repeated)
    }
}

/// The level of each column by a column of order numbers.
pub fn of(look: &Look, order: Option<usize>) -> Vec<Level> {
    let Some(order) = order else { return vec![Level::Unknown; look.columns.len()] };
    let mut orders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, record) in look.sample.iter().enumerate() {
        let id = look.cell(record, order);
        if !id.is_empty() {
            orders.entry(id).or_default().push(number);
        }
    }
    let several: Vec<Vec<usize>> = orders.into_values().filter(|rows| rows.len() > 1).collect();
    look.columns.iter().map(|column| level(look, column.at, order, &several)).collect()
}

fn level(look: &Look, at: usize, order: usize, orders: &[Vec<usize>]) -> Level {
    if orders.is_empty() || at == order {
        return Level::Unknown;
    }
    let (mut first, mut repeated, mut filled) = (0_usize, 0_usize, 0_usize);
    for rows in orders {
        let mut cells = rows.iter().filter_map(|&row| look.sample.get(row));
        let Some(one) = cells.next().map(|record| look.cell(record, at)) else { continue };
        let others: Vec<&str> = cells.map(|record| look.cell(record, at)).collect();
        if one.is_empty() && others.iter().all(|other| other.is_empty()) {
            continue;
        }
        filled = filled.saturating_add(1);
        let none = others.iter().all(|other| other.is_empty());
        first = first.saturating_add((!one.is_empty() && none).into());
        repeated = repeated.saturating_add(others.iter().all(|other| *other == one).into());
    }
    if filled == 0 {
        Level::Unknown
    } else if percent(first, filled) >= 95 {
        Level::First
    } else if percent(repeated, filled) >= 98 {
        // A few orders whose lines are alike by chance tell nothing.
        let column = look.column(at);
        let tells = column.distinct > 1 || column.words.has(&OF_ORDER);
        if filled >= ENOUGH && tells { Level::Repeated } else { Level::Unknown }
    } else {
        Level::Line
    }
}
