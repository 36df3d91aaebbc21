//! The periods of a cube's axis: days, or days made coarser.

use snapshot::Meta;
use snapshot::cubes::{Axis, Shape};

/// Which period each day lies in.
pub(super) struct Periods {
    /// How many there are.
    pub count: usize,
    of_day: Vec<usize>,
}

impl Periods {
    pub fn of(meta: &Meta, shape: Shape, axis: Axis) -> Self {
        let first = meta.first_day;
        let month = |day: i32| first.plus(day).month().0 - first.month().0;
        let period = |day: (usize, i32)| match axis {
            Axis::Day => day.0,
            Axis::Month => usize::try_from(month(day.1)).unwrap_or(0),
            Axis::Always => 0,
        };
        let of_day = (0..shape.days).zip(0..).map(period).collect();
        Self { count: shape.periods(axis), of_day }
    }

    /// The period of a day.
    #[inline]
    pub fn of_day(&self, day: u16) -> usize {
        self.of_day[usize::from(day)]
    }
}
