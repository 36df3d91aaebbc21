//! Days, ranges and buckets of time as people read them.

use facts::{Bucket, BucketSize, DayRange};
use snapshot::{Day, Month};

use super::Format;

impl Format {
    /// A day, `23 Nov 2026`.
    pub fn day(&self, day: Day) -> String {
        let (year, _, date) = day.ymd();
        let text = self.locale.day.replace("{d}", &date.to_string());
        text.replace("{m}", self.month_name(day.month())).replace("{y}", &year.to_string())
    }

    /// A range of days.
    pub fn range(&self, range: DayRange) -> String {
        format!("{} – {}", self.day(range.from), self.day(range.to))
    }

    /// A bucket of a time axis, `Nov 2026`, `23 Nov 2026`.
    pub fn bucket(&self, bucket: Bucket) -> String {
        let from = bucket.range.from;
        match bucket.size {
            BucketSize::Month => {
                let text = self.locale.month.replace("{m}", self.month_name(from.month()));
                text.replace("{y}", &from.month().year().to_string())
            }
            BucketSize::Week if bucket.range.days() > 1 => self.range(bucket.range),
            BucketSize::Week | BucketSize::Day => self.day(from),
        }
    }

    /// A bucket below a time axis: a brief name, and the year if that can stand apart.
    pub(crate) fn tick(&self, bucket: Bucket) -> (String, String) {
        let from = bucket.range.from;
        let pattern = match bucket.size {
            BucketSize::Month => &self.locale.month,
            BucketSize::Week | BucketSize::Day => &self.locale.day,
        };
        let (year, _, date) = from.ymd();
        let (brief, year) = match pattern.strip_suffix("{y}") {
            Some(brief) => (brief.trim_end_matches([' ', ',']).to_owned(), year.to_string()),
            None => (pattern.replace("{y}", &year.to_string()), String::new()),
        };
        let brief = brief.replace("{d}", &date.to_string());
        (brief.replace("{m}", self.month_name(from.month())), year)
    }

    fn month_name(&self, month: Month) -> &str {
        self.locale.months.get(month.number() as usize - 1).map_or("", |name| name)
    }
}
