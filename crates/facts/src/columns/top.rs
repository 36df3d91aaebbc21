//! The most valuable customers in scope.

use std::cmp::Reverse;

use super::Columns;
use super::lens::Lens;
use crate::measure::TopCustomer;
use crate::narrow;
use crate::scope::Scope;

impl Columns {
    /// The `count` customers in scope with the greatest lifetime value; ties by number.
    pub(super) fn scan_top(&self, scope: &Scope, count: usize) -> Vec<TopCustomer> {
        let lens = Lens::new(self, scope);
        let mut best: Vec<TopCustomer> =
            Vec::with_capacity(count.min(self.customers.len()).saturating_add(1));
        for customer in 0..self.customers.len() {
            let value = self.customers.lifetime_value[customer];
            let too_low =
                best.len() == count && best.last().is_none_or(|last| last.lifetime_value >= value);
            if too_low || !lens.customer(self, customer) {
                continue;
            }
            let (active, revenue_in_scope) = self.revenue_of(&lens, customer);
            if active || lens.without_purchase() {
                let row = TopCustomer {
                    customer: narrow::row(customer),
                    lifetime_value: value,
                    orders: self.customers.orders[customer],
                    revenue_in_scope,
                };
                let place = |row: &TopCustomer| (Reverse(row.lifetime_value), row.customer);
                let at = best.partition_point(|better| place(better) < place(&row));
                best.insert(at, row);
                best.truncate(count);
            }
        }
        best
    }

    /// Whether a customer has a line in scope, and the net amount of those lines.
    #[expect(clippy::arithmetic_side_effects, reason = "amounts add up to at most `MOST_SUM`")]
    pub(super) fn revenue_of(&self, lens: &Lens, customer: usize) -> (bool, i64) {
        if !lens.meets(self.spans[customer]) {
            return (false, 0);
        }
        let lines = &self.purchases;
        let in_scope = self
            .lines_of(customer)
            .filter(|&line| lens.day(lines.day[line]) && lens.category(lines.category[line]));
        in_scope.fold((false, 0), |(_, sum), line| (true, sum + lines.amount[line]))
    }
}
