//! Points of a scatter from the pool of customers who may be drawn.

use super::Cubes;
use super::plan::{self, Drawn};
use crate::measure::{Point, Points, Stratum};
use crate::sample;
use crate::scope::Scope;

impl Cubes {
    /// Points from the pool, if it has enough and everybody beside it can be counted.
    pub(super) fn draw_points(&self, scope: &Scope, most: usize) -> Option<Points> {
        let strata = match plan::points(&self.meta, self.cache.headcount()?, scope)? {
            Drawn::All => None,
            Drawn::Counted(terms) => {
                let mut strata = self.count(&self.cache.irregular()?.points_in(scope));
                for (segment, rfm, term) in terms {
                    strata[segment][rfm].add(&term.stratum(&self.cache)?);
                }
                Some(strata)
            }
        };
        let held = self.cache.pool()?.points(scope);
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
