//! Top lists from the most valuable customers of each stratum.

use std::sync::Arc;

use snapshot::Meta;
use snapshot::cubes::{Census, Leaders, Shape};

use crate::columns::{Columns, FactsError};
use crate::measure::TopCustomer;
use crate::scope::Scope;
use crate::source::Source;

/// The leaders, searchable like all customers.
#[derive(Debug)]
pub(super) struct LeaderBoard {
    columns: Columns,
    numbers: Vec<u32>,
    /// Leaders of each stratum: how many, and the least lifetime value among them.
    strata: Vec<(i64, i64)>,
}

impl LeaderBoard {
    pub fn new(meta: Arc<Meta>, leaders: Leaders) -> Result<Self, FactsError> {
        let shape = Shape::of(&meta);
        let Leaders { numbers, customers, purchases } = leaders;
        if numbers.len() != customers.len() {
            return Err(FactsError::Damaged("leaders without numbers".to_owned()));
        }
        let mut strata = vec![(0, i64::MAX); shape.strata()];
        let classes = customers.segment.iter().zip(&customers.churn).zip(&customers.lifetime_value);
        for ((&segment, &churn), &value) in classes {
            let stratum = usize::from(segment) * shape.risks + usize::from(churn);
            if let Some((count, least)) = strata.get_mut(stratum) {
                *count += 1;
                *least = value.min(*least);
            }
        }
        let columns = Columns::new(meta, customers, purchases, None, None)?;
        Ok(Self { columns, numbers, strata })
    }

    /// The top list, if no customer outside the leaders can belong to it.
    pub fn top(
        &self,
        census: &Census,
        shape: Shape,
        scope: &Scope,
        count: usize,
    ) -> Option<Vec<TopCustomer>> {
        let mut top = self.columns.top(scope, count)?;
        let least = if top.len() < count { i64::MIN } else { top.last()?.lifetime_value };
        let (segments, risks) =
            (scope.segments.mask(shape.segments), scope.churn.mask(shape.risks));
        for (stratum, &(leaders, smallest)) in self.strata.iter().enumerate() {
            let allowed = segments[stratum / shape.risks] && risks[stratum % shape.risks];
            let rows = stratum * (shape.rfm_segments + 1)..(stratum + 1) * (shape.rfm_segments + 1);
            let all: i64 = census.customers[rows].iter().sum();
            if allowed && all > leaders && smallest >= least {
                return None;
            }
        }
        for row in &mut top {
            row.customer = *self.numbers.get(row.customer as usize)?;
        }
        Some(top)
    }
}
