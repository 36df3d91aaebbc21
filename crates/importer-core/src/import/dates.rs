//! Reads dates and timestamps as calendar days in the snapshot's time zone.

use anyhow::Result;
use snapshot::Day;

use super::date_format::{DateFormat, Order};
use super::visible::visible;
use crate::zones::Zone;

/// Years that can be meant; others are slips of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Formats of other programs in which day and month cannot be taken for each other.
const USUAL: [&str; 10] = [
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S UTC",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
];

/// Formats to try, in order.
#[derive(Clone, Debug)]
pub struct DateFormats {
    formats: Vec<DateFormat>,
    zone: Zone,
}

/// The day that a text names by each order of day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// With the day first.
    pub day_first: Option<Day>,
    /// With the month first.
    pub month_first: Option<Day>,
}

impl DateFormats {
    /// Compiles strftime formats; none means ISO days.
    ///
    /// # Errors
    /// Names the format that is not one.
    pub fn new(formats: &[String], zone: Zone) -> Result<Self> {
        let compiled = formats.iter().map(|format| DateFormat::compile(format));
        let mut formats = compiled.collect::<Result<Vec<DateFormat>>>()?;
        if formats.is_empty() {
            formats.push(DateFormat::iso());
        }
        Ok(Self { formats, zone })
    }

    /// Reads a day.
    ///
    /// # Errors
    /// Says why the text is not a date.
    pub fn parse(&self, text: &str) -> Result<Day, String> {
        let day = self.formats.iter().find_map(|format| format.parse(text, &self.zone));
        let day = day.ok_or_else(|| self.complaint(text))?;
        let (year, _, _) = day.ymd();
        if !can_be_meant(day) {
            let short = match year {
                0..100 => "; %y reads years of two digits",
                10_000.. if text.len() == 13 => "; it has milliseconds, where %s reads seconds",
                _ => "",
            };
            return Err(format!("is in the year {year}{short}"));
        }
        Ok(day)
    }

    /// Whether some texts could be read with the day or with the month first.
    pub fn has_both_orders(&self) -> bool {
        self.formats.iter().any(|format| self.has_twin(format))
    }

    /// What a text means by each order; neither where the formats leave no choice.
    pub fn readings(&self, text: &str) -> Readings {
        let mut readings = Readings::default();
        for format in self.formats.iter().filter(|format| self.has_twin(format)) {
            let reading = match format.order {
                Some(Order::DayFirst) => &mut readings.day_first,
                _ => &mut readings.month_first,
            };
            *reading = reading.or_else(|| format.parse(text, &self.zone));
        }
        readings
    }

    /// These formats with one order of day and month where they had both.
    #[must_use]
    pub fn only(&self, order: Order) -> Self {
        let kept = |format: &&DateFormat| !self.has_twin(format) || format.order == Some(order);
        Self {
            formats: self.formats.iter().filter(kept).cloned().collect(),
            zone: self.zone.clone(),
        }
    }

    fn has_twin(&self, format: &DateFormat) -> bool {
        let twin = |other: &DateFormat| {
            other.shape == format.shape && other.order.is_some() && other.order != format.order
        };
        format.order.is_some() && self.formats.iter().any(twin)
    }

    fn complaint(&self, text: &str) -> String {
        let formats: Vec<&str> = self.formats.iter().map(|format| format.text.as_str()).collect();
        let formats = visible(&formats.join(" or "));
        let mut complaint = format!("is not a date of the format given ({formats})");
        let other = self.formats.iter().find_map(|format| {
            format.other_order(text, &self.zone).filter(|&(_, day)| can_be_meant(day))
        });
        if let Some((order, _)) = other {
            let name = if order == Order::DayFirst { "day-first" } else { "month-first" };
            complaint += &format!("; it can only be {name}");
        }
        let reads = |format: &&&str| {
            let format = DateFormat::compile(format).ok();
            format.is_some_and(|format| format.parse(text, &self.zone).is_some_and(can_be_meant))
        };
        if other.is_none() && self.formats.iter().any(|format| format.is_impossible(text)) {
            complaint += "; there is no such day";
        } else if text.ends_with('Z') && text.contains('T') {
            complaint += "; it is an instant, which %Y-%m-%dT%H:%M:%S%.f%#z reads";
        } else if let Some(format) = USUAL.iter().find(reads) {
            complaint += &format!("; {format} reads it");
        } else if text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            complaint +=
                "; it may be the number that a spreadsheet has for a day, which serial reads";
        }
        complaint
    }
}

