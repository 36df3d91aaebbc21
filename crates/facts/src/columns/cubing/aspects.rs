//! Scores by channel and reason, and by month or day.

use snapshot::columns::{NO_CUSTOMER, NOT_SAID};
use snapshot::cubes::{AspectCells, Cells, Shape};

use crate::columns::Columns;
use crate::measure::Aspect;

impl Columns {
    /// The cube of aspects by month; none where feedback tells neither.
    pub(super) fn month_aspects(&self, shape: Shape) -> Option<AspectCells> {
        self.aspects(shape, shape.months, |day| self.month(day))
    }

    /// The cube of aspects over some periods; none where feedback tells neither.
    pub(super) fn aspects(
        &self,
        shape: Shape,
        periods: usize,
        period: impl Fn(u16) -> usize,
    ) -> Option<AspectCells> {
        let (cells, mut base) = (shape.cells(periods), 0);
        let mut cube = AspectCells::zero(shape.aspect_cells(periods));
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
                let cell = (base + usize::from(code)) * cells + stratum * periods;
                cube.scores[usize::from(score) - 1][cell + period(day)] += 1;
            }
            base += aspect.labels(&self.meta).len();
        }
        (shape.aspects > 0).then_some(cube)
    }
}
