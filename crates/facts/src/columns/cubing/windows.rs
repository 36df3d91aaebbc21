//! Distinct customers of every window of whole months.

use snapshot::columns::NO_DAY;
use snapshot::cubes::{Choice, Cube, CubeSpec, Shape};

use super::Irregular;
use super::periods::Periods;
use crate::columns::Columns;

/// Columns of new, ordering and repeat customers; what a customer counts for stands beside them.
const NEW: usize = 2;
const ORDERING: usize = 3;
const REPEAT: usize = 4;

impl Columns {
    pub(super) fn windows(
        &self,
        spec: &CubeSpec,
        shape: Shape,
        periods: &Periods,
        irregular: &Irregular,
        choice: Choice,
    ) -> Cube {
        let mut cells = vec![vec![0; shape.strata() * shape.windows()]; spec.columns().len()];
        let (lines, mut months) = (&self.purchases, Months::default());
        for customer in (0..self.customers.len()).filter(|&customer| !irregular.customers[customer])
        {
            for line in self.lines_of(customer).filter(|&line| self.is_of(choice, line)) {
                let order = (lines.amount[line] > 0).then(|| lines.order[line]);
                months.line(periods.of_day(lines.day[line]), order);
            }
            if months.active.is_empty() {
                continue;
            }
            let first = self.customers.first_purchase[customer];
            let first = (first != NO_DAY).then(|| periods.of_day(first));
            let base = self.stratum(shape, customer) * shape.windows();
            let worth = [
                (0, 1),
                (1, self.customers.lifetime_value[customer]),
                (5, self.recency_days(customer).unwrap_or(0).into()),
                (6, self.customers.orders[customer].into()),
            ];
            // Coarse strata do not tell of recency and orders.
            let known = worth.iter().take_while(|&&(column, _)| column < cells.len()).count();
            let window = |from, to| base + shape.window(from, to);
            months.count(&mut cells, first, &worth[..known], window);
        }
        Cube::Dense(cells)
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
    fn count(
        &mut self,
        into: &mut [Vec<i64>],
        first_purchase: Option<usize>,
        worth: &[(usize, i64)],
        window: impl Fn(usize, usize) -> usize,
    ) {
        self.active.sort_unstable();
        self.orders.sort_unstable();
        let mut from = 0;
        for &month in &self.active {
            // Windows that begin in `from..=month` see the customer first in this month.
            for start in from..=month {
                let cell = window(start, month);
                worth.iter().for_each(|&(column, value)| into[column][cell] += value);
                if let Some(first) = first_purchase.filter(|&first| first >= start) {
                    into[NEW][window(start, month.max(first))] += 1;
                }
            }
            from = from.max(month + 1);
        }
        let mut from = 0;
        for (at, &month) in self.orders.iter().enumerate() {
            for start in from..=month {
                into[ORDERING][window(start, month)] += 1;
                if let Some(&second) = self.orders.get(at + 1) {
                    into[REPEAT][window(start, second)] += 1;
                }
            }
            from = from.max(month + 1);
        }
        self.active.clear();
        self.orders.clear();
        self.last_order = None;
    }
}
