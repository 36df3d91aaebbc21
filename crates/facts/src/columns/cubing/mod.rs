//! Builds the cubes of a snapshot from its columns, once, when the snapshot is made.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums of rows that `check` looked through, cells of a shape that passed `Shape::check`"
)]

mod apart;
mod aspects;
mod category_voices;
mod day_windows;
mod fine;
mod sums;
mod tally;
mod windows;

use snapshot::columns::NOT_SCORED;
use snapshot::cubes::{Cells, Census, CubeData, Shape};

use super::Columns;
use apart::Odd;
use category_voices::CategoryDays;

/// Customers kept of each stratum for top lists.
const LEADERS: usize = 64;

impl Columns {
    /// All cubes of these columns but those of [`Columns::large_cubes`] and of fine strata.
    ///
    /// Distinct orders only add up when an order has one day and one customer. Customers with
    /// an order that has not (and such orders of guests) stay out of the cubes of sales and
    /// windows; their lines go along as they are.
    pub fn cubes(&self) -> CubeData {
        let shape = Shape::of(&self.meta);
        let odd = Odd::find(self);
        let day_sales = self.each_day_sales(shape, &odd);
        let day_voices = self.day_voices(shape);
        CubeData {
            month_sales: (0..)
                .zip(day_sales.iter().map(|cells| self.by_month(shape, cells)))
                .collect(),
            month_voices: Some(self.by_month(shape, &day_voices)),
            day_sales: (0..).zip(day_sales).collect(),
            day_voices: Some(day_voices),
            month_aspects: self.month_aspects(shape),
            day_aspects: self.aspects(shape, shape.days, usize::from),
            windows: (0..).zip(self.each_windows(shape, &odd)).collect(),
            census: Some(self.census(shape)),
            leaders: Some(self.leaders(shape, LEADERS)),
            odd: Some(self.odd_columns(&odd)),
            pool: Some(self.pool_excerpt()),
            ..CubeData::default()
        }
    }

    /// The cubes of one variant that are many and large: windows of days, and feedback and
    /// contacts under its category. [`Columns::cubes`] leaves them out, so that not all of them
    /// have to be held at once.
    pub fn large_cubes(&self, variant: u32) -> CubeData {
        let shape = Shape::of(&self.meta);
        let blocks = self.day_windows(shape, &Odd::find(self), variant);
        let numbered = || (0..).map(|block| (variant, block));
        let mut cubes =
            CubeData { day_windows: numbered().zip(blocks).collect(), ..CubeData::default() };
        if let Some(category) = variant.checked_sub(1).and_then(|code| u16::try_from(code).ok()) {
            let bought = CategoryDays::of(self, shape, category);
            cubes.voice_gaps.insert(variant, self.voice_gaps(shape, &bought));
            cubes.near_voices = numbered().zip(self.near_voices(shape, &bought)).collect();
        }
        cubes
    }

    /// The variants of [`Columns::large_cubes`]: all categories together, and each alone.
    pub fn variants(&self) -> std::ops::Range<u32> {
        0..u32::try_from(Shape::of(&self.meta).variants()).unwrap_or(0)
    }

    fn stratum(&self, shape: Shape, customer: usize) -> usize {
        let rfm = match self.customers.rfm_segment[customer] {
            NOT_SCORED => None,
            code => Some(usize::from(code)),
        };
        let (segment, churn) = (self.customers.segment[customer], self.customers.churn[customer]);
        shape.stratum(segment.into(), churn.into(), rfm)
    }

    fn month(&self, day: u16) -> usize {
        (self.day(day).month().0 - self.meta.first_day.month().0).unsigned_abs() as usize
    }

    /// The month of each day.
    fn months(&self, shape: Shape) -> Vec<usize> {
        (0..=u16::MAX).take(shape.days).map(|day| self.month(day)).collect()
    }

    fn census(&self, shape: Shape) -> Census {
        let mut census = Census::zero(shape.census());
        for customer in 0..self.customers.len() {
            let row = self.stratum(shape.fine(), customer);
            let orders = self.customers.orders[customer];
            census.customers[row] += 1;
            census.lifetime_value[row] += self.customers.lifetime_value[customer];
            census.ordering[row] += i64::from(orders >= 1);
            census.repeat[row] += i64::from(orders >= 2);
        }
        census
    }
}
