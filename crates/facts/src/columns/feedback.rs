//! The pass over feedback and campaign contacts.
//!
//! Both lie in the order of customers, so that of who is out of scope nothing is read.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of at most `MOST_ROWS` rows, and scores that `check` found to be 1 to 5"
)]

use std::ops::Range;

use snapshot::columns::NOT_SAID;

use super::keys::Keys;
use super::lens::Lens;
use super::{Columns, FactsError};
use crate::measure::{Aspect, Totals};
use crate::narrow;
use crate::scope::Scope;

/// Where the dated rows of each customer begin; the last are of nobody known.
#[derive(Debug)]
pub(super) struct Places(Vec<u32>);

impl Places {
    /// Looks through the customers of rows, of so many in all.
    pub fn of(rows: &[u32], customers: usize) -> Result<Self, FactsError> {
        if !rows.is_sorted() {
            return Err(FactsError::Damaged("dated rows are not by customer".to_owned()));
        }
        let mut places = Vec::with_capacity(customers + 2);
        for (at, &customer) in (0_u32..).zip(rows) {
            while places.len() <= (customer as usize).min(customers) {
                places.push(at);
            }
        }
        places.resize(customers + 2, narrow::row(rows.len()));
        Ok(Self(places))
    }

    /// The rows of some customers.
    fn rows(&self, customers: Range<usize>) -> Range<usize> {
        self.0[customers.start] as usize..self.0[customers.end] as usize
    }
}

impl Columns {
    /// Scores, contacts and responses of each group.
    pub(super) fn scan_feedback(
        &self,
        scope: &Scope,
        keys: &Keys<'_>,
        groups: usize,
    ) -> Vec<Totals> {
        let lens = Lens::new(self, scope);
        // The one after the last takes what counts in none: quicker than to leave rows out, as
        // nobody can foresee which.
        let mut totals = vec![Totals::default(); groups + 1];
        let group_of = |customer| match keys {
            Keys::Category(_) => None,
            // The day decides, not the customer.
            Keys::Day(_) => Some(0),
            Keys::One | Keys::Customer(_) => keys.of_customer(customer),
        };
        self.each_run(scope, &lens, group_of, |customers, group| match keys {
            Keys::Day(table) => {
                self.tally(customers, &mut totals, |day| usize::from(table.at(day)).min(groups));
            }
            _ => {
                self.tally(customers, &mut totals, |day| if lens.day(day) { group } else { groups })
            }
        });
        totals.truncate(groups);
        totals
    }

    /// Counts the dated rows of some customers in the groups of their days.
    #[inline]
    fn tally(
        &self,
        customers: Range<usize>,
        totals: &mut [Totals],
        group_of: impl Fn(u16) -> usize,
    ) {
        let (feedback, contacts) = (&self.feedback, &self.contacts);
        let rows = self.feedback_at.rows(customers.clone());
        for (&day, &score) in feedback.day[rows.clone()].iter().zip(&feedback.score[rows]) {
            totals[group_of(day)].scores[usize::from(score) - 1] += 1;
        }
        let rows = self.contacts_at.rows(customers);
        for (&day, &answered) in contacts.day[rows.clone()].iter().zip(&contacts.responded[rows]) {
            let totals = &mut totals[group_of(day)];
            totals.contacts += 1;
            totals.responses += i64::from(answered != 0);
        }
    }

    /// Scores in scope by the values of an aspect; those that do not tell it are in no group.
    pub(super) fn scan_aspect(&self, scope: &Scope, aspect: Aspect) -> Vec<Totals> {
        let lens = Lens::new(self, scope);
        let mut groups = vec![Totals::default(); aspect.labels(&self.meta).len()];
        let (feedback, codes) = (&self.feedback, self.aspect(aspect));
        self.each_run(
            scope,
            &lens,
            |_| Some(0),
            |customers, _| {
                let rows = self.feedback_at.rows(customers);
                let scores = feedback.day[rows.clone()].iter().zip(&feedback.score[rows.clone()]);
                for ((&day, &score), &code) in scores.zip(&codes[rows]) {
                    if code != NOT_SAID && lens.day(day) {
                        groups[usize::from(code)].scores[usize::from(score) - 1] += 1;
                    }
                }
            },
        );
        groups
    }

    /// The codes of an aspect, one a row of feedback.
    pub(super) fn aspect(&self, aspect: Aspect) -> &[u8] {
        match aspect {
            Aspect::Channel => &self.feedback.channel,
            Aspect::Reason => &self.feedback.reason,
        }
    }

    /// Customers whose dated rows count, as runs of neighbours in the same group. Nobody known is
    /// the one after the last.
    fn each_run(
        &self,
        scope: &Scope,
        lens: &Lens,
        group_of: impl Fn(usize) -> Option<usize>,
        mut each: impl FnMut(Range<usize>, usize),
    ) {
        let mut run = (0..0, 0);
        let mut next = |customer: usize| {
            let Some(group) = group_of(customer) else { return };
            if run.0.end != customer || run.1 != group {
                each(run.0.clone(), run.1);
                run = (customer..customer, group);
            }
            run.0.end += 1;
        };
        let all = 0..self.customers.len();
        if lens.by_category {
            // Only then they ask for a purchase in scope.
            self.selection(scope).customers().for_each(|customer| next(customer as usize));
        } else {
            all.clone().filter(|&customer| lens.customer(self, customer)).for_each(&mut next);
            if lens.guests() {
                next(all.end);
            }
        }
        each(run.0, run.1);
    }
}
