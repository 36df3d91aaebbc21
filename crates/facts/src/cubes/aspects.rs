//! Scores by channel and by reason, from the cube of months or days.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "cells of a shape that passed `Shape::check`, over periods within it"
)]

use snapshot::cubes::Grain;

use super::Cubes;
use super::groups::{cells, strata_of};
use super::span;
use super::strata::shape_for;
use crate::measure::{Aspect, Part, Totals};
use crate::scope::Scope;

impl Cubes {
    /// Scores by the values of an aspect, of all categories.
    pub(super) fn aspects(&self, scope: &Scope, aspect: Aspect) -> Option<Vec<Totals>> {
        let labels = &self.meta.labels;
        let (base, count) = match aspect {
            Aspect::Channel => (0, labels.channels.len()),
            Aspect::Reason => (labels.channels.len(), labels.reasons.len()),
        };
        if count == 0 {
            return Some(Vec::new());
        }
        if !scope.categories.is_all() {
            return None;
        }
        let shape = shape_for(self.shape, scope, None);
        let (cube, periods, width) = match span::months(&self.meta, scope.range) {
            Some(months) => (self.shelf.aspects(shape.grain)?, months, shape.months),
            // Odd days of RFM segments are too many cells for what they would be asked.
            None if shape.grain == Grain::Fine => return None,
            None => (self.shelf.day_aspects()?, span::days(&self.meta, scope.range), shape.days),
        };
        let strata = strata_of(shape, scope, !scope.restricts_customers());
        let group = |code: usize| {
            let (mut totals, base) = (Totals::default(), code * shape.cells(width));
            for cell in cells(&strata, periods, width) {
                let mut scores = [0; 5];
                let from = scores.iter_mut().zip(&cube.scores);
                from.for_each(|(into, scores)| *into = scores[base + cell]);
                totals.add(Part::Voices, &Totals { scores, ..Totals::default() });
            }
            totals
        };
        Some((base..base + count).map(group).collect())
    }
}
