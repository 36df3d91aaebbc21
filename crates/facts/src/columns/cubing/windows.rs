//! Distinct customers of every window of whole months.

use snapshot::columns::NO_DAY;
use snapshot::cubes::{Cells, Shape, WindowCells};

use super::Odd;
use crate::columns::Columns;

impl Columns {
    pub(super) fn windows(&self, shape: Shape, odd: &Odd) -> Vec<WindowCells> {
        let cells = shape.strata() * shape.windows();
        let mut cubes = vec![WindowCells::zero(cells); shape.variants()];
        let mut months: Vec<Months> = vec![Months::default(); shape.variants()];
        let month_of: Vec<usize> = (0..shape.days).map(|day| self.month(day as u16)).collect();
        let lines = &self.purchases;
        for customer in (0..self.customers.len()).filter(|&customer| !odd.customers[customer]) {
            let mut touched = Vec::new();
            for line in self.lines_of(customer) {
                let month = month_of[usize::from(lines.day[line])];
                let order = (lines.amount[line] > 0).then(|| lines.order[line]);
                for variant in [0, usize::from(lines.category[line]) + 1] {
                    if months[variant].active.is_empty() {
                        touched.push(variant);
                    }
                    months[variant].line(month, order);
                }
            }
            let first = self.customers.first_purchase[customer];
            let first = (first != NO_DAY).then(|| month_of[usize::from(first)]);
            let base = self.stratum(shape, customer) * shape.windows();
            let value = self.customers.lifetime_value[customer];
            for variant in touched {
                std::mem::take(&mut months[variant]).count(
                    &mut cubes[variant],
                    first,
                    value,
                    |from, to| base + shape.window(from, to),
                );
            }
        }
        cubes
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

    /// Adds the customer to every first month from which the window's count changes.
    fn count(
        mut self,
        cells: &mut WindowCells,
        first_purchase: Option<usize>,
        lifetime_value: i64,
        window: impl Fn(usize, usize) -> usize,
    ) {
        self.active.sort_unstable();
        self.orders.sort_unstable();
        let mut from = 0;
        for &month in &self.active {
            // Windows that begin in `from..=month` see the customer first in this month.
            for start in from..=month {
                cells.customers[window(start, month)] += 1;
                cells.lifetime_value[window(start, month)] += lifetime_value;
                if let Some(first) = first_purchase.filter(|&first| first >= start) {
                    cells.new_customers[window(start, month.max(first))] += 1;
                }
            }
            from = from.max(month + 1);
        }
        let mut from = 0;
        for (at, &month) in self.orders.iter().enumerate() {
            for start in from..=month {
                cells.ordering[window(start, month)] += 1;
                if let Some(&second) = self.orders.get(at + 1) {
                    cells.repeat[window(start, second)] += 1;
                }
            }
            from = from.max(month + 1);
        }
    }
}
