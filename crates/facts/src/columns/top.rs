//! The most valuable customers in scope.

use std::cmp::Reverse;

use super::Columns;
use super::lens::Lens;
use crate::measure::TopCustomer;
use crate::scope::Scope;

impl Columns {
    /// The `count` customers in scope with the greatest lifetime value; ties by number.
    pub(super) fn scan_top(&self, scope: &Scope, count: usize) -> Vec<TopCustomer> {
        let lens = Lens::new(self, scope);
        let mut best: Vec<TopCustomer> = Vec::with_capacity(count + 1);
        for customer in 0..self.customers.len() {
            let value = self.customers.lifetime_value[customer];
            let too_low =
                best.len() == count && best.last().is_none_or(|last| last.lifetime_value >= value);
            if too_low || !lens.customer(self, customer) {
                continue;
            }
            let (active, revenue_in_scope) = self.revenue_of(&lens, customer);
            if active || lens.without_purchase() {
                best.push(TopCustomer {
                    customer: customer as u32,
                    lifetime_value: value,
                    orders: self.customers.orders[customer],
                    revenue_in_scope,
                });
                best.sort_by_key(|row| (Reverse(row.lifetime_value), row.customer));
                best.truncate(count);
            }
        }
        best
    }

    /// Whether a customer has a line in scope, and the net amount of those lines.
    pub(super) fn revenue_of(&self, lens: &Lens, customer: usize) -> (bool, i64) {
        let lines = lens.lines(self, customer);
        let in_scope = lines.filter(|&line| lens.line(self, line));
        in_scope.fold((false, 0), |(_, sum), line| (true, sum + self.purchases.amount[line]))
    }
}
