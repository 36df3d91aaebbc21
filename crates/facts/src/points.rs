//! Customers as points of recency, frequency and monetary value, sampled fairly when many.

use snapshot::columns::NOT_SCORED;

use crate::answer::Answer;
use crate::facts::Facts;
use crate::lens::Lens;
use crate::scope::Scope;

/// One customer who has bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Number of the customer, `ord` in the tables.
    pub customer: u32,
    /// Days from the last purchase to the as-of day.
    pub recency_days: i32,
    /// Orders of all time.
    pub orders: u32,
    /// Net amount of all time, in money units.
    pub lifetime_value: i64,
    /// Code of the customer segment.
    pub segment: u8,
    /// Code of the RFM segment.
    pub rfm_segment: u8,
}

/// All scored customers in scope of one customer segment and RFM segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// How many there are.
    pub customers: i64,
    /// Sum of their recency, in days.
    pub recency_days: i64,
    /// Sum of their orders.
    pub orders: i64,
    /// Sum of their lifetime value, in money units.
    pub lifetime_value: i64,
}

/// Scored customers in scope: exact strata, and points to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// Scored customers in scope.
    pub customers: i64,
    /// By segment, then by RFM segment; codes are indexes.
    pub strata: Vec<Vec<Stratum>>,
    /// Points in the order of customer numbers: all, or a sample of each stratum.
    pub sample: Vec<Point>,
}

impl Facts {
    /// Scored customers in scope, with at most about `most` of them as points.
    ///
    /// Beyond `most`, every stratum gives its share of points (at least one), always the same
    /// customers first, so that points stay where they are when filters change.
    pub fn points(&self, scope: &Scope, most: usize) -> Answer<Points> {
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
        Answer::Ready(points)
    }

    fn point(&self, lens: &Lens, customer: usize) -> Option<Point> {
        let rfm_segment = self.customers.rfm_segment[customer];
        if rfm_segment == NOT_SCORED || !lens.customer(self, customer) {
            return None;
        }
        let in_scope = lens.without_purchase() || self.revenue_of(lens, customer).0;
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
