//! The pass over the columns that answers every grouping of sums and counts.

use std::collections::HashSet;

use snapshot::columns::{NO_CUSTOMER, NO_DAY, NOT_SCORED};

use super::Columns;
use super::lens::Lens;
use crate::measure::Totals;
use crate::period::Bucket;
use crate::scope::{Dimension, Scope};

/// How rows are put into groups; `None` leaves a row out.
enum Keys {
    One,
    Customer(Vec<u8>),
    Category,
    /// Group of each day code.
    Day(Vec<Option<u16>>),
}

impl Keys {
    #[inline]
    fn of_line(&self, columns: &Columns, customer: Option<usize>, line: usize) -> Option<usize> {
        match self {
            Self::One => Some(0),
            Self::Customer(_) => customer.and_then(|customer| self.of_customer(customer)),
            Self::Category => Some(usize::from(columns.purchases.category[line])),
            Self::Day(_) => self.of_day(columns.purchases.day[line]),
        }
    }

    /// The group of a customer as a whole, where groups are made of customers.
    #[inline]
    fn of_customer(&self, customer: usize) -> Option<usize> {
        match self {
            Self::One => Some(0),
            Self::Customer(codes) => {
                Some(usize::from(codes[customer])).filter(|&c| c != usize::from(NOT_SCORED))
            }
            Self::Category | Self::Day(_) => None,
        }
    }

    fn of_day(&self, day: u16) -> Option<usize> {
        match self {
            Self::Day(groups) => groups.get(usize::from(day)).copied().flatten().map(usize::from),
            _ => None,
        }
    }

    fn of_dated_row(&self, customer: u32, day: u16) -> Option<usize> {
        match self {
            Self::One => Some(0),
            Self::Customer(_) if customer != NO_CUSTOMER => self.of_customer(customer as usize),
            Self::Customer(_) | Self::Category => None,
            Self::Day(_) => self.of_day(day),
        }
    }
}

/// One group while the pass runs.
#[derive(Clone)]
struct Slot {
    totals: Totals,
    customer: u32,
    order: u32,
    customer_orders: u32,
}

struct Pass<'a> {
    columns: &'a Columns,
    lens: Lens,
    keys: Keys,
    slots: Vec<Slot>,
    in_scope: Vec<bool>,
    /// (group, order) already counted, for the rare orders of several customers.
    shared: HashSet<(usize, u32)>,
}

impl Columns {
    pub(super) fn scan_totals(&self, scope: &Scope) -> Vec<Totals> {
        self.scan(scope, Keys::One, 1)
    }

    pub(super) fn scan_by(&self, scope: &Scope, dimension: Dimension) -> Vec<Totals> {
        let labels = &self.meta().labels;
        let (keys, groups) = match dimension {
            Dimension::Segment => {
                (Keys::Customer(self.customers.segment.clone()), labels.segments.len())
            }
            Dimension::Churn => {
                (Keys::Customer(self.customers.churn.clone()), labels.churn_risks.len())
            }
            Dimension::Rfm => {
                (Keys::Customer(self.customers.rfm_segment.clone()), labels.rfm_segments.len())
            }
            Dimension::Category => (Keys::Category, labels.categories.len()),
        };
        self.scan(scope, keys, groups)
    }

    pub(super) fn scan_over_time(&self, scope: &Scope, buckets: &[Bucket]) -> Vec<Totals> {
        let mut groups = vec![None; usize::from(NO_DAY)];
        for (bucket, group) in buckets.iter().zip(0_u16..) {
            let code = |day: snapshot::Day| {
                (day.0 - self.meta().first_day.0).clamp(0, i32::from(NO_DAY)) as usize
            };
            let (from, to) = (code(bucket.range.from), code(bucket.range.to.plus(1)));
            groups[from..to.max(from)].fill(Some(group));
        }
        self.scan(scope, Keys::Day(groups), buckets.len())
    }

