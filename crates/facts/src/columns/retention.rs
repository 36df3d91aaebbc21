//! Retention: who was active in one period and still is in the next.

use super::Columns;
use super::lens::Lens;
use crate::measure::Retention;
use crate::period::{Bucket, BucketSize};
use crate::scope::Scope;

impl Columns {
    /// Retention of a scope against the period of equal length just before.
    pub(super) fn scan_retention(&self, scope: &Scope) -> Retention {
        let before = scope.over(scope.range.previous());
        self.retention_chain(&[before, scope.clone()]).pop().unwrap_or_default()
    }

    /// Retention of each bucket against the bucket before it; the first is compared with the
    /// uncut bucket that ends the day before the range.
    pub(super) fn scan_retention_over_time(
        &self,
        scope: &Scope,
        buckets: &[Bucket],
    ) -> Vec<Retention> {
        let Some(first) = buckets.first() else { return Vec::new() };
        let earlier = BucketSize::around(first.size, first.range.from.plus(-1));
        let ranges = [earlier].into_iter().chain(buckets.iter().map(|bucket| bucket.range));
        let scopes: Vec<Scope> = ranges.map(|range| scope.over(range)).collect();
        self.retention_chain(&scopes)
    }

    /// Retention of each scope but the first against the one before it; all have the same sets.
    fn retention_chain(&self, scopes: &[Scope]) -> Vec<Retention> {
        let lenses: Vec<Lens> = scopes.iter().map(|scope| Lens::new(self, scope)).collect();
        let mut chain = vec![Retention::default(); scopes.len().saturating_sub(1)];
        let mut active = vec![false; scopes.len()];
        let Some(any) = lenses.first() else { return chain };
        for customer in 0..self.customers.len() {
            if !any.customer(self, customer) {
                continue;
            }
            active.fill(false);
            for line in self.offsets[customer] as usize..self.offsets[customer + 1] as usize {
                if any.category(self.purchases.category[line]) {
                    let day = self.purchases.day[line];
                    for (seen, lens) in active.iter_mut().zip(&lenses) {
                        *seen |= lens.day(day);
                    }
                }
            }
            for (step, pair) in chain.iter_mut().zip(active.windows(2)) {
                step.before += i64::from(pair[0]);
                step.kept += i64::from(pair[0] && pair[1]);
            }
        }
        chain
    }
}
