//! Feedback and contacts under one category: all of a period, less those in gaps that hold it.

use snapshot::cubes::Gap;

use super::Cubes;
use super::groups::{Group, cells, voices_at};
use super::span;
use crate::measure::{Part, Totals};
use crate::scope::Scope;

impl Cubes {
    /// The groups of a scope with one category; the period and all groups must be whole months.
    pub(super) fn voices_under_category(
        &self,
        scope: &Scope,
        mut groups: Vec<Group>,
    ) -> Option<Vec<Totals>> {
        let shape = groups.first().map_or(self.shape, |group| group.shape);
        let months = shape.months;
        for group in &mut groups {
            // Nobody has bought of a category.
            group.strata.retain(|&stratum| stratum < shape.strata());
        }
        let mut totals = vec![Totals::default(); groups.len()];
        let Some((first, last)) = span::months(&self.meta, scope.range)? else {
            return Some(totals);
        };
        let periods = self.periods(&groups, true)?;
        let variant = groups.first().map_or(0, |group| group.variant);
        let (all, gaps) =
            (self.shelf.voices(shape.grain, true), self.shelf.voice_gaps(shape.grain, variant));
        let (all, gaps) = (all?, gaps?);
        // Which group each cell belongs to.
        let mut owners = vec![None; shape.cells(months)];
        for (number, (group, &periods)) in groups.iter().zip(&periods).enumerate() {
            for cell in cells(&group.strata, periods, months) {
                totals[number].add(Part::Voices, &voices_at(all, cell));
                owners[cell] = Some(number);
            }
        }
        let owner = |gap: Gap| owners.get(gap.stratum * months + gap.month).copied().flatten();
        gaps.columns().zip(VOICES).for_each(|(column, field)| {
            for (cell, count) in column.iter() {
                let gap = Gap::of(shape, cell);
                if gap.holds(first, last)
                    && let Some(number) = owner(gap)
                {
                    *field(&mut totals[number]) -= count;
                }
            }
        });
        Some(totals)
    }
}

/// What the columns of gaps count, in their order.
const VOICES: [fn(&mut Totals) -> &mut i64; 7] = [
    |totals| &mut totals.scores[0],
    |totals| &mut totals.scores[1],
    |totals| &mut totals.scores[2],
    |totals| &mut totals.scores[3],
    |totals| &mut totals.scores[4],
    |totals| &mut totals.contacts,
    |totals| &mut totals.responses,
];