    fn scan(&self, scope: &Scope, keys: Keys, groups: usize) -> Vec<Totals> {
        let empty = Slot {
            totals: Totals::default(),
            customer: NO_CUSTOMER,
            order: u32::MAX,
            customer_orders: 0,
        };
        let mut pass = Pass {
            columns: self,
            lens: Lens::new(self, scope),
            keys,
            slots: vec![empty; groups],
            in_scope: vec![false; self.customers.len()],
            shared: HashSet::new(),
        };
        for customer in 0..self.customers.len() {
            if pass.lens.customer(self, customer) {
                pass.customer(customer);
            }
        }
        if pass.lens.guests() {
            let start = self.offsets.last().copied().unwrap_or(0) as usize;
            for line in start..self.purchases.len() {
                if pass.lens.line(self, line) {
                    pass.line(None, line);
                }
            }
        }
        pass.dated_rows();
        pass.slots.into_iter().map(|slot| slot.totals).collect()
    }
}

impl Pass<'_> {
    fn customer(&mut self, customer: usize) {
        let lines = self.lens.lines(self.columns, customer);
        let mut active = false;
        for line in lines {
            if self.lens.line(self.columns, line) {
                active = true;
                self.line(Some(customer), line);
            }
        }
        let counts = active || self.lens.without_purchase();
        // Feedback and contacts ask for a purchase in scope only when categories are chosen.
        self.in_scope[customer] = active || !self.lens.by_category;
        if counts && let Some(group) = self.keys.of_customer(customer) {
            self.count_customer(customer, group);
        }
    }

    #[inline]
    fn line(&mut self, customer: Option<usize>, line: usize) {
        let Some(group) = self.keys.of_line(self.columns, customer, line) else { return };
        let lines = &self.columns.purchases;
        let (amount, order) = (lines.amount[line], lines.order[line]);
        let slot = &mut self.slots[group];
        slot.totals.revenue += amount;
        slot.totals.units += i64::from(lines.quantity[line]);
        slot.totals.lines += 1;
        if let Some(customer) = customer
            && slot.customer != customer as u32
        {
            slot.customer = customer as u32;
            slot.customer_orders = 0;
            slot.order = u32::MAX;
            if matches!(self.keys, Keys::Category | Keys::Day(_)) {
                self.count_customer(customer, group);
            }
        }
        let slot = &mut self.slots[group];
        if amount > 0 && slot.order != order {
            slot.order = order;
            let again =
                self.columns.shared_orders.contains(&order) && !self.shared.insert((group, order));
            slot.totals.orders += i64::from(!again);
            if customer.is_some() {
                slot.customer_orders += 1;
                slot.totals.ordering_customers += i64::from(slot.customer_orders == 1);
                slot.totals.repeat_customers += i64::from(slot.customer_orders == 2);
            }
        }
    }

    fn count_customer(&mut self, customer: usize, group: usize) {
        let customers = &self.columns.customers;
        let first = customers.first_purchase[customer];
        let new = first != NO_DAY
            && self.lens.day(first)
            && (!matches!(self.keys, Keys::Day(_)) || self.keys.of_day(first) == Some(group));
        let totals = &mut self.slots[group].totals;
        totals.customers += 1;
        totals.lifetime_value += customers.lifetime_value[customer];
        totals.new_customers += i64::from(new);
    }

    fn dated_rows(&mut self) {
        let feedback = &self.columns.feedback;
        for ((&customer, &day), &score) in
            feedback.customer.iter().zip(&feedback.day).zip(&feedback.score)
        {
            if self.lens.dated_row(customer, day, &self.in_scope)
                && let Some(group) = self.keys.of_dated_row(customer, day)
            {
                self.slots[group].totals.scores[usize::from(score) - 1] += 1;
            }
        }
        let contacts = &self.columns.contacts;
        for ((&customer, &day), &responded) in
            contacts.customer.iter().zip(&contacts.day).zip(&contacts.responded)
        {
            if self.lens.dated_row(customer, day, &self.in_scope)
                && let Some(group) = self.keys.of_dated_row(customer, day)
            {
                self.slots[group].totals.contacts += 1;
                self.slots[group].totals.responses += i64::from(responded != 0);
            }
        }
    }
}
