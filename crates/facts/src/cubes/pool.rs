//! The pool of customers who may be drawn in a scatter.

use std::sync::Arc;

use snapshot::Meta;
use snapshot::columns::NOT_SCORED;
use snapshot::cubes::Excerpt;

use super::numbers::check_numbers;
use crate::columns::{Columns, FactsError};
use crate::measure::Point;
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
        let Excerpt { numbers, customers, purchases, .. } = excerpt;
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
