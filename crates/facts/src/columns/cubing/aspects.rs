//! Scores by month, channel and reason.

use snapshot::columns::{NO_CUSTOMER, NOT_SAID};
use snapshot::cubes::{AspectCells, Cells, Shape};

use crate::columns::Columns;
use crate::measure::Aspect;

impl Columns {
    /// The cube of aspects; none where feedback tells neither.
    pub(super) fn month_aspects(&self, shape: Shape) -> Option<AspectCells> {
        let (cells, mut base) = (shape.cells(shape.months), 0);
        let mut cube = AspectCells::zero(shape.aspects * cells);
        let feedback = &self.feedback;
        for aspect in Aspect::ALL {
            let rows = feedback.customer.iter().zip(&feedback.day).zip(&feedback.score);
            for (((&customer, &day), &score), &code) in rows.zip(self.aspect(aspect)) {
                if code == NOT_SAID {
                    continue;
                }
                let stratum = match customer {
                    NO_CUSTOMER => shape.strata(),
                    customer => self.stratum(shape, customer as usize),
                };
                let cell = (base + usize::from(code)) * cells + stratum * shape.months;
                cube.scores[usize::from(score) - 1][cell + self.month(day)] += 1;
            }
            base += aspect.labels(&self.meta).len();
        }
        (shape.aspects > 0).then_some(cube)
    }
}
