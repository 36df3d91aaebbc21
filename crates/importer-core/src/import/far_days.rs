//! Days that lie far before or after all others, as a slip of the pen puts them.

use std::collections::BTreeMap;

use snapshot::Day;

/// Days between two days with a row that are no slip of the pen.
const NEAR: i32 = 366;

/// The days of a table's rows, each with the number of its first row.
#[derive(Default)]
pub struct DaysLook {
    rows: BTreeMap<Day, u64>,
    last: Option<Day>,
}

impl DaysLook {
    /// Looks at the day of a row.
    pub fn look(&mut self, day: Day, number: u64) {
        // Rows of one day often stand together.
        if self.last.replace(day) != Some(day) {
            self.rows.entry(day).or_insert(number);
        }
    }

    /// The last day and the first one, if they are far from the day beside them.
    pub fn far(&self) -> Vec<(Day, u64)> {
        let far = |early: Day, late: Day| early.plus(NEAR) < late;
        let pair = |(&day, &number): (&Day, &u64)| (day, number);
        let mut days = self.rows.iter().map(pair);
        let (first, second) = (days.next(), days.next());
        let mut days = self.rows.iter().rev().map(pair);
        let (last, before) = (days.next(), days.next());
        let last = last.zip(before).filter(|(last, before)| far(before.0, last.0));
        let first = first.zip(second).filter(|(first, second)| far(first.0, second.0));
        // Of two days in all, one is enough to name.
        let first = first.filter(|_| last.is_none() || self.rows.len() > 2);
        last.into_iter().chain(first).map(|(day, _)| day).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far(days: &[&str]) -> Vec<u64> {
        let mut look = DaysLook::default();
        days.iter().zip(1..).for_each(|(day, line)| look.look(day.parse().unwrap(), line));
        look.far().into_iter().map(|(_, line)| line).collect()
    }

    #[test]
    fn a_day_more_than_a_year_from_all_others_is_far() {
        assert_eq!(far(&["2024-05-01", "2034-05-02", "2024-05-02", "2034-05-02"]), [2]);
        assert_eq!(far(&["2014-05-01", "2024-05-02", "2024-05-02"]), [2]);
        assert_eq!(far(&["2014-05-01", "2024-05-02", "2024-06-02", "2034-01-01"]), [4, 1]);
        assert_eq!(far(&["2024-01-01", "2025-01-01", "2026-01-01"]), [0; 0]);
        assert_eq!(far(&["2024-01-01", "2025-01-02"]), [2]);
        assert_eq!(far(&["2024-01-01"]), [0; 0]);
    }
}
