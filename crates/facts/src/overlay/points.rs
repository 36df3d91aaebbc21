//! Points of a scatter under an overlay.

use super::State;
use super::over::Overlaid;
use crate::measure::{Point, Points, Stratum};
use crate::sample;
use crate::scope::Scope;
use crate::source::Source;

impl Overlaid<'_> {
    /// Strata are exact. The points are those of the snapshot and of touched customers who come
    /// before the last that was drawn of their stratum, so that nobody is drawn for being touched;
    /// where all were drawn, all are.
    pub(super) fn merged_points(&self, scope: &Scope, most: usize) -> Option<Points> {
        let State { meta, published, before, after, .. } = self.state;
        let labels = &meta.labels;
        let row = vec![Stratum::default(); labels.rfm_segments.len()];
        let mut strata = vec![row; labels.segments.len()];
        let mut held: Vec<Point> = Vec::new();
        let mut drawn =
            vec![vec![(0_i64, (0_u32, 0_u32)); labels.rfm_segments.len()]; labels.segments.len()];
        let mut counted = strata.clone();
        if let Some(scope) = self.narrowed(scope) {
            let below = self.below.points(&scope, most).ready()?;
            let touched = before.columns.points(&scope, 0)?;
            let later = meta.as_of.0.saturating_sub(published.as_of.0);
            for (segment, row) in below.strata.iter().enumerate() {
                for (rfm, stratum) in row.iter().enumerate() {
                    let into = &mut strata[segment][rfm];
                    into.add(stratum);
                    into.take(&touched.strata[segment][rfm]);
                    // Time has passed for everybody.
                    let days = into.customers.saturating_mul(later.into());
                    into.recency_days = into.recency_days.saturating_add(days);
                    counted[segment][rfm] = *stratum;
                }
            }
            for mut point in below.sample {
                let drawn = &mut drawn[usize::from(point.segment)][usize::from(point.rfm_segment)];
                *drawn = (drawn.0.saturating_add(1), drawn.1.max(sample::rank(point.customer)));
                point.recency_days = point.recency_days.saturating_add(later);
                if !self.is_touched(point.customer) {
                    held.push(point);
                }
            }
        }
        for mut point in after.columns.points_in(scope) {
            let Some(number) = after.number(point.customer) else { continue };
            point.customer = number;
            let (segment, rfm) = (usize::from(point.segment), usize::from(point.rfm_segment));
            strata[segment][rfm].count(&point);
            let (count, last) = drawn[segment][rfm];
            if count == counted[segment][rfm].customers || sample::rank(number) <= last {
                held.push(point);
            }
        }
        let customers =
            strata.iter().flatten().map(|stratum| stratum.customers).fold(0, i64::saturating_add);
        held.sort_unstable_by_key(|point| point.customer);
        let sample = sample::share(&strata, held, most);
        Some(Points { customers, strata, sample })
    }
}
