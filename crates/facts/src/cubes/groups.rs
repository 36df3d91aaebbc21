//! From a scope and a grouping to the cells that must be added.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "cells of a shape that passed `Shape::check`, over periods within it"
)]

use snapshot::cubes::{Census, Grain, SalesCells, Shape, VoiceCells, WindowCells};

use super::Cubes;
use super::span::{self, Periods};
use super::strata::{Strata, shape_for, value_of, values};
use crate::measure::{Grouping, Part, Totals};
use crate::period::DayRange;
use crate::scope::{Dimension, Scope};

/// What makes up one group.
pub(super) struct Group {
    pub shape: Shape,
    pub strata: Vec<usize>,
    pub variant: u32,
    pub range: DayRange,
}

impl Cubes {
    /// The groups of a grouping, or `None` where cubes cannot tell customers apart.
    pub(super) fn groups_of(&self, scope: &Scope, by: Grouping, part: Part) -> Option<Vec<Group>> {
        let shape = shape_for(self.shape, scope, by.dimension());
        let nobody = part != Part::Audience && !scope.restricts_customers();
        let variant = match scope.categories.codes() {
            [] => Some(0),
            [code] => Some(u32::from(*code) + 1),
            _ => None,
        };
        let variant = variant.filter(|&variant| (variant as usize) < self.shape.variants());
        let range = scope.range;
        let strata = |nobody| strata_of(shape, scope, nobody);
        let group = |strata, variant, range| Group { shape, strata, variant, range };
        Some(match by {
            // Only scores are grouped so, and by a cube of their own.
            Grouping::Of(_) => return None,
            Grouping::Whole => vec![group(strata(nobody), variant?, range)],
            Grouping::Over(_) | Grouping::Beside(..) => {
                let (strata, variant) = (strata(nobody), variant?);
                let buckets =
                    by.cut().map(|cut| cut.buckets(range)).unwrap_or_default().into_iter();
                buckets.map(|bucket| group(strata.clone(), variant, bucket.range)).collect()
            }
            Grouping::By(Dimension::Category) => {
                let strata = strata(nobody);
                let chosen = |code: usize| {
                    let allowed =
                        u16::try_from(code).is_ok_and(|code| scope.categories.allows(code));
                    if allowed { strata.clone() } else { Vec::new() }
                };
                (0..self.shape.categories)
                    .zip(1..)
                    .map(|(code, variant)| group(chosen(code), variant, range))
                    .collect()
            }
            Grouping::By(dimension) => {
                let (strata, variant) = (strata(false), variant?);
                let has =
                    |code| move |&stratum: &usize| value_of(shape, dimension, stratum) == code;
                let of = |code| strata.iter().copied().filter(has(code)).collect();
                (0..values(shape, dimension)?).map(|code| group(of(code), variant, range)).collect()
            }
        })
    }

    /// Whether months will do for every group, with the periods of each.
    pub(super) fn periods(&self, groups: &[Group], by_month: bool) -> Option<Vec<Periods>> {
        let of = |group: &Group| match by_month {
            true => span::months(&self.meta, group.range),
            false => Some(span::days(&self.meta, group.range)),
        };
        groups.iter().map(of).collect()
    }

    /// Months where they will do for every group, else days: which, each group's, and how many
    /// there are.
    fn narrowest(&self, groups: &[Group]) -> Option<(bool, Vec<Periods>, usize)> {
        match self.periods(groups, true) {
            Some(periods) => Some((true, periods, self.shape.months)),
            None => Some((false, self.periods(groups, false)?, self.shape.days)),
        }
    }

    /// The sums of groups, from months where they will do, else from days.
    pub(super) fn sales_of(&self, groups: &[Group]) -> Option<Vec<Totals>> {
        let (by_month, periods, width) = self.narrowest(groups)?;
        let sums_of = |(group, &periods): (&Group, &Periods)| {
            let mut totals = Totals::default();
            if !group.strata.is_empty() {
                let cube = self.shelf.sales(group.shape.grain, by_month, group.variant)?;
                for cell in cells(&group.strata, periods, width) {
                    totals.add(Part::Sales, &sales_at(cube, cell));
                }
            }
            Some(totals)
        };
        // All are looked at, so that everything that is missing is noted at once.
        let found: Vec<Option<Totals>> = groups.iter().zip(&periods).map(sums_of).collect();
        found.into_iter().collect()
    }

    /// Feedback and contacts; under a category, those of customers who bought of it.
    pub(super) fn voices(&self, scope: &Scope, grouping: Grouping) -> Option<Vec<Totals>> {
        if grouping == Grouping::By(Dimension::Category) {
            return Some(vec![Totals::default(); self.shape.categories]);
        }
        let groups = self.groups_of(scope, grouping, Part::Voices)?;
        if !scope.categories.is_all() {
            return self.voices_under_category(scope, groups);
        }
        let (by_month, periods, width) = self.narrowest(&groups)?;
        let grain = shape_for(self.shape, scope, grouping.dimension()).grain;
        let cube = self.shelf.voices(grain, by_month)?;
        let mut totals = vec![Totals::default(); groups.len()];
        for ((into, group), periods) in totals.iter_mut().zip(&groups).zip(&periods) {
            for cell in cells(&group.strata, *periods, width) {
                into.add(Part::Voices, &voices_at(cube, cell));
            }
        }
        Some(totals)
    }

