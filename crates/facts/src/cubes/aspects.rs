//! Scores by channel and by reason, from the cube of months.

use super::Cubes;
use super::groups::cells;
use super::span;
use crate::measure::{Aspect, Totals};
use crate::scope::Scope;

impl Cubes {
    /// Scores of whole months by the values of an aspect, of all categories and RFM segments.
    pub(super) fn aspects(&self, scope: &Scope, aspect: Aspect) -> Option<Vec<Totals>> {
        let labels = &self.meta.labels;
        let (base, count) = match aspect {
            Aspect::Channel => (0, labels.channels.len()),
            Aspect::Reason => (labels.channels.len(), labels.reasons.len()),
        };
        if count == 0 {
            return Some(Vec::new());
        }
        if !scope.categories.is_all() || !scope.rfm.is_all() {
            return None;
        }
        let periods = span::months(&self.meta, scope.range)?;
        let cube = self.shelf.aspects()?;
        let strata = self.strata(scope, !scope.restricts_customers());
        let group = |code: usize| {
            let (mut totals, base) =
                (Totals::default(), code * self.shape.cells(self.shape.months));
            for cell in cells(&strata, periods, self.shape.months) {
                let from = cube.scores.iter().map(|scores| scores[base + cell]);
                totals.scores.iter_mut().zip(from).for_each(|(into, from)| *into += from);
            }
            totals
        };
        Some((base..base + count).map(group).collect())
    }
}
