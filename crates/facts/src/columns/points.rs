//! Customers as points of recency, frequency and monetary value, sampled fairly when many.

use snapshot::columns::NOT_SCORED;

use super::Columns;
use super::lens::Lens;
use crate::measure::{Point, Points, Stratum};
use crate::scope::Scope;

impl Columns {
    /// Scored customers in scope, with at most about `most` of them as points.
    ///
    /// Beyond `most`, every stratum gives its share of points (at least one), always the same
    /// customers first, so that points stay where they are when filters change.
    pub(super) fn scan_points(&self, scope: &Scope, most: usize) -> Points {
        let lens = Lens::new(self, scope);
        let labels = &self.meta().labels;
        let mut points = Points {
            strata: vec![
                vec![Stratum::default(); labels.rfm_segments.len()];
                labels.segments.len()
            ],
            ..Points::default()
        };
        for customer in 0..self.customers.len() {
            if let Some(point) = self.point(&lens, customer) {
                let stratum =
                    &mut points.strata[usize::from(point.segment)][usize::from(point.rfm_segment)];
                stratum.customers += 1;
                stratum.recency_days += i64::from(point.recency_days);
                stratum.orders += i64::from(point.orders);
                stratum.lifetime_value += point.lifetime_value;
                points.customers += 1;
                points.sample.push(point);
            }
        }
        if points.sample.len() > most {
            thin(&mut points, most);
        }
        points
    }

    fn point(&self, lens: &Lens, customer: usize) -> Option<Point> {
        let rfm_segment = self.customers.rfm_segment[customer];
        if rfm_segment == NOT_SCORED || !lens.customer(self, customer) {
            return None;
        }
        let in_scope = lens.without_purchase() || lens.is_active(self, customer);
        Some(Point {
            customer: customer as u32,
            recency_days: self.recency_days(customer).filter(|_| in_scope)?,
            orders: self.customers.orders[customer],
            lifetime_value: self.customers.lifetime_value[customer],
            segment: self.customers.segment[customer],
            rfm_segment,
        })
    }
}

fn thin(points: &mut Points, most: usize) {
    let total = points.sample.len();
    let mut by_rank = std::mem::take(&mut points.sample);
    by_rank.sort_unstable_by_key(|point| (scatter(point.customer), point.customer));
    let share = |stratum: &Stratum| (stratum.customers as usize * most).div_ceil(total);
    let mut left: Vec<Vec<usize>> =
        points.strata.iter().map(|row| row.iter().map(share).collect()).collect();
    by_rank.retain(|point| {
        let left = &mut left[usize::from(point.segment)][usize::from(point.rfm_segment)];
        let keep = *left > 0;
        *left = left.saturating_sub(1);
        keep
    });
    by_rank.sort_unstable_by_key(|point| point.customer);
    points.sample = by_rank;
}

/// A fixed pseudo-random rank of a customer number (the finaliser of MurmurHash3).
fn scatter(number: u32) -> u32 {
    let mut hash = number;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}
