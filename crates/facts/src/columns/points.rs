//! Customers as points of recency, frequency and monetary value, sampled fairly when many.

use snapshot::columns::NOT_SCORED;

use super::Columns;
use super::lens::Lens;
use crate::measure::{Point, Points, Stratum};
use crate::narrow;
use crate::sample;
use crate::scope::Scope;

impl Columns {
    /// Scored customers in scope, with at most about `most` of them as points.
    #[expect(clippy::arithmetic_side_effects, reason = "at most `MOST_ROWS` customers")]
    pub(super) fn scan_points(&self, scope: &Scope, most: usize) -> Points {
        let labels = &self.meta().labels;
        let mut points = Points {
            strata: vec![
                vec![Stratum::default(); labels.rfm_segments.len()];
                labels.segments.len()
            ],
            ..Points::default()
        };
        let mut pool = self.pool.get_or_init(|| self.find_pool()).iter().peekable();
        let mut held = Vec::new();
        self.each_point(scope, |point| {
            points.customers += 1;
            points.strata[usize::from(point.segment)][usize::from(point.rfm_segment)].count(&point);
            while pool.next_if(|&&next| next < point.customer).is_some() {}
            if pool.peek() == Some(&&point.customer) {
                held.push(point);
            }
        });
        points.sample = sample::draw(&points.strata, held, most)
            .or_else(|| sample::draw(&points.strata, self.points_in(scope), most))
            .unwrap_or_default();
        points
    }

    /// All scored customers in scope, by number.
    pub(crate) fn points_in(&self, scope: &Scope) -> Vec<Point> {
        let mut points = Vec::new();
        self.each_point(scope, |point| points.push(point));
        points
    }

    fn each_point(&self, scope: &Scope, each: impl FnMut(Point)) {
        let lens = Lens::new(self, scope);
        if lens.without_purchase() {
            let customers = (0..self.customers.len()).filter(|&at| lens.customer(self, at));
            customers.filter_map(|customer| self.point(customer)).for_each(each);
        } else {
            let selection = self.selection(scope);
            selection.customers().filter_map(|at| self.point(at as usize)).for_each(each);
        }
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
            .map(|row| row.iter().map(|stratum| narrow::count(stratum.len())).collect())
            .collect();
        let mut pool = Vec::new();
        for (mut stratum, place) in
            strata.into_iter().flatten().zip(sample::places(&sizes).concat())
        {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            if place < stratum.len() {
                stratum.select_nth_unstable_by_key(place, |&customer| sample::rank(customer));
                stratum.truncate(place);
            }
            pool.extend(stratum);
        }
        pool.sort_unstable();
        pool
    }

    /// A customer as a point, if scored.
    fn point(&self, customer: usize) -> Option<Point> {
        let rfm_segment = self.customers.rfm_segment[customer];
        if rfm_segment == NOT_SCORED {
            return None;
        }
        Some(Point {
            customer: narrow::row(customer),
            recency_days: self.recency_days(customer)?,
            orders: self.customers.orders[customer],
            lifetime_value: self.customers.lifetime_value[customer],
            segment: self.customers.segment[customer],
            rfm_segment,
        })
    }
}
