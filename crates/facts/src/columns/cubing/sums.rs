//! Sums by stratum and period.

use std::ops::Range;

use snapshot::columns::NO_CUSTOMER;
use snapshot::cubes::{Choice, Cube, Shape};

use super::Irregular;
use super::periods::Periods;
use crate::columns::Columns;

/// Revenue, units, lines and orders.
type Sales = [Vec<i64>; 4];

/// Columns of zero.
pub(super) fn zero<const COLUMNS: usize>(cells: usize) -> [Vec<i64>; COLUMNS] {
    std::array::from_fn(|_| vec![0; cells])
}

impl Columns {
    pub(super) fn sales(
        &self,
        shape: Shape,
        periods: &Periods,
        irregular: &Irregular,
        choice: Choice,
    ) -> Cube {
        let mut sales: Sales = zero((shape.strata() + 1) * periods.count);
        let mut add = |stratum: usize, owned: Range<usize>| {
            self.add_sales(&mut sales, choice, periods, (stratum * periods.count, owned));
        };
        for customer in (0..self.customers.len()).filter(|&customer| !irregular.customers[customer])
        {
            add(self.stratum(shape, customer), self.lines_of(customer));
        }
        let mut start = self.guest_lines().start;
        for line in self.guest_lines() {
            if irregular.orders.contains(&self.purchases.order[line]) {
                add(shape.strata(), start..line);
                start = line + 1;
            }
        }
        add(shape.strata(), start..self.purchases.len());
        Cube::Dense(sales.into())
    }

    /// Adds lines of one stratum, whose row of periods begins at a cell; the lines of an order
    /// stand together among them, and are of one day.
    fn add_sales(
        &self,
        [revenue, units, count, orders]: &mut Sales,
        choice: Choice,
        periods: &Periods,
        (row, owned): (usize, Range<usize>),
    ) {
        let lines = &self.purchases;
        let mut last_order = u32::MAX;
        for line in owned.filter(|&line| self.is_of(choice, line)) {
            let cell = row + periods.of_day(lines.day[line]);
            revenue[cell] += lines.amount[line];
            units[cell] += i64::from(lines.quantity[line]);
            count[cell] += 1;
            if lines.amount[line] > 0 && last_order != lines.order[line] {
                last_order = lines.order[line];
                orders[cell] += 1;
            }
        }
    }

    /// True if a line is of chosen categories.
    #[inline]
    pub(super) fn is_of(&self, choice: Choice, line: usize) -> bool {
        choice.has(self.purchases.category[line])
    }

    /// All feedback and contacts.
    pub(super) fn all_feedback(&self, shape: Shape, periods: &Periods) -> Cube {
        let mut feedback: [Vec<i64>; 7] = zero((shape.strata() + 1) * periods.count);
        self.each_feedback(|column, customer, day| {
            let row = self.stratum_or_nobody(shape, customer) * periods.count;
            feedback[column][row + periods.of_day(day)] += 1;
        });
        Cube::Dense(feedback.into())
    }

    /// Every score and contact, by its column: scores of 1 to 5, contacts, responses.
    pub(super) fn each_feedback(&self, mut take: impl FnMut(usize, u32, u16)) {
        let (feedback, contacts) = (&self.feedback, &self.contacts);
        let dated = feedback.customer.iter().zip(&feedback.day);
        for ((&customer, &day), &score) in dated.zip(&feedback.score) {
            take(usize::from(score) - 1, customer, day);
        }
        let dated = contacts.customer.iter().zip(&contacts.day);
        for ((&customer, &day), &responded) in dated.zip(&contacts.responded) {
            take(5, customer, day);
            if responded != 0 {
                take(6, customer, day);
            }
        }
    }

    /// The stratum of a row's customer, or that of nobody known.
    pub(super) fn stratum_or_nobody(&self, shape: Shape, customer: u32) -> usize {
        match customer {
            NO_CUSTOMER => shape.strata(),
            customer => self.stratum(shape, customer as usize),
        }
    }

    /// Everybody by classes, whether they bought or not.
    pub(super) fn headcount(&self, shape: Shape) -> Cube {
        let [mut customers, mut lifetime_value, mut ordering, mut repeat] = zero(shape.strata());
        for customer in 0..self.customers.len() {
            let row = self.stratum(shape, customer);
            let orders = self.customers.orders[customer];
            customers[row] += 1;
            lifetime_value[row] += self.customers.lifetime_value[customer];
            ordering[row] += i64::from(orders >= 1);
            repeat[row] += i64::from(orders >= 2);
        }
        Cube::Dense(vec![customers, lifetime_value, ordering, repeat])
    }
}
