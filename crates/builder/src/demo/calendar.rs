//! When the demo shop sells: three years that end on a fixed day, with seasons and growth.

use snapshot::{Day, Month};

use super::dice::Dice;

/// Months of history.
const MONTHS: i32 = 36;

/// How busy each month of the year is, January first; the busiest has [`BUSIEST`].
const SEASON: [u64; 12] = [82, 80, 92, 96, 104, 98, 92, 90, 98, 106, 142, 150];
const BUSIEST: u64 = 150;

/// The shop's history.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// First day of history.
    pub first: Day,
    /// The as-of day, the last one.
    pub last: Day,
}

impl Calendar {
    /// July 2023 to June 2026: the newest whole years, with a leap day.
    pub fn new() -> Self {
        let end = Month((2026 - 1970) * 12 + 5);
        Self { first: end.plus(1 - MONTHS).first_day(), last: end.last_day() }
    }

    /// A day on which somebody new arrives: more from year to year, most before Christmas.
    pub fn arrival(&self, dice: &mut Dice) -> Day {
        let month = |at: i32| self.first.month().plus(at);
        let weight = |at: i32| (50 + at.unsigned_abs() as u64) * season(month(at));
        let month = month(dice.weighted((0..MONTHS).map(weight)) as i32);
        let days = month.last_day().0 - month.first_day().0;
        month.first_day().plus(dice.between(0, days))
    }

    /// Whether somebody who might buy on this day does: a matter of season.
    pub fn in_the_mood(&self, day: Day, dice: &mut Dice) -> bool {
        dice.below(BUSIEST) < season(day.month())
    }

    /// Whether a day is in the history.
    pub fn has(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

fn season(month: Month) -> u64 {
    SEASON[month.number() as usize - 1]
}
