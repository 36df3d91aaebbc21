//! Retention: who was active in one period and still is in the next.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "at most `MOST_ROWS` customers, and places of buckets with one before them"
)]

use super::Columns;
use super::keys::{Keys, NO_GROUP};
use crate::measure::Retention;
use crate::narrow;
use crate::period::{Bucket, BucketSize, DayRange};
use crate::scope::Scope;

impl Columns {
    /// Retention of a scope against a period before.
    pub(super) fn scan_retention(&self, scope: &Scope, before: DayRange) -> Retention {
        let before = self.selection(&scope.over(before));
        let now = self.selection(scope);
        let mut later = now.customers().peekable();
        let mut kept = 0;
        for customer in before.customers() {
            while later.next_if(|&next| next < customer).is_some() {}
            kept += i64::from(later.peek() == Some(&customer));
        }
        Retention { kept, before: narrow::count(before.customers().len()) }
    }

    /// Retention of each bucket against the bucket before it; the first is compared with the
    /// bucket of full width that ends the day before the range.
    pub(super) fn scan_retention_over_time(
        &self,
        scope: &Scope,
        buckets: &[Bucket],
    ) -> Vec<Retention> {
        let Some(first) = buckets.first() else { return Vec::new() };
        let earlier = BucketSize::ending(first.size, first.range.from.plus(-1));
        let earlier = self.selection(&scope.over(earlier));
        let Keys::Day(table) = Keys::over(self, buckets) else { return Vec::new() };
        let mut chain = vec![Retention::default(); buckets.len()];
        chain[0].before = narrow::count(earlier.customers().len());
        // The customer last seen in each bucket, the earlier one first.
        let mut seen = vec![None; buckets.len() + 1];
        let mut before = earlier.customers().peekable();
        for (customer, lines) in self.selection(scope).buyers() {
            let now = Some(narrow::row(customer));
            while before.next_if(|&next| Some(next) < now).is_some() {}
            if before.peek().copied() == now {
                seen[0] = now;
            }
            for &line in lines {
                let group = table.at(self.purchases.day[line as usize]);
                if group == NO_GROUP {
                    continue;
                }
                let at = usize::from(group) + 1;
                if seen[at] == now {
                    continue;
                }
                seen[at] = now;
                chain[at - 1].kept += i64::from(seen[at - 1] == now);
                if let Some(next) = chain.get_mut(at) {
                    next.before += 1;
                    next.kept += i64::from(seen[at + 1] == now);
                }
            }
        }
        chain
    }
}
