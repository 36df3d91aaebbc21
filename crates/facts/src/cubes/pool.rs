//! Points of a scatter from the pool of customers who may be drawn.

use std::sync::Arc;

use snapshot::Meta;
use snapshot::columns::NOT_SCORED;
use snapshot::cubes::Excerpt;

use super::Cubes;
use super::numbers::check_numbers;
use super::plan::{self, Drawn};
use crate::columns::{Columns, FactsError};
use crate::measure::{Point, Points, Stratum};
use crate::sample;
use crate::scope::Scope;

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
        let strata = match plan::points(&self.meta, self.shelf.census()?, scope)? {
            Drawn::All => None,
            Drawn::Counted(terms) => {
                let mut strata = self.count(&self.shelf.odd()?.points_in(scope));
                for (segment, rfm, term) in terms {
                    strata[segment][rfm].add(&term.stratum(&self.shelf)?);
                }
                Some(strata)
            }
        };
        let held = self.shelf.pool()?.points(scope);
        let strata = strata.unwrap_or_else(|| self.count(&held));
        let customers =
            strata.iter().flatten().map(|stratum| stratum.customers).fold(0, i64::saturating_add);
        let sample = sample::draw(&strata, held, most);
        let sample = if customers == 0 { Vec::new() } else { sample? };
        Some(Points { customers, strata, sample })
    }

    /// Counts and sums of points by segment and RFM segment.
    fn count(&self, points: &[Point]) -> Vec<Vec<Stratum>> {
        let labels = &self.meta.labels;
        let row = vec![Stratum::default(); labels.rfm_segments.len()];
        let mut strata = vec![row; labels.segments.len()];
        for point in points {
            strata[usize::from(point.segment)][usize::from(point.rfm_segment)].count(point);
        }
        strata
    }
}