/// Whether a day is of a year that can be meant.
pub fn can_be_meant(day: Day) -> bool {
    YEARS.contains(&day.ymd().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Result<String, String> {
        let formats =
            DateFormats::new(&[format.to_owned()], Zone::named("America/New_York").unwrap());
        formats.map_err(|error| error.to_string())?.parse(text).map(|day| day.to_string())
    }

    #[test]
    fn dates_and_timestamps_become_days() {
        for (format, text, day) in [
            ("%Y-%m-%d", "2024-02-29", "2024-02-29"),
            ("%d.%m.%Y", "1.3.2024", "2024-03-01"),
            ("%m/%d/%Y %H:%M", "12/1/2010 8:26", "2010-12-01"),
            ("%d %b %Y", "05 Jan 2024", "2024-01-05"),
            ("%d. %B %Y", "12. März 2024", "2024-03-12"),
            ("%d. %B %Y", "1. Dezember 2024", "2024-12-01"),
            ("%d. %B %Y", "1. March 2024", "2024-03-01"),
            ("%d. %b %Y", "3. Okt 2024", "2024-10-03"),
            ("%d. %b. %Y %H:%M", "3. DEZ. 2024 10:30", "2024-12-03"),
            ("%B %d, %Y", "Mai 5, 2024", "2024-05-05"),
            ("%d-%b-%y", "05-Mrz-24", "2024-03-05"),
            // Half past two at night in Greenwich is the evening before in New York.
            ("%Y-%m-%dT%H:%M:%S%:z", "2024-03-01T02:30:00+00:00", "2024-02-29"),
            ("%Y-%m-%dT%H:%M:%S%.f%#z", "2024-03-01T02:30:00.123Z", "2024-02-29"),
            ("%s", "1709260200", "2024-02-29"),
            // A Z is the zone, not a letter.
            ("%Y-%m-%dT%H:%M:%SZ", "2024-03-01T02:30:00Z", "2024-02-29"),
            ("%Y-%m-%dT%H:%M:%S%.fZ", "2024-03-01T02:30:00.5Z", "2024-02-29"),
            ("%Y-%-m-%-d", "2024-3-1", "2024-03-01"),
            // So are its other names, wherever they stand.
            ("%Y-%m-%d %H:%M:%S UTC", "2024-03-01 02:30:00 UTC", "2024-02-29"),
            ("%Y-%m-%d %H:%M:%S GMT", "2024-03-01 02:30:00 GMT", "2024-02-29"),
            ("%Y-%m-%d %H:%M:%S+0000", "2024-03-01 02:30:00+0000", "2024-02-29"),
            ("%Y-%m-%dT%H:%M:%S.000+00:00", "2024-03-01T02:30:00.000+00:00", "2024-02-29"),
            ("%Y-%m-%dT%H:%M:%Sz", "2024-03-01T02:30:00z", "2024-02-29"),
            ("%a %b %d %H:%M:%S UTC %Y", "Fri Mar 01 02:30:00 UTC 2024", "2024-02-29"),
            ("%d.%m.%Y %H:%M Uhr", "01.03.2024 02:30 Uhr", "2024-03-01"),
        ] {
            assert_eq!(read(format, text).as_deref(), Ok(day), "{format} {text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for (format, text) in [
            ("%Y-%m-%d", "2023-02-29"),
            ("%Y-%m-%d", "2023-2-1"),
            ("%Y-%m-%d", "2023-2-001"),
            ("%Y-%m-%d", "+2023-02-1"),
            ("%Y-%m-%d", "+2023-02-01"),
            ("%d/%m/%Y", "01/02/+2024"),
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

    #[test]
    fn one_order_can_be_chosen_where_both_fit() {
        let formats = ["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y"].map(String::from);
        let formats = DateFormats::new(&formats, Zone::utc()).unwrap();
        assert!(formats.has_both_orders());
        let days = |text: &str| {
            let Readings { day_first, month_first } = formats.readings(text);
            (day_first.is_some(), month_first.is_some())
        };
        assert_eq!(days("13/04/2024"), (true, false));
        assert_eq!(days("04/13/2024"), (false, true));
        assert_eq!(days("03/04/2024"), (true, true));
        assert_eq!(days("13.04.2024"), (false, false));
        let day_first = formats.only(Order::DayFirst);
        assert!(!day_first.has_both_orders());
        assert_eq!(day_first.parse("03/04/2024").unwrap().to_string(), "2024-04-03");
        assert_eq!(day_first.parse("03.04.2024").unwrap().to_string(), "2024-04-03");
        let plain = DateFormats::new(&["%m/%d/%Y".to_owned()], Zone::utc()).unwrap();
        assert!(!plain.has_both_orders());
    }
}