    /// Distinct customers: everybody when nothing is narrowed, else those of a window.
    pub(super) fn audience(&self, scope: &Scope, grouping: Grouping) -> Option<Vec<Totals>> {
        let whole = scope.range.from <= self.meta.first_day && self.meta.last_day <= scope.range.to;
        let everybody = whole
            && scope.categories.is_all()
            && !matches!(
                grouping,
                Grouping::Over(_) | Grouping::Beside(..) | Grouping::By(Dimension::Category)
            );
        if everybody {
            return self.everybody(scope, grouping);
        }
        let groups = self.windows_of(&self.groups_of(scope, grouping, Part::Audience)?)?;
        self.with_odd(groups, scope, grouping, Part::Audience)
    }

    /// Distinct customers of groups, each of them a window of months or of days.
    pub(super) fn windows_of(&self, groups: &[Group]) -> Option<Vec<Totals>> {
        // All are looked at, so that everything that is missing is noted at once.
        let found: Vec<Option<Totals>> = groups.iter().map(|group| self.window_of(group)).collect();
        found.into_iter().collect()
    }

    fn window_of(&self, group: &Group) -> Option<Totals> {
        let days = span::days(&self.meta, group.range).filter(|_| !group.strata.is_empty());
        let Some(days) = days else { return Some(Totals::default()) };
        match span::months(&self.meta, group.range).flatten() {
            Some(months) => self.month_window(group, months),
            // Fine strata have no windows of days.
            None if group.shape.grain == Grain::Fine => None,
            None => self.day_window(group.variant, &group.strata, days),
        }
    }

    fn month_window(&self, group: &Group, (first, last): (usize, usize)) -> Option<Totals> {
        let cube = self.shelf.windows(group.shape.grain, group.variant)?;
        let mut totals = Totals::default();
        for cell in row_cells(group.shape, &group.strata, first, last) {
            totals.add(Part::Audience, &window_at(cube, cell));
        }
        Some(totals)
    }

    fn everybody(&self, scope: &Scope, grouping: Grouping) -> Option<Vec<Totals>> {
        let (census, shape) = (self.shelf.census()?, self.shape.fine());
        let groups = match grouping {
            Grouping::By(dimension) => values(shape, dimension)?,
            _ => 1,
        };
        let mut totals = vec![Totals::default(); groups];
        // Rows of the census are fine strata.
        for row in Strata::new(shape, scope).all() {
            let group = match grouping {
                Grouping::By(dimension) => value_of(shape, dimension, row),
                _ => 0,
            };
            // The unscored are in no group of RFM segments.
            if let Some(into) = totals.get_mut(group) {
                into.add(Part::Audience, &census_at(census, row));
            }
        }
        Some(totals)
    }
}

/// The strata of a scope, that of nobody known among them or not.
pub(super) fn strata_of(shape: Shape, scope: &Scope, nobody: bool) -> Vec<usize> {
    let nobody = nobody.then_some(shape.strata());
    Strata::new(shape, scope).all().chain(nobody).collect()
}

/// Cells of windows that together are the window from one month to another.
pub(super) fn row_cells(
    shape: Shape,
    strata: &[usize],
    first: usize,
    last: usize,
) -> impl Iterator<Item = usize> {
    let row = shape.window(first, first)..shape.window(first, last) + 1;
    let windows = shape.windows();
    strata.iter().flat_map(move |&stratum| row.clone().map(move |cell| stratum * windows + cell))
}

/// Cells of some strata over some periods.
pub(super) fn cells(
    strata: &[usize],
    periods: Periods,
    width: usize,
) -> impl Iterator<Item = usize> {
    let periods = periods.map_or(0..0, |(first, last)| first..last + 1);
    strata
        .iter()
        .flat_map(move |&stratum| periods.clone().map(move |period| stratum * width + period))
}

fn sales_at(cube: &SalesCells, cell: usize) -> Totals {
    Totals {
        revenue: cube.revenue[cell],
        units: cube.units[cell],
        lines: cube.lines[cell],
        orders: cube.orders[cell],
        ..Totals::default()
    }
}

pub(super) fn voices_at(cube: &VoiceCells, cell: usize) -> Totals {
    let mut scores = [0; 5];
    scores.iter_mut().zip(&cube.scores).for_each(|(into, scores)| *into = scores[cell]);
    let (contacts, responses) = (cube.contacts[cell], cube.responses[cell]);
    Totals { scores, contacts, responses, ..Totals::default() }
}

fn window_at(cube: &WindowCells, cell: usize) -> Totals {
    Totals {
        customers: cube.customers[cell],
        lifetime_value: cube.lifetime_value[cell],
        new_customers: cube.new_customers[cell],
        ordering_customers: cube.ordering[cell],
        repeat_customers: cube.repeat[cell],
        ..Totals::default()
    }
}

fn census_at(census: &Census, row: usize) -> Totals {
    Totals {
        customers: census.customers[row],
        lifetime_value: census.lifetime_value[row],
        // Over all time, whoever bought is new.
        new_customers: census.ordering[row],
        ordering_customers: census.ordering[row],
        repeat_customers: census.repeat[row],
        ..Totals::default()
    }
}
