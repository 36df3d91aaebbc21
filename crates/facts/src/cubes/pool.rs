//! Points of a scatter from the pool of customers who may be drawn.

use std::sync::Arc;

use snapshot::Meta;
use snapshot::columns::NOT_SCORED;
use snapshot::cubes::{Census, Excerpt, FineWindowCells, Shape};

use super::Cubes;
use super::groups::row_cells;
use super::numbers::check_numbers;
use super::strata::Strata;
use crate::columns::{Columns, FactsError};
use crate::measure::{Grouping, Part, Point, Points, Stratum};
use crate::sample;
use crate::scope::{Dimension, Scope};

/// The customers who may be drawn, searchable like all customers.
#[derive(Debug)]
pub(super) struct Pool {
    columns: Columns,
    numbers: Vec<u32>,
}

impl Pool {
    pub fn new(meta: Arc<Meta>, excerpt: Excerpt) -> Result<Self, FactsError> {
        let Excerpt { numbers, customers, purchases } = excerpt;
        if numbers.len() != customers.len() || customers.rfm_segment.contains(&NOT_SCORED) {
            return Err(FactsError::Damaged("a pool of other customers".to_owned()));
        }
        let strata = meta.labels.segments.len().saturating_mul(meta.labels.rfm_segments.len());
        if numbers.len() > sample::most_of_pool(strata) {
            return Err(FactsError::Damaged("a pool of too many customers".to_owned()));
        }
        check_numbers("pool", &numbers, &meta)?;
        let columns = Columns::new(meta, customers, purchases, None, None)?;
        Ok(Self { columns, numbers })
    }

    /// The customers of the pool in scope.
    pub fn points(&self, scope: &Scope) -> Vec<Point> {
        let mut points = self.columns.points_in(scope);
        for point in &mut points {
            point.customer = self.numbers[point.customer as usize];
        }
        points
    }
}

impl Cubes {
    /// Points from the pool, if it has enough and everybody beside it can be counted.
    pub(super) fn draw_points(&self, scope: &Scope, most: usize) -> Option<Points> {
        let complete = is_complete(self.shelf.census()?, self.shape, scope);
        if !complete && !self.is_window(scope) {
            return None;
        }
        // Asked for together, so that they are read together.
        let counted = if complete { None } else { self.strata_of_points(scope) };
        let held = self.shelf.pool()?.points(scope);
        let strata = if complete { count(self.shape, &held) } else { counted? };
        let customers =
            strata.iter().flatten().map(|stratum| stratum.customers).fold(0, i64::saturating_add);
        let sample = sample::draw(&strata, held, most);
        let sample = if customers == 0 { Vec::new() } else { sample? };
        Some(Points { customers, strata, sample })
    }

    /// True if distinct customers of a scope are those of a window of months.
    fn is_window(&self, scope: &Scope) -> bool {
        let groups = self.groups_of(scope, Grouping::Whole, Part::Audience);
        groups.is_some_and(|groups| self.periods(&groups, true).is_some())
    }

    /// Sums over scored customers with a line in scope, by segment and RFM segment; the scope
    /// must be a window of months.
    fn strata_of_points(&self, scope: &Scope) -> Option<Vec<Vec<Stratum>>> {
        let by = Grouping::By(Dimension::Rfm);
        let groups = self.groups_of(scope, by, Part::Audience)?;
        let shape = self.shape.fine();
        let mut strata = count(shape, &self.shelf.odd()?.points_in(scope));
        for (group, periods) in groups.iter().zip(self.periods(&groups, true)?) {
            let Some((first, last)) = periods else { continue };
            let cube = self.shelf.fine_windows(group.variant)?;
            for &stratum in &group.strata {
                let (segment, _, rfm) = shape.classes(stratum);
                for cell in row_cells(shape, &[stratum], first, last) {
                    strata[segment][rfm].add(&stratum_at(cube, cell));
                }
            }
        }
        Some(strata)
    }
}

/// True if all customers of the strata that a scope takes in are in the pool.
pub(super) fn is_complete(census: &Census, shape: Shape, scope: &Scope) -> bool {
    let shape = shape.fine();
    let mut sizes = vec![vec![0_i64; shape.rfm_segments]; shape.segments];
    let mut taken = vec![vec![false; shape.rfm_segments]; shape.segments];
    let strata = Strata::new(shape, scope);
    for (stratum, &customers) in census.customers.iter().enumerate() {
        let (segment, _, rfm) = shape.classes(stratum);
        if let Some(size) = sizes[segment].get_mut(rfm) {
            *size = customers.saturating_add(*size);
            taken[segment][rfm] |= customers > 0 && strata.allows(stratum);
        }
    }
    let places = sample::places(&sizes).concat();
    let rows = sizes.concat().into_iter().zip(places).zip(taken.concat());
    rows.into_iter().all(|((size, place), taken)| !taken || place == size)
}

/// Counts and sums of points by segment and RFM segment.
pub(super) fn count(shape: Shape, points: &[Point]) -> Vec<Vec<Stratum>> {
    let mut strata = vec![vec![Stratum::default(); shape.rfm_segments]; shape.segments];
    for point in points {
        strata[usize::from(point.segment)][usize::from(point.rfm_segment)].count(point);
    }
    strata
}

fn stratum_at(cube: &FineWindowCells, cell: usize) -> Stratum {
    Stratum {
        customers: cube.windows.customers[cell],
        recency_days: cube.recency_days[cell],
        orders: cube.orders[cell],
        lifetime_value: cube.windows.lifetime_value[cell],
    }
}
