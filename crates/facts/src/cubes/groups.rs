//! From a scope and a grouping to the cells that must be added.

use snapshot::cubes::{Census, SalesCells, VoiceCells, WindowCells};

use super::Cubes;
use super::span::{self, Periods};
use crate::measure::{Grouping, Part, Totals};
use crate::period::DayRange;
use crate::scope::{Dimension, Scope};

/// What makes up one group.
pub(super) struct Group {
    pub strata: Vec<usize>,
    pub variant: u32,
    pub range: DayRange,
}

impl Cubes {
    /// The groups of a grouping, or `None` where cubes cannot tell customers apart.
    pub(super) fn groups_of(&self, scope: &Scope, by: Grouping, part: Part) -> Option<Vec<Group>> {
        if !scope.rfm.is_all() || by == Grouping::By(Dimension::Rfm) {
            return None;
        }
        let nobody = part != Part::Audience && !scope.restricts_customers();
        let variant = match scope.categories.codes() {
            [] => Some(0),
            [code] => Some(u32::from(*code) + 1),
            _ => None,
        };
        let variant = variant.filter(|&variant| (variant as usize) < self.shape.variants());
        let range = scope.range;
        let group = |strata, variant, range| Group { strata, variant, range };
        Some(match by {
            // Only scores are grouped so, and by a cube of their own.
            Grouping::Of(_) => return None,
            Grouping::Whole => vec![group(self.strata(scope, nobody), variant?, range)],
            Grouping::Over(size) => {
                let (strata, variant) = (self.strata(scope, nobody), variant?);
                let buckets = size.buckets(range).into_iter();
                buckets.map(|bucket| group(strata.clone(), variant, bucket.range)).collect()
            }
            Grouping::By(Dimension::Category) => {
                let strata = self.strata(scope, nobody);
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
                let (count, class) = self.class_of(dimension)?;
                let strata = self.strata(scope, false);
                let of = |code| strata.iter().copied().filter(|&s| class(s) == code).collect();
                let variant = variant?;
                (0..count).map(|code| group(of(code), variant, range)).collect()
            }
        })
    }

    /// How many values a customer dimension has, and the value of a stratum.
    fn class_of(&self, dimension: Dimension) -> Option<(usize, impl Fn(usize) -> usize)> {
        let risks = self.shape.risks;
        let by_segment = match dimension {
            Dimension::Segment => true,
            Dimension::Churn => false,
            Dimension::Rfm | Dimension::Category => return None,
        };
        let count = if by_segment { self.shape.segments } else { risks };
        Some((
            count,
            move |stratum: usize| if by_segment { stratum / risks } else { stratum % risks },
        ))
    }

    pub(super) fn strata(&self, scope: &Scope, nobody: bool) -> Vec<usize> {
        let segments = scope.segments.mask(self.shape.segments);
        let risks = scope.churn.mask(self.shape.risks);
        let allowed = |&stratum: &usize| {
            stratum == self.shape.strata()
                || (segments[stratum / self.shape.risks] && risks[stratum % self.shape.risks])
        };
        (0..self.shape.strata() + usize::from(nobody)).filter(allowed).collect()
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
                let cube = self.shelf.sales(by_month, group.variant)?;
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
        let cube = self.shelf.voices(by_month)?;
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
            && !matches!(grouping, Grouping::Over(_) | Grouping::By(Dimension::Category));
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
            None => self.day_window(group.variant, &group.strata, days),
        }
    }

    fn month_window(&self, group: &Group, (first, last): (usize, usize)) -> Option<Totals> {
        let cube = self.shelf.windows(group.variant)?;
        let mut totals = Totals::default();
        for &stratum in &group.strata {
            let base = stratum * self.shape.windows();
            let row =
                base + self.shape.window(first, first)..=base + self.shape.window(first, last);
            for cell in row {
                totals.add(Part::Audience, &window_at(cube, cell));
            }
        }
        Some(totals)
    }

    fn everybody(&self, scope: &Scope, grouping: Grouping) -> Option<Vec<Totals>> {
        let (census, width) = (self.shelf.census()?, self.shape.rfm_segments + 1);
        let rfm = scope.rfm.mask(self.shape.rfm_segments);
        let groups = match grouping {
            Grouping::By(Dimension::Rfm) => self.shape.rfm_segments,
            Grouping::By(dimension) => self.class_of(dimension)?.0,
            _ => 1,
        };
        let mut totals = vec![Totals::default(); groups];
        for stratum in self.strata(scope, false) {
            for class in 0..width {
                // The last class are the unscored, which no choice of RFM segments takes in.
                if !rfm.get(class).copied().unwrap_or(scope.rfm.is_all()) {
                    continue;
                }
                let group = match grouping {
                    Grouping::By(Dimension::Rfm) => class,
                    Grouping::By(dimension) => self.class_of(dimension)?.1(stratum),
                    _ => 0,
                };
                if let Some(into) = totals.get_mut(group) {
                    into.add(Part::Audience, &census_at(census, stratum * width + class));
                }
            }
        }
        Some(totals)
    }
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
