//! Calendar days and months as small integers that print and parse as ISO 8601.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Days from 0001-01-01 (chrono's day one) to 1970-01-01.
const UNIX_EPOCH_FROM_CE: i32 = 719_163;

/// A calendar day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a Gregorian date, or `None` if there is no such date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
    }

    /// Year, month (1-12) and day of the month (1-31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The month this day lies in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        let years = year.saturating_sub(1970);
        Month(years.saturating_mul(12).saturating_add_unsigned(month).saturating_sub(1))
    }

    /// This day moved by a number of days.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The Monday of this day's ISO week.
    pub fn monday(self) -> Self {
        // 1970-01-01 was a Thursday.
        Self(self.0.saturating_sub(self.0.saturating_add(3).rem_euclid(7)))
    }

    fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(UNIX_EPOCH_FROM_CE))
            .unwrap_or_default()
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce().saturating_sub(UNIX_EPOCH_FROM_CE))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A text that is not a calendar day in the form `YYYY-MM-DD`.
#[derive(Debug, thiserror::Error)]
#[error("'{0}' is not a day of the form YYYY-MM-DD")]
pub struct DayError(String);

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let error = || DayError(text.to_owned());
        let bytes = text.as_bytes();
        let has_form = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !has_form {
            return Err(error());
        }
        // Of digits alone, which have the form.
        let number = |from: usize, to: usize| text[from..to].parse::<u16>().map_err(|_| error());
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        Self::from_ymd(year.into(), month.into(), day.into()).ok_or_else(error)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar month, counted from January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// Its first day.
    pub fn first_day(self) -> Day {
        Day::from_ymd(self.year(), self.number(), 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_day(self) -> Day {
        self.plus(1).first_day().plus(-1)
    }

    /// This month moved by a number of months.
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// The year, as in 2026.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12).saturating_add(1970)
    }

    /// The month's number in its year, 1-12.
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs().saturating_add(1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_print_and_parse_as_iso() {
        for text in ["1969-12-31", "1970-01-01", "2000-02-29", "2026-11-23"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        assert_eq!("1970-01-02".parse::<Day>().unwrap(), Day(1));
        for bad in ["2023-02-29", "2023-13-01", "20230101", "", "2023-01", "x-y-z"] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        for loose in ["2023-1-2", "+2023-01-02", "2023-+1-02", "2023-01-2 ", "02023-01-02"] {
            assert!(loose.parse::<Day>().is_err(), "{loose}");
        }
    }

    #[test]
    fn months_know_their_days() {
        let month = Day::from_ymd(2024, 2, 10).unwrap().month();
        assert_eq!(month.to_string(), "2024-02");
        assert_eq!(month.first_day().to_string(), "2024-02-01");
        assert_eq!(month.last_day().to_string(), "2024-02-29");
        assert_eq!(month.plus(-2).to_string(), "2023-12");
        assert_eq!(Month(-1).to_string(), "1969-12");
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!("2026-11-23".parse::<Day>().unwrap().monday().to_string(), "2026-11-23");
        assert_eq!("2026-11-29".parse::<Day>().unwrap().monday().to_string(), "2026-11-23");
        assert_eq!("1969-12-31".parse::<Day>().unwrap().monday().to_string(), "1969-12-29");
    }
}
