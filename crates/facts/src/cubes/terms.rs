//! Cells of cubes that add up to an answer, and adding them up.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use snapshot::cubes::{
    Block, Column, Cube, CubeId, Gap, Near, Place, Shape, Span, SparseCube, Stretch,
};

use super::cache::Cache;
use crate::measure::{Stratum, Totals};

/// What each group of an answer adds up.
#[derive(Default)]
pub(super) struct Sum {
    /// The terms of each group.
    pub groups: Vec<Vec<Term>>,
    /// True if the customers who are in no cube are to be added.
    pub irregular: bool,
}

/// Cells of one cube, of some strata.
pub(super) struct Term {
    pub place: Place,
    stretch: Stretch,
    strata: Arc<[usize]>,
    only: Only,
}

/// Which of these cells count, and how.
#[derive(Clone, Copy)]
pub(super) enum Only {
    /// All are added.
    All,
    /// Those of gaps that end after a month are taken away.
    LeftOut { shape: Shape, last: usize },
    /// Rows of a block near which there is a purchase in a range are added.
    Near { block: Block, range: Span },
}

impl Sum {
    /// Groups of which nothing is known to be added.
    pub fn nothing(groups: usize) -> Self {
        Self::of((0..groups).map(|_| Vec::new()))
    }

    /// Groups of customers who are all in cubes.
    pub fn of(groups: impl Iterator<Item = Vec<Term>>) -> Self {
        Self { groups: groups.collect(), irregular: false }
    }

    /// Adds the places that are read for it.
    pub fn tell(&self, places: &mut BTreeSet<Place>) {
        places.extend(self.groups.iter().flatten().map(|term| term.place));
        places.extend(self.irregular.then_some(Place::of(CubeId::Irregular)));
    }

    /// The sums of all groups; none if a cube is missing.
    pub fn totals(&self, cache: &Cache) -> Option<Vec<Totals>> {
        let total = |terms: &Vec<Term>| {
            let mut totals = Totals::default();
            for term in terms {
                term.each(cache, |column, sum| add(&mut totals, column, sum))?;
            }
            Some(totals)
        };
        self.groups.iter().map(total).collect()
    }
}

impl Term {
    /// All cells at the same places in some strata; none where there are no strata.
    pub fn of(place: Place, stretch: Stretch, strata: &Arc<[usize]>) -> Option<Self> {
        let term = Self { place, stretch, strata: strata.clone(), only: Only::All };
        (!strata.is_empty()).then_some(term)
    }

    pub fn only(self, only: Only) -> Self {
        Self { only, ..self }
    }

    /// The sums over scored customers of windows.
    pub fn stratum(&self, cache: &Cache) -> Option<Stratum> {
        let mut stratum = Stratum::default();
        self.each(cache, |column, sum| {
            let into = match column {
                Column::Customers | Column::Buying => &mut stratum.customers,
                Column::LifetimeValue => &mut stratum.lifetime_value,
                Column::RecencyDays => &mut stratum.recency_days,
                Column::OrdersEver => &mut stratum.orders,
                _ => return,
            };
            *into = into.saturating_add(sum);
        })?;
        Some(stratum)
    }

    /// The sum of each column.
    fn each(&self, cache: &Cache, mut take: impl FnMut(Column, i64)) -> Option<()> {
        let columns = self.place.cube.spec().columns().iter().copied();
        match cache.cube(self.place)? {
            Cube::Dense(cells) => {
                columns.zip(cells).for_each(|(column, cells)| take(column, self.dense(cells)));
            }
            Cube::Sparse(cube) => {
                columns.enumerate().for_each(|(at, column)| take(column, self.sparse(cube, at)));
            }
            Cube::Rows(_) => {}
        }
        Some(())
    }

    fn dense(&self, cells: &[i64]) -> i64 {
        let ranges = self.stretch.ranges(&self.strata).map(places);
        let runs = ranges.filter_map(|range| cells.get(range));
        // Sums beside each other, none of which waits for the one before.
        let mut sums = [0_i64; 4];
        for four in runs.flat_map(|run| run.chunks(4)) {
            for (sum, cell) in sums.iter_mut().zip(four) {
                *sum = sum.saturating_add(*cell);
            }
        }
        sums.into_iter().fold(0, i64::saturating_add)
    }

    fn sparse(&self, cube: &SparseCube, at: usize) -> i64 {
        let (Some(first), Some(column)) = (cube.columns.first(), cube.columns.get(at)) else {
            return 0;
        };
        let beside = self.place.cube.spec().columns()[at].is_beside_the_first();
        let ranges = self.stretch.ranges(&self.strata);
        match self.only {
            Only::All if beside => {
                let Some(values) = cube.values.get(at) else { return 0 };
                let values = ranges.flat_map(|range| &values[first.places(range)]);
                values.fold(0, |all, &value| value.saturating_add(all))
            }
            Only::All => ranges.map(|range| column.sum(range)).fold(0, i64::saturating_add),
            Only::LeftOut { shape, last } => {
                let gaps = ranges.flat_map(|range| column.within(range));
                let gaps = gaps.filter(|&(cell, _)| Gap::outlasts(shape, cell, last));
                gaps.fold(0, |all: i64, (_, count)| all.saturating_sub(count))
            }
            Only::Near { block, range } => {
                let rows = ranges.flat_map(|range| column.within(range));
                let rows = rows.filter(|&(cell, _)| Near::at(block, cell).counts(range.0, range.1));
                rows.fold(0, |all, (_, count)| count.saturating_add(all))
            }
        }
    }
}

/// Adds what a column counts to what follows from it.
fn add(totals: &mut Totals, column: Column, sum: i64) {
    let more = |into: &mut i64| *into = into.saturating_add(sum);
    match column {
        Column::Revenue => more(&mut totals.revenue),
        Column::Units => more(&mut totals.units),
        Column::Lines => more(&mut totals.lines),
        Column::Orders => more(&mut totals.orders),
        Column::Scores(score) => totals.scores.get_mut(usize::from(score)).map_or((), more),
        Column::Contacts => more(&mut totals.contacts),
        Column::Responses => more(&mut totals.responses),
        Column::Customers => more(&mut totals.customers),
        Column::LifetimeValue => more(&mut totals.lifetime_value),
        Column::NewCustomers => more(&mut totals.new_customers),
        Column::Ordering => more(&mut totals.ordering_customers),
        Column::Repeat => more(&mut totals.repeat_customers),
        Column::EverOrdering => {
            more(&mut totals.ordering_customers);
            more(&mut totals.new_customers);
        }
        Column::Buying => {
            more(&mut totals.customers);
            more(&mut totals.ordering_customers);
            totals.repeat_customers = totals.repeat_customers.saturating_sub(sum);
        }
        Column::OrderingMore => {
            more(&mut totals.ordering_customers);
            totals.repeat_customers = totals.repeat_customers.saturating_sub(sum);
        }
        Column::OnceAndAgain => more(&mut totals.repeat_customers),
        // Points alone tell of these.
        Column::RecencyDays | Column::OrdersEver => {}
    }
}

/// Cells are in memory, so that their numbers fit.
fn places(cells: Range<u64>) -> Range<usize> {
    let at = |cell| usize::try_from(cell).unwrap_or(usize::MAX);
    at(cells.start)..at(cells.end)
}
