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
            let stratum = self.stratum(shape, customer);
            let worth = [
                (0, 1),
                (1, self.customers.lifetime_value[customer]),
                (5, self.recency_days(customer).unwrap_or(0).into()),
                (6, self.customers.orders[customer].into()),
            ];
            // Coarse strata do not tell of recency and orders.
            let known = worth.iter().take_while(|&&(column, _)| column < cells.len()).count();
            let mut into = Starts { cells: &mut cells, shape, stratum };
            months.count(&mut into, first, &worth[..known]);
        }
        cells.iter_mut().for_each(|column| sum_starts(column, shape));
        Cube::Dense(cells)
    }
}

/// Cells in which a window holds how much more it counts than the one that begins a month before
/// and ends with it: so a customer who is in many windows is added to two of them.
struct Starts<'a> {
    cells: &'a mut [Vec<i64>],
    shape: Shape,
    stratum: usize,
}

impl Starts<'_> {
    /// Adds to all windows that begin in one of these months, both included, and end in another.
    fn add(&mut self, column: usize, (first, last): (usize, usize), end: usize, value: i64) {
        if first > last {
            return;
        }
        let base = self.stratum * self.shape.windows();
        let cells = &mut self.cells[column];
        cells[base + self.shape.window(first, end)] += value;
        if last < end {
            cells[base + self.shape.window(last + 1, end)] -= value;
        }
    }
}

/// From how much more each window counts to how much.
fn sum_starts(column: &mut [i64], shape: Shape) {
    for stratum in column.chunks_mut(shape.windows().max(1)) {
        for end in 0..shape.months {
            let mut sum = 0;
            for first in 0..=end {
                let cell = &mut stratum[shape.window(first, end)];
                sum += *cell;
                *cell = sum;
            }
        }
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
        into: &mut Starts<'_>,
        first_purchase: Option<usize>,
        worth: &[(usize, i64)],
    ) {
        self.active.sort_unstable();
        self.orders.sort_unstable();
        let mut from = 0;
        for &month in &self.active {
            // Windows that begin in `from..=month` see the customer first in this month.
            worth.iter().for_each(|&(column, value)| into.add(column, (from, month), month, value));
            if let Some(first) = first_purchase {
                into.add(NEW, (from, month.min(first)), month.max(first), 1);
            }
            from = from.max(month + 1);
        }
        let mut from = 0;
        for (at, &month) in self.orders.iter().enumerate() {
            into.add(ORDERING, (from, month), month, 1);
            if let Some(&second) = self.orders.get(at + 1) {
                into.add(REPEAT, (from, month), second, 1);
            }
            from = from.max(month + 1);
        }
        self.active.clear();
        self.orders.clear();
        self.last_order = None;
    }
}
