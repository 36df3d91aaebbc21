//! Feedback and contacts under one category: over whole months, or over short ranges of days.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "cells of a shape that passed `Shape::check`, and days in their order"
)]

use snapshot::cubes::{Gap, Grain, LONGEST, Near, SparseVoices};

use super::Cubes;
use super::groups::{Group, cells, voices_at};
use super::span;
use crate::measure::{Part, Totals};
use crate::scope::Scope;

impl Cubes {
    /// The groups of a scope with one category.
    pub(super) fn voices_under_category(
        &self,
        scope: &Scope,
        mut groups: Vec<Group>,
    ) -> Option<Vec<Totals>> {
        let shape = groups.first()?.shape;
        for group in &mut groups {
            // Nobody has bought of a category.
            group.strata.retain(|&stratum| stratum < shape.strata());
        }
        let Some(days) = span::days(&self.meta, scope.range) else {
            return Some(vec![Totals::default(); groups.len()]);
        };
        let by_month = self.periods(&groups, true).is_some();
        match span::months(&self.meta, scope.range).flatten().filter(|_| by_month) {
            Some(months) => self.voices_of_months(months, &groups),
            // Fine strata have no rows near purchases.
            None if shape.grain == Grain::Fine => None,
            None if days.1 - days.0 < LONGEST => self.voices_of_days(days, &groups),
            None => None,
        }
    }

    /// All rows of months, less those in gaps that hold the whole period.
    fn voices_of_months(
        &self,
        (first, last): (usize, usize),
        groups: &[Group],
    ) -> Option<Vec<Totals>> {
        let &Group { shape, variant, .. } = groups.first()?;
        let (owners, months) = (self.owners(groups, true)?, shape.months);
        let (all, gaps) =
            (self.shelf.voices(shape.grain, true), self.shelf.voice_gaps(shape.grain, variant));
        let (all, gaps) = (all?, gaps?);
        let mut totals = vec![Totals::default(); groups.len()];
        for (cell, owner) in owners.iter().enumerate() {
            if let Some(number) = *owner {
                totals[number].add(Part::Voices, &voices_at(all, cell));
            }
        }
        for (column, field) in gaps.columns().zip(VOICES) {
            for (at, owner) in owners.iter().enumerate() {
                let Some(number) = *owner else { continue };
                let begun = Gap::begun(shape, at / months, at % months, first);
                let left_out = column.within(&begun);
                let into = field(&mut totals[number]);
                left_out
                    .filter(|&(cell, _)| Gap::outlasts(shape, cell, last))
                    .for_each(|(_, count)| *into = into.saturating_sub(count));
            }
        }
        Some(totals)
    }

    /// The rows near purchases of which one lies in the range.
    fn voices_of_days(&self, days: (usize, usize), groups: &[Group]) -> Option<Vec<Totals>> {
        let owners = self.owners(groups, false)?;
        let variant = groups.first()?.variant;
        let numbers = self.shape.near_block(days.0)..=self.shape.near_block(days.1);
        let blocks: Vec<_> = (0..).zip(self.shape.near_blocks()).collect();
        let blocks = blocks.get(numbers)?;
        // All are looked at, so that everything that is missing is noted at once.
        let found: Vec<Option<&SparseVoices>> =
            blocks.iter().map(|&(number, _)| self.shelf.near_voices(variant, number)).collect();
        let mut totals = vec![Totals::default(); groups.len()];
        for (&(_, block), near) in blocks.iter().zip(found.into_iter().collect::<Option<Vec<_>>>()?)
        {
            let days_here = (days.0.max(block.first), days.1);
            for (column, field) in near.columns().zip(VOICES) {
                for stratum in 0..self.shape.strata() {
                    for (cell, count) in column.within(&block.cells(stratum, days_here)) {
                        let row = Near::at(block, cell);
                        if row.counts(days.0, days.1)
                            && let Some(number) = owners[stratum * self.shape.days + row.day]
                        {
                            let into = field(&mut totals[number]);
                            *into = into.saturating_add(count);
                        }
                    }
                }
            }
        }
        Some(totals)
    }

    /// Which group each cell of a cube of months, or of days, belongs to.
    fn owners(&self, groups: &[Group], by_month: bool) -> Option<Vec<Option<usize>>> {
        let shape = groups.first()?.shape;
        let width = if by_month { shape.months } else { shape.days };
        let mut owners = vec![None; shape.cells(width)];
        let periods = self.periods(groups, by_month)?;
        for (number, (group, &periods)) in groups.iter().zip(&periods).enumerate() {
            for cell in cells(&group.strata, periods, width) {
                owners[cell] = Some(number);
            }
        }
        Some(owners)
    }
}

/// What the columns of sparse voices count, in their order.
const VOICES: [fn(&mut Totals) -> &mut i64; 7] = [
    |totals| &mut totals.scores[0],
    |totals| &mut totals.scores[1],
    |totals| &mut totals.scores[2],
    |totals| &mut totals.scores[3],
    |totals| &mut totals.scores[4],
    |totals| &mut totals.contacts,
    |totals| &mut totals.responses,
];
