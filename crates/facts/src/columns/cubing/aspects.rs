//! Scores by channel and reason, and by period.

use snapshot::columns::NOT_SAID;
use snapshot::cubes::{Cube, Shape};

use super::periods::Periods;
use super::sums::zero;
use crate::columns::Columns;
use crate::measure::Aspect;

impl Columns {
    /// The cube of aspects: channels first, then reasons, each with the cells of a cube of sums.
    pub(super) fn aspects(&self, shape: Shape, periods: &Periods) -> Cube {
        let (cells, mut base) = ((shape.strata() + 1) * periods.count, 0);
        let mut scores: [Vec<i64>; 5] = zero(shape.aspects * cells);
        let feedback = &self.feedback;
        for aspect in Aspect::ALL {
            let rows = feedback.customer.iter().zip(&feedback.day).zip(&feedback.score);
            for (((&customer, &day), &score), &code) in rows.zip(self.aspect(aspect)) {
                if code == NOT_SAID {
                    continue;
                }
                let row = self.stratum_or_nobody(shape, customer) * periods.count;
                let cell = (base + usize::from(code)) * cells + row;
                scores[usize::from(score) - 1][cell + periods.of_day(day)] += 1;
            }
            base += aspect.labels(&self.meta).len();
        }
        Cube::Dense(scores.into())
    }
}
