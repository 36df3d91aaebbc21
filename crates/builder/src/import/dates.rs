//! Reads dates and timestamps as calendar days in the snapshot's time zone.

use anyhow::{Result, bail, ensure};
use chrono::format::{Fixed, Item, Numeric, StrftimeItems};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use snapshot::Day;

/// Years that can be meant; others are slips of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Formats to try, in order.
#[derive(Clone, Debug)]
pub struct DateFormats {
    formats: Vec<DateFormat>,
    zone: Tz,
}

#[derive(Clone, Debug)]
enum DateFormat {
    /// `YYYY-MM-DD`, by far the most common.
    Iso,
    /// A day.
    Date(String),
    /// A time of day without a zone: the day stands as it is.
    Local(String),
    /// An instant: its day depends on the time zone.
    Instant(String),
}

impl DateFormats {
    /// Compiles strftime formats; none means ISO days.
    ///
    /// # Errors
    /// Names the format that is not one.
    pub fn new(formats: &[String], zone: Tz) -> Result<Self> {
        let compiled = formats.iter().map(|format| compile(format));
        let mut formats = compiled.collect::<Result<Vec<DateFormat>>>()?;
        if formats.is_empty() {
            formats.push(DateFormat::Iso);
        }
        Ok(Self { formats, zone })
    }

    /// Reads a day.
    ///
    /// # Errors
    /// Says why the text is not a date.
    pub fn parse(&self, text: &str) -> Result<Day, String> {
        let day = self.formats.iter().find_map(|format| format.parse(text, self.zone));
        let day = day.ok_or_else(|| format!("'{text}' is not a date of the format given"))?;
        let (year, _, _) = day.ymd();
        if !YEARS.contains(&year) {
            return Err(format!("'{text}' is in the year {year}"));
        }
        Ok(day)
    }
}

impl DateFormat {
    fn parse(&self, text: &str, zone: Tz) -> Option<Day> {
        match self {
            Self::Iso if text.len() == 10 => text.parse().ok(),
            Self::Iso => None,
            Self::Date(format) => NaiveDate::parse_from_str(text, format).ok().map(Day::from),
            Self::Local(format) => {
                NaiveDateTime::parse_from_str(text, format).ok().map(|time| Day::from(time.date()))
            }
            Self::Instant(format) => {
                let instant = DateTime::parse_from_str(text, format).ok()?;
                Some(Day::from(instant.with_timezone(&zone).date_naive()))
            }
        }
    }
}

fn compile(format: &str) -> Result<DateFormat> {
    // `%#z` is an item that chrono keeps to itself.
    let (mut time, mut zone, mut date) = (false, format.contains("%#z"), false);
    for item in StrftimeItems::new(format) {
        match item {
            Item::Fixed(Fixed::TimezoneName) => {
                bail!("format.date: '{format}': names of zones (%Z) say too little, use %z")
            }
            Item::Error => bail!("format.date: '{format}' is not a strftime format"),
            Item::Numeric(Numeric::Timestamp, _) | Item::Fixed(Fixed::RFC2822 | Fixed::RFC3339) => {
                zone = true
            }
            Item::Numeric(Numeric::Hour | Numeric::Hour12, _) => time = true,
            Item::Numeric(..) | Item::Fixed(Fixed::LongMonthName | Fixed::ShortMonthName) => {
                date = true;
            }
            Item::Fixed(
                Fixed::TimezoneOffset
                | Fixed::TimezoneOffsetColon
                | Fixed::TimezoneOffsetZ
                | Fixed::TimezoneOffsetColonZ,
            ) => zone = true,
            _ => {}
        }
    }
    ensure!(date || zone, "format.date: '{format}' has no date in it, such as %Y-%m-%d");
    Ok(match (zone, time) {
        (true, _) => DateFormat::Instant(format.to_owned()),
        (false, true) => DateFormat::Local(format.to_owned()),
        (false, false) if format == "%Y-%m-%d" => DateFormat::Iso,
        (false, false) => DateFormat::Date(format.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Result<String, String> {
        let formats = DateFormats::new(&[format.to_owned()], chrono_tz::America::New_York);
        formats.map_err(|error| error.to_string())?.parse(text).map(|day| day.to_string())
    }

    #[test]
    fn dates_and_timestamps_become_days() {
        for (format, text, day) in [
            ("%Y-%m-%d", "2024-02-29", "2024-02-29"),
            ("%d.%m.%Y", "1.3.2024", "2024-03-01"),
            ("%m/%d/%Y %H:%M", "12/1/2010 8:26", "2010-12-01"),
            ("%d %b %Y", "05 Jan 2024", "2024-01-05"),
            // Half past two at night in Greenwich is the evening before in New York.
            ("%Y-%m-%dT%H:%M:%S%:z", "2024-03-01T02:30:00+00:00", "2024-02-29"),
            ("%Y-%m-%dT%H:%M:%S%.f%#z", "2024-03-01T02:30:00.123Z", "2024-02-29"),
            ("%s", "1709260200", "2024-02-29"),
        ] {
            assert_eq!(read(format, text).as_deref(), Ok(day), "{format} {text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for (format, text) in [
            ("%Y-%m-%d", "2023-02-29"),
            ("%Y-%m-%d", "2023-2-1"),
            ("%Y-%m-%d", "2024-02-29 10:00"),
            ("%Y-%m-%d", ""),
            ("%d/%m/%Y", "12/31/2024"),
            ("%d/%m/%Y", "12/11/0024"),
        ] {
            assert!(read(format, text).is_err(), "{format} {text}");
        }
        assert!(read("%Q", "x").is_err());
        assert!(read("%Y-%m-%d %Z", "2024-01-01 CET").is_err());
        assert!(read("%H:%M", "10:00").is_err());
    }
}
