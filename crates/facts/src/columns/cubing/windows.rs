//! Distinct customers of every window of whole months.

use snapshot::columns::NO_DAY;
use snapshot::cubes::{Cells, FineWindowCells, Shape, WindowCells};

use super::Odd;
use crate::columns::Columns;

/// What a customer counts for.
pub(super) struct Worth {
    lifetime_value: i64,
    recency_days: i64,
    orders: i64,
}

/// Cells of windows, with more or less about the customers.
pub(super) trait Windows: Cells {
    /// What all windows have.
    fn common(&mut self) -> &mut WindowCells;

    /// Counts a customer in a cell.
    fn seen(&mut self, cell: usize, worth: &Worth) {
        let cells = self.common();
        cells.customers[cell] += 1;
        cells.lifetime_value[cell] += worth.lifetime_value;
    }
}

impl Windows for WindowCells {
    fn common(&mut self) -> &mut WindowCells {
        self
    }
}

impl Windows for FineWindowCells {
    fn common(&mut self) -> &mut WindowCells {
        &mut self.windows
    }

    fn seen(&mut self, cell: usize, worth: &Worth) {
        self.windows.seen(cell, worth);
        self.recency_days[cell] += worth.recency_days;
        self.orders[cell] += worth.orders;
    }
}

impl Columns {
    /// The windows of every variant.
    pub(super) fn each_windows(&self, shape: Shape, odd: &Odd) -> Vec<WindowCells> {
        (0..shape.variants()).map(|variant| self.windows(shape, odd, variant)).collect()
    }

    pub(super) fn windows<W: Windows>(&self, shape: Shape, odd: &Odd, variant: usize) -> W {
        let mut cells = W::zero(shape.window_cells());
        let month_of = self.months(shape);
        let (lines, mut months) = (&self.purchases, Months::default());
        for customer in (0..self.customers.len()).filter(|&customer| !odd.customers[customer]) {
            for line in self.lines_of(customer).filter(|&line| self.is_of(variant, line)) {
                let order = (lines.amount[line] > 0).then(|| lines.order[line]);
                months.line(month_of[usize::from(lines.day[line])], order);
            }
            if months.active.is_empty() {
                continue;
            }
            let first = self.customers.first_purchase[customer];
            let first = (first != NO_DAY).then(|| month_of[usize::from(first)]);
            let base = self.stratum(shape, customer) * shape.windows();
            let worth = Worth {
                lifetime_value: self.customers.lifetime_value[customer],
                recency_days: self.recency_days(customer).unwrap_or(0).into(),
                orders: self.customers.orders[customer].into(),
            };
            months.count(&mut cells, first, &worth, |from, to| base + shape.window(from, to));
        }
        cells
    }
}

/// The months in which one customer bought, in one variant.
#[derive(Clone, Default)]
struct Months {
    /// Months with a line.
    active: Vec<usize>,
    /// Months of orders, one entry an order.
    orders: Vec<usize>,
    last_order: Option<u32>,
}

impl Months {
    fn line(&mut self, month: usize, order: Option<u32>) {
        self.active.push(month);
        if order.is_some() && order != self.last_order {
            self.last_order = order;
            self.orders.push(month);
        }
    }

    /// Adds the customer to every first month from which the window's count changes, and forgets
    /// about the customer.
    fn count<W: Windows>(
        &mut self,
        into: &mut W,
        first_purchase: Option<usize>,
        worth: &Worth,
        window: impl Fn(usize, usize) -> usize,
    ) {
        self.active.sort_unstable();
        self.orders.sort_unstable();
        let mut from = 0;
        for &month in &self.active {
            // Windows that begin in `from..=month` see the customer first in this month.
            for start in from..=month {
                into.seen(window(start, month), worth);
                if let Some(first) = first_purchase.filter(|&first| first >= start) {
                    into.common().new_customers[window(start, month.max(first))] += 1;
                }
            }
            from = from.max(month + 1);
        }
        let (cells, mut from) = (into.common(), 0);
        for (at, &month) in self.orders.iter().enumerate() {
            for start in from..=month {
                cells.ordering[window(start, month)] += 1;
                if let Some(&second) = self.orders.get(at + 1) {
                    cells.repeat[window(start, second)] += 1;
                }
            }
            from = from.max(month + 1);
        }
        self.active.clear();
        self.orders.clear();
        self.last_order = None;
    }
}
