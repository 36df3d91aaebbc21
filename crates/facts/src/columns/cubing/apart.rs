//! Customers who are kept as they are: the most valuable, and those whose orders do not add up.

use std::collections::HashSet;
use std::ops::Range;

use snapshot::cubes::{Leaders, Shape};
use snapshot::{CustomerColumns, PurchaseColumns};

use crate::columns::Columns;

/// Customers kept of each stratum for top lists.
const LEADERS: usize = 64;

impl Columns {
    pub(super) fn odd_columns(&self, odd: &Odd) -> (CustomerColumns, PurchaseColumns) {
        let (mut customers, mut purchases) = Default::default();
        for customer in (0..self.customers.len()).filter(|&customer| odd.customers[customer]) {
            self.copy_customer(customer, &mut customers);
            self.copy_lines(self.lines_of(customer), &mut purchases);
        }
        for line in self.guest_lines() {
            if odd.orders.contains(&self.purchases.order[line]) {
                self.copy_lines(line..line + 1, &mut purchases);
            }
        }
        (customers, purchases)
    }

    pub(super) fn leaders(&self, shape: Shape) -> Leaders {
        let mut strata: Vec<Vec<u32>> = vec![Vec::new(); shape.strata()];
        for customer in 0..self.customers.len() {
            strata[self.stratum(shape, customer)].push(customer as u32);
        }
        let rank = |&customer: &u32| {
            (std::cmp::Reverse(self.customers.lifetime_value[customer as usize]), customer)
        };
        let mut numbers: Vec<u32> = Vec::new();
        for stratum in &mut strata {
            stratum.sort_unstable_by_key(rank);
            numbers.extend(stratum.iter().take(LEADERS));
        }
        numbers.sort_unstable();
        let (mut customers, mut purchases) =
            (CustomerColumns::default(), PurchaseColumns::default());
        for &number in &numbers {
            self.copy_customer(number as usize, &mut customers);
            self.copy_lines(self.lines_of(number as usize), &mut purchases);
        }
        Leaders { numbers, customers, purchases }
    }

    fn copy_customer(&self, at: usize, into: &mut CustomerColumns) {
        let from = &self.customers;
        into.segment.push(from.segment[at]);
        into.churn.push(from.churn[at]);
        into.rfm_segment.push(from.rfm_segment[at]);
        into.first_purchase.push(from.first_purchase[at]);
        into.last_purchase.push(from.last_purchase[at]);
        into.orders.push(from.orders[at]);
        into.lifetime_value.push(from.lifetime_value[at]);
        into.lines.push(from.lines[at]);
    }

    fn copy_lines(&self, owned: Range<usize>, into: &mut PurchaseColumns) {
        let lines = &self.purchases;
        into.day.extend(&lines.day[owned.clone()]);
        into.category.extend(&lines.category[owned.clone()]);
        into.amount.extend(&lines.amount[owned.clone()]);
        into.quantity.extend(&lines.quantity[owned.clone()]);
        into.order.extend(&lines.order[owned]);
    }
}

/// Orders that distinct counts cannot add up, and the customers who have one.
pub(super) struct Odd {
    pub(super) customers: Vec<bool>,
    pub(super) orders: HashSet<u32>,
}

impl Odd {
    pub(super) fn find(columns: &Columns) -> Self {
        let lines = &columns.purchases;
        let mut orders = columns.shared_orders.clone();
        let mut last = (u32::MAX, 0_u16);
        for ((&order, &day), &amount) in lines.order.iter().zip(&lines.day).zip(&lines.amount) {
            if amount > 0 {
                if last.0 == order && last.1 != day {
                    orders.insert(order);
                }
                last = (order, day);
            }
        }
        let is_odd = |customer| {
            !orders.is_empty()
                && columns.lines_of(customer).any(|line| orders.contains(&lines.order[line]))
        };
        let customers = (0..columns.customers.len()).map(is_odd).collect();
        Self { customers, orders }
    }
}
