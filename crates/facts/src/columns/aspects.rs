//! Scores by channel and by reason: the pass over feedback.

use snapshot::columns::NOT_SAID;

use super::Columns;
use super::lens::Lens;
use crate::measure::{Aspect, Totals};
use crate::scope::Scope;

impl Columns {
    /// The codes of an aspect, one a row of feedback.
    pub(super) fn aspect(&self, aspect: Aspect) -> &[u8] {
        match aspect {
            Aspect::Channel => &self.feedback.channel,
            Aspect::Reason => &self.feedback.reason,
        }
    }

    /// Scores in scope by the values of an aspect; those that do not tell it are in no group.
    pub(super) fn scan_aspect(&self, scope: &Scope, aspect: Aspect) -> Vec<Totals> {
        let lens = Lens::new(self, scope);
        // Feedback asks for a purchase in scope only when categories are chosen.
        let counts = |customer: usize| {
            lens.customer(self, customer) && (!lens.by_category || lens.is_active(self, customer))
        };
        let in_scope: Vec<bool> = (0..self.customers.len()).map(counts).collect();
        let mut groups = vec![Totals::default(); aspect.labels(&self.meta).len()];
        let feedback = &self.feedback;
        let rows = feedback.customer.iter().zip(&feedback.day).zip(&feedback.score);
        for (((&customer, &day), &score), &code) in rows.zip(self.aspect(aspect)) {
            if code != NOT_SAID && lens.dated_row(customer, day, &in_scope) {
                groups[usize::from(code)].scores[usize::from(score) - 1] += 1;
            }
        }
        groups
    }
}
