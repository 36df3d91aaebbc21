//! The list of customers in scope; the last list is kept for its other windows.

use std::sync::Mutex;

use snapshot::FeedbackColumns;
use snapshot::columns::{NO_DAY, NOT_SCORED};
use snapshot::cubes::ScoreSums;

use super::Columns;
use super::lens::Lens;
use crate::members::{Member, MemberSort, Members, MembersAsk};
use crate::narrow;

/// The list asked for last.
#[derive(Debug, Default)]
pub(super) struct LastList(Mutex<Option<(MembersAsk, List)>>);

/// What a customer is sorted by: those without such a value come last, then by number.
type Key = (bool, i64, u32);

/// The customers of a list, of whom the first are in order: as many as somebody looked at.
#[derive(Debug)]
struct List {
    keys: Vec<Key>,
    sorted: usize,
}

impl List {
    /// The customers at some places.
    fn window(&mut self, offset: usize, limit: usize) -> Vec<u32> {
        let end = offset.saturating_add(limit).min(self.keys.len());
        if end > self.sorted {
            // More than is asked for, so that looking on does not look through all again.
            let until = end.saturating_mul(2).max(SORTED_AT_ONCE).min(self.keys.len());
            let rest = &mut self.keys[self.sorted..];
            let count = until.saturating_sub(self.sorted);
            if count < rest.len() {
                rest.select_nth_unstable(count);
            }
            rest[..count].sort_unstable();
            self.sorted = until;
        }
        let window = self.keys.get(offset..end).unwrap_or_default();
        window.iter().map(|&(_, _, customer)| customer).collect()
    }
}

/// Customers of a list that are put in order at least.
const SORTED_AT_ONCE: usize = 4_096;

/// Adds up the scores of each of so many customers.
#[expect(clippy::arithmetic_side_effects, reason = "`MOST_ROWS` scores of 5 have 32 bits")]
pub(super) fn added_up(customers: usize, feedback: &FeedbackColumns) -> ScoreSums {
    let mut scores = ScoreSums { sum: vec![0; customers], count: vec![0; customers] };
    for (&customer, &score) in feedback.customer.iter().zip(&feedback.score) {
        let at = customer as usize;
        if let (Some(sum), Some(count)) = (scores.sum.get_mut(at), scores.count.get_mut(at)) {
            *sum += u32::from(score);
            *count += 1;
        }
    }
    scores
}

/// The lenses of the period and of the one compared with.
struct Lenses {
    now: Lens,
    before: Option<Lens>,
}

impl Columns {
    pub(super) fn scan_members(&self, ask: &MembersAsk) -> Members {
        let lenses = Lenses {
            now: Lens::new(self, &ask.scope),
            before: ask.compared.map(|range| Lens::new(self, &ask.scope.over(range))),
        };
        let (count, window) = self.window(ask, &lenses);
        let rows = window.into_iter().map(|customer| self.member(&lenses, customer as usize));
        Members { count: narrow::row(count), rows: rows.collect() }
    }

    /// How many customers are in the list, and those in the window.
    fn window(&self, ask: &MembersAsk, lenses: &Lenses) -> (usize, Vec<u32>) {
        let asked = MembersAsk { offset: 0, limit: 0, ..ask.clone() };
        let window = |list: &mut List| {
            (list.keys.len(), list.window(ask.offset as usize, ask.limit as usize))
        };
        // Without the lock (a panic elsewhere) lists are made, only not kept.
        let Ok(mut kept) = self.last_list.0.lock() else {
            return window(&mut self.list(&asked, lenses));
        };
        match &mut *kept {
            Some((last, list)) if *last == asked => window(list),
            kept => {
                // The room of the last list is given back before another is made.
                *kept = None;
                let list = self.list(&asked, lenses);
                window(&mut kept.insert((asked, list)).1)
            }
        }
    }

    fn list(&self, ask: &MembersAsk, lenses: &Lenses) -> List {
        let selection = self.selection(&ask.scope);
        let mut keys = Vec::new();
        let mut add = |customer: usize, lines: &[u32]| {
            let key = self.key(ask.sort, lenses, customer, lines);
            let upward = |key: i64| if ask.descending { key.saturating_neg() } else { key };
            keys.push((key.is_none(), key.map_or(0, upward), narrow::row(customer)));
        };
        if lenses.now.without_purchase() {
            let mut buyers = selection.buyers().peekable();
            for customer in (0..self.customers.len()).filter(|&at| lenses.now.customer(self, at)) {
                let lines = buyers.next_if(|&(buyer, _)| buyer == customer);
                add(customer, lines.map_or(&[], |(_, lines)| lines));
            }
        } else {
            selection.buyers().for_each(|(customer, lines)| add(customer, lines));
        }
        List { keys, sorted: 0 }
    }

    /// What a customer with these lines in scope is sorted by.
    fn key(
        &self,
        sort: MemberSort,
        lenses: &Lenses,
        customer: usize,
        lines: &[u32],
    ) -> Option<i64> {
        let customers = &self.customers;
        let revenue =
            || lines.iter().map(|&line| self.purchases.amount[line as usize]).sum::<i64>();
        match sort {
            MemberSort::LifetimeValue => Some(customers.lifetime_value[customer]),
            MemberSort::Revenue => Some(revenue()),
            MemberSort::Change => {
                let before = lenses.before.as_ref()?;
                Some(revenue().saturating_sub(self.revenue_of(before, customer).1))
            }
            MemberSort::Orders => Some(customers.orders[customer].into()),
            MemberSort::LastPurchase => {
                let day = customers.last_purchase[customer];
                (day != NO_DAY).then_some(day.into())
            }
            MemberSort::Segment => Some(customers.segment[customer].into()),
            MemberSort::Churn => Some(customers.churn[customer].into()),
            MemberSort::Rfm => {
                let code = customers.rfm_segment[customer];
                (code != NOT_SCORED).then_some(code.into())
            }
            MemberSort::Satisfaction => {
                let (sum, count) = (self.scores.sum[customer], self.scores.count[customer]);
                let mean = f64::from(sum) / f64::from(count.max(1));
                // Positive floating-point numbers are in the order of their bits.
                (count > 0).then(|| mean.to_bits().cast_signed())
            }
        }
    }

    fn member(&self, lenses: &Lenses, customer: usize) -> Member {
        let customers = &self.customers;
        let rfm = customers.rfm_segment[customer];
        let before = lenses.before.as_ref();
        Member {
            customer: narrow::row(customer),
            segment: customers.segment[customer],
            churn: customers.churn[customer],
            rfm_segment: (rfm != NOT_SCORED).then_some(rfm),
            lifetime_value: customers.lifetime_value[customer],
            orders: customers.orders[customer],
            recency_days: self.recency_days(customer),
            revenue: self.revenue_of(&lenses.now, customer).1,
            revenue_before: before.map(|lens| self.revenue_of(lens, customer).1),
            score_sum: self.scores.sum[customer],
            score_count: self.scores.count[customer],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_those_of_the_whole_list_in_order() {
        let keys: Vec<Key> = (0..20_000_u32)
            .map(|at| (at % 7 == 0, i64::from(at.wrapping_mul(0x9e37_79b9) % 500), at))
            .collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        let mut list = List { keys, sorted: 0 };
        for (offset, limit) in
            [(0, 10), (4_000, 200), (15_000, 100), (50, 50), (19_990, 90), (30_000, 5)]
        {
            let window = list.window(offset, limit);
            let expected = sorted.iter().skip(offset).take(limit).map(|&(_, _, at)| at);
            assert_eq!(window, expected.collect::<Vec<_>>(), "{offset} {limit}");
        }
    }
}
