//! In which time zone the dates of a column were written down, as far as they tell.

use chrono::{DateTime, FixedOffset};

use crate::guess::dates;
use crate::import::date_format::MILLISECONDS;
use crate::zones::Zone;

/// Zones in which shops write, the one with most of them first.
const ZONES: [&str; 26] = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Europe/Athens",
    "Europe/Istanbul",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Australia/Sydney",
    "Australia/Brisbane",
    "Australia/Perth",
    "Pacific/Auckland",
    "America/Toronto",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "America/Bogota",
    "America/Halifax",
    "America/Phoenix",
    "Asia/Dubai",
    "Asia/Jakarta",
    "Africa/Johannesburg",
    "Africa/Lagos",
];

/// Zones that a shop may be in whose dates are all of Greenwich.
const OTHERS: [&str; 4] =
    ["Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles"];

/// The instants of a column.
pub struct Zones {
    formats: Vec<String>,
    left: Vec<(&'static str, Zone)>,
    moved: Vec<(&'static str, Zone, u64)>,
    all_of_greenwich: bool,
    any: bool,
}

impl Zones {
    /// Nothing seen yet of dates of some formats.
    pub fn new(formats: &[String]) -> Self {
        let zone = |name: &'static str| Zone::named(name).map(|zone| (name, zone));
        let moved = OTHERS.into_iter().filter_map(zone).map(|(name, zone)| (name, zone, 0));
        Self {
            formats: formats.iter().filter(|format| dates::is_instant(format)).cloned().collect(),
            left: ZONES.into_iter().filter_map(zone).collect(),
            moved: moved.collect(),
            all_of_greenwich: true,
            any: false,
        }
    }

    /// Looks at a date.
    pub fn look(&mut self, text: &str) {
        let Some(instant) = self.formats.iter().find_map(|format| instant(format, text)) else {
            return;
        };
        self.any = true;
        let (utc, written) = (instant.naive_utc(), *instant.offset());
        self.all_of_greenwich &= written.local_minus_utc() == 0;
        self.left.retain(|(_, zone)| zone.offset(&instant) == written);
        for (_, zone, count) in &mut self.moved {
            let is_moved = zone.day(&instant) != utc.date();
            *count = count.saturating_add(is_moved.into());
        }
    }

    /// The zones that fit all dates, whether all are of Greenwich, and how many rows would be of
    /// another day elsewhere.
    pub fn end(self) -> (Vec<&'static str>, bool, Vec<(&'static str, u64)>) {
        if !self.any {
            return (Vec::new(), false, Vec::new());
        }
        let left = self.left.into_iter().map(|(name, _)| name).collect();
        let moved = self.moved.into_iter().map(|(name, _, count)| (name, count)).collect();
        (left, self.all_of_greenwich, moved)
    }
}

fn instant(format: &str, text: &str) -> Option<DateTime<FixedOffset>> {
    if format == MILLISECONDS {
        let instant = DateTime::from_timestamp_millis(text.parse().ok()?)?;
        return Some(instant.fixed_offset());
    }
    if format.ends_with("UTC") {
        let local = chrono::NaiveDateTime::parse_from_str(text, format).ok()?;
        return Some(local.and_utc().fixed_offset());
    }
    DateTime::parse_from_str(text, format).ok()
}
