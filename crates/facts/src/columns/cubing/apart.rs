//! Customers who are kept as they are: the most valuable, those who are drawn as points, and
//! those whose orders do not add up.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use snapshot::cubes::{Excerpt, ScoreSums, Shape};
use snapshot::{CustomerColumns, PurchaseColumns};

use crate::columns::Columns;
use crate::narrow;

impl Columns {
    pub(super) fn irregular_excerpt(&self, irregular: &Irregular) -> Excerpt {
        let mut excerpt = Excerpt::default();
        for customer in (0..self.customers.len()).filter(|&customer| irregular.customers[customer])
        {
            self.copy_customer(customer, &mut excerpt.customers);
            self.copy_lines(self.lines_of(customer), &mut excerpt.purchases);
        }
        for line in self.guest_lines() {
            if irregular.orders.contains(&self.purchases.order[line]) {
                self.copy_lines(line..line + 1, &mut excerpt.purchases);
            }
        }
        excerpt
    }

    /// The `most` most valuable customers of each stratum.
    pub(super) fn leaders(&self, shape: Shape, most: usize) -> Excerpt {
        let mut strata: Vec<Vec<u32>> = vec![Vec::new(); shape.strata()];
        for customer in 0..self.customers.len() {
            strata[self.stratum(shape, customer)].push(narrow::row(customer));
        }
        let rank = |&customer: &u32| {
            (std::cmp::Reverse(self.customers.lifetime_value[customer as usize]), customer)
        };
        let mut numbers: Vec<u32> = Vec::new();
        for stratum in &mut strata {
            stratum.sort_unstable_by_key(rank);
            numbers.extend(stratum.iter().take(most));
        }
        numbers.sort_unstable();
        let (mut customers, mut purchases) =
            (CustomerColumns::default(), PurchaseColumns::default());
        for &number in &numbers {
            self.copy_customer(number as usize, &mut customers);
            self.copy_lines(self.lines_of(number as usize), &mut purchases);
        }
        let scores = Some(self.score_sums(&numbers));
        Excerpt { numbers, customers, purchases, scores }
    }

    fn score_sums(&self, customers: &[u32]) -> ScoreSums {
        let of = |column: &[u32]| customers.iter().map(|&at| column[at as usize]).collect();
        ScoreSums { sum: of(&self.scores.sum), count: of(&self.scores.count) }
    }

    /// The pool; of their lines, one a day and category, in the order of days.
    pub(super) fn pool_excerpt(&self) -> Excerpt {
        let mut excerpt = Excerpt::default();
        for number in self.find_pool() {
            let customer = number as usize;
            let (day, category) = (&self.purchases.day, &self.purchases.category);
            let lines = self.lines_of(customer).map(|line| (day[line], category[line]));
            let lines: BTreeSet<(u16, u16)> = lines.collect();
            self.copy_customer(customer, &mut excerpt.customers);
            if let Some(count) = excerpt.customers.lines.last_mut() {
                *count = narrow::row(lines.len());
            }
            excerpt.purchases.day.extend(lines.iter().map(|&(day, _)| day));
            excerpt.purchases.category.extend(lines.iter().map(|&(_, category)| category));
            excerpt.numbers.push(number);
        }
        let lines = excerpt.purchases.len();
        excerpt.purchases.amount.resize(lines, 0);
        excerpt.purchases.quantity.resize(lines, 0);
        excerpt.purchases.order.resize(lines, 0);
        excerpt
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
pub(super) struct Irregular {
    pub(super) customers: Vec<bool>,
    pub(super) orders: HashSet<u32>,
}

impl Irregular {
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
        let is_irregular = |customer| {
            !orders.is_empty()
                && columns.lines_of(customer).any(|line| orders.contains(&lines.order[line]))
        };
        let customers = (0..columns.customers.len()).map(is_irregular).collect();
        Self { customers, orders }
    }
}
