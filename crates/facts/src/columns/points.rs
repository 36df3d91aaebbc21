//! Customers as points of recency, frequency and monetary value, sampled fairly when many.

use snapshot::columns::NOT_SCORED;

use super::Columns;
use super::lens::Lens;
use crate::measure::{Point, Points, Stratum};
use crate::sample;
use crate::scope::Scope;

impl Columns {
    /// Scored customers in scope, with at most about `most` of them as points.
    pub(super) fn scan_points(&self, scope: &Scope, most: usize) -> Points {
        let all = self.points_in(scope);
        let labels = &self.meta().labels;
        let mut points = Points {
            customers: all.len() as i64,
            strata: vec![
                vec![Stratum::default(); labels.rfm_segments.len()];
                labels.segments.len()
            ],
            ..Points::default()
        };
        for point in &all {
            points.strata[usize::from(point.segment)][usize::from(point.rfm_segment)].count(point);
        }
        let pool = self.pool.get_or_init(|| self.find_pool());
        let place = |customer| all.binary_search_by_key(customer, |point: &Point| point.customer);
        let held = pool.iter().filter_map(|customer| all.get(place(customer).ok()?).copied());
        points.sample = sample::draw(&points.strata, held.collect(), most)
            .or_else(|| sample::draw(&points.strata, all, most))
            .unwrap_or_default();
        points
    }

    /// All scored customers in scope, by number.
    pub(crate) fn points_in(&self, scope: &Scope) -> Vec<Point> {
        let lens = Lens::new(self, scope);
        (0..self.customers.len()).filter_map(|customer| self.point(&lens, customer)).collect()
    }

    /// The customers of the pool, by number.
    pub(super) fn find_pool(&self) -> Vec<u32> {
        let labels = &self.meta().labels;
        let mut strata = vec![vec![Vec::new(); labels.rfm_segments.len()]; labels.segments.len()];
        let classes = self.customers.segment.iter().zip(&self.customers.rfm_segment);
        for (customer, (&segment, &rfm)) in (0_u32..).zip(classes) {
            if rfm != NOT_SCORED {
                strata[usize::from(segment)][usize::from(rfm)].push(customer);
            }
        }
        let sizes: Vec<Vec<i64>> = strata
            .iter()
            .map(|row| row.iter().map(|stratum| stratum.len() as i64).collect())
            .collect();
        let mut pool = Vec::new();
        for (mut stratum, place) in
            strata.into_iter().flatten().zip(sample::places(&sizes).concat())
        {
            let place = place as usize;
            if place < stratum.len() {
                stratum.select_nth_unstable_by_key(place, |&customer| sample::rank(customer));
                stratum.truncate(place);
            }
            pool.extend(stratum);
        }
        pool.sort_unstable();
        pool
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
