//! The list of customers in scope; the order of the last list is kept for its other windows.

use std::sync::{Arc, Mutex};

use snapshot::columns::{NO_DAY, NOT_SCORED};

use super::Columns;
use super::lens::Lens;
use crate::members::{Member, MemberSort, Members, MembersAsk};

/// All customers of a list in order, and the list asked for.
#[derive(Debug, Default)]
pub(super) struct LastList(Mutex<Option<(MembersAsk, Arc<[u32]>)>>);

/// What is summed over a customer's feedback, for all customers.
#[derive(Debug, Default)]
pub(super) struct Scores {
    sum: Vec<u32>,
    count: Vec<u32>,
}

impl Scores {
    /// Adds up the scores of each of so many customers.
    pub fn of(customers: usize, feedback: &snapshot::FeedbackColumns) -> Self {
        let mut scores = Self { sum: vec![0; customers], count: vec![0; customers] };
        for (&customer, &score) in feedback.customer.iter().zip(&feedback.score) {
            let at = customer as usize;
            if let (Some(sum), Some(count)) = (scores.sum.get_mut(at), scores.count.get_mut(at)) {
                *sum += u32::from(score);
                *count += 1;
            }
        }
        scores
    }
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
        let order = self.order(ask, &lenses);
        let window = order.iter().skip(ask.offset as usize).take(ask.limit as usize);
        let rows = window.map(|&customer| self.member(&lenses, customer as usize)).collect();
        Members { count: order.len() as u32, rows }
    }

    fn order(&self, ask: &MembersAsk, lenses: &Lenses) -> Arc<[u32]> {
        let list = MembersAsk { offset: 0, limit: 0, ..ask.clone() };
        // Without the lock (a panic elsewhere) lists are made, only not kept.
        let mut kept = self.last_list.0.lock().ok();
        if let Some(Some((last, order))) = kept.as_deref()
            && *last == list
        {
            return order.clone();
        }
        let order = self.sorted(&list, lenses);
        if let Some(kept) = kept.as_deref_mut() {
            *kept = Some((list, order.clone()));
        }
        order
    }

    fn sorted(&self, ask: &MembersAsk, lenses: &Lenses) -> Arc<[u32]> {
        let lens = &lenses.now;
        let mut keys: Vec<(bool, i64, u32)> = Vec::new();
        for customer in 0..self.customers.len() {
            if !lens.customer(self, customer) {
                continue;
            }
            let (active, revenue) = self.revenue_of(lens, customer);
            if active || lens.without_purchase() {
                let key = self.key(ask.sort, lenses, customer, revenue);
                let upward = |key: i64| if ask.descending { key.saturating_neg() } else { key };
                keys.push((key.is_none(), key.map_or(0, upward), customer as u32));
            }
        }
        keys.sort_unstable();
        keys.into_iter().map(|(_, _, customer)| customer).collect()
    }

    fn key(&self, sort: MemberSort, lenses: &Lenses, customer: usize, revenue: i64) -> Option<i64> {
        let customers = &self.customers;
        match sort {
            MemberSort::LifetimeValue => Some(customers.lifetime_value[customer]),
            MemberSort::Revenue => Some(revenue),
            MemberSort::Change => {
                let before = lenses.before.as_ref()?;
                Some(revenue - self.revenue_of(before, customer).1)
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
            customer: customer as u32,
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
