//! In which way the dates of a column are written.

use snapshot::Day;

use crate::import::date_format::{DateFormat, MILLISECONDS, Order, SERIAL};
use crate::import::dates::can_be_meant;
use crate::zones::Zone;

/// Days, the most common way first: of two that read the same, the first one is taken.
const DAYS: [&str; 38] = [
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d-%m-%y",
    "%m-%d-%y",
    "%Y.%m.%d",
    "%d %b %Y",
    "%d %B %Y",
    "%d. %b %Y",
    "%d. %B %Y",
    "%d. %b. %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b-%d-%y",
    "%b-%d-%Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%d %b, %Y",
    "%d/%b/%Y",
    "%a, %d %b %Y",
    "%a, %b %d, %Y",
    "%Y%m%d",
    "%Y-%-m-%-d",
    "%m.%d.%Y",
    "%d,%m,%Y",
    "%Y年%m月%d日",
    "%Y년 %m월 %d일",
    "%d de %B de %Y",
    "%d %b. %Y",
    "%b. %d, %Y",
];

/// What may stand behind a day.
const TIMES: [&str; 19] = [
    "",
    " %H:%M:%S",
    " %H:%M",
    "T%H:%M:%S",
    "T%H:%M",
    " %I:%M:%S %p",
    " %I:%M %p",
    ", %H:%M",
    ", %H:%M:%S",
    ", %I:%M:%S %p",
    ", %I:%M %p",
    " %H:%M:%S %z",
    "T%H:%M:%S%.f%#z",
    " %H:%M:%S%.f%#z",
    " %H:%M:%S UTC",
    " %H:%M UTC",
    " %H:%M:%S%.f",
    "T%H:%M:%S%.f",
    " %H:%M Uhr",
];

/// Texts of a column that all formats are tried on.
const FIRST: usize = 8;

/// Formats of one column.
const MOST: usize = 3;

/// Seconds since 1970 as somebody means them: from 2000 on.
const SECONDS: std::ops::Range<i64> = 946_684_800..7_258_118_400;

/// Days as spreadsheets number them, as somebody means them: from 2000 on.
const SERIALS: std::ops::Range<i64> = 36_526..73_051;

/// The same instants in milliseconds.
fn of_milliseconds() -> std::ops::Range<i64> {
    SECONDS.start.saturating_mul(1_000)..SECONDS.end.saturating_mul(1_000)
}

/// All ways of writing dates that are tried.
pub struct Ways {
    formats: Vec<DateFormat>,
    numbers: Vec<(std::ops::Range<i64>, DateFormat)>,
}

/// How the dates of a column are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Formats, the one that reads most first.
    pub formats: Vec<String>,
    /// Texts that they read.
    pub read: usize,
}

impl Ways {
    /// Puts all of them together.
    pub fn new() -> Self {
        let texts =
            DAYS.iter().flat_map(|day| TIMES.iter().map(move |time| format!("{day}{time}")));
        let formats = texts.filter_map(|text| compiled(&text)).collect();
        let numbers = [("%s", SECONDS), (MILLISECONDS, of_milliseconds()), (SERIAL, SERIALS)];
        let numbers =
            numbers.into_iter().filter_map(|(name, within)| Some((within, compiled(name)?)));
        Self { formats, numbers: numbers.collect() }
    }

    /// The formats that read most of some texts.
    pub fn of(&self, texts: &[&str]) -> Dates {
        let mut left: Vec<&str> = texts.iter().copied().filter(|text| may_be(text)).collect();
        let mut dates = Dates::default();
        for (within, format) in &self.numbers {
            let is = |text: &&str| {
                let whole = text.split(['.', ',']).next().and_then(|whole| whole.parse().ok());
                whole.is_some_and(|number: i64| within.contains(&number))
                    && day(format, text).is_some()
            };
            if !left.is_empty() && left.iter().all(is) {
                return Dates { formats: vec![format.text.clone()], read: left.len() };
            }
        }
        while dates.formats.len() < MOST && !left.is_empty() {
            let tried = left.iter().take(FIRST).copied();
            let tried: Vec<&str> = tried.collect();
            let reads_one = |format: &&DateFormat| tried.iter().any(|t| day(format, t).is_some());
            let count = |format: &DateFormat| {
                left.iter().filter(|text| day(format, text).is_some()).count()
            };
            let mut best: Option<(usize, &DateFormat)> = None;
            for format in self.formats.iter().filter(reads_one) {
                let read = count(format);
                if best.is_none_or(|(most, _)| read > most) {
                    best = Some((read, format));
                }
            }
            let Some((_, format)) = best else { break };
            dates.formats.push(format.text.clone());
            let before = left.len();
            left.retain(|text| day(format, text).is_none());
            dates.read = dates.read.saturating_add(before.saturating_sub(left.len()));
        }
        dates
    }
}

/// A format, if it is one.
pub fn compiled(text: &str) -> Option<DateFormat> {
    DateFormat::compile(text).ok()
}

/// The day of a text by a format, in Greenwich where the format names instants.
pub fn day(format: &DateFormat, text: &str) -> Option<Day> {
    day_in(format, text, &Zone::utc())
}

/// The day of a text by a format in a time zone.
pub fn day_in(format: &DateFormat, text: &str, zone: &Zone) -> Option<Day> {
    format.parse(text, zone).filter(|&day| can_be_meant(day))
}

/// The same format with day and month changed about; none where they cannot be taken for each
/// other, or nobody writes the other.
pub fn swapped(format: &str) -> Option<String> {
    let compiled = compiled(format)?;
    compiled.order?;
    // Behind a year comes the month, and between points the day stands first.
    if compiled.shape.starts_with('Y') || compiled.shape.contains('.') {
        return None;
    }
    Some(format.replace("%d", "%\0").replace("%m", "%d").replace("%\0", "%m"))
}

/// A format that has the order asked for: itself or its other way about.
pub fn in_order(format: &str, order: Order) -> String {
    let is_so = compiled(format).is_some_and(|compiled| compiled.order == Some(order));
    if is_so { format.to_owned() } else { swapped(format).unwrap_or_else(|| format.to_owned()) }
}

/// Whether a format names instants, whose day depends on the time zone.
pub fn is_instant(format: &str) -> bool {
    format.contains("%s")
        || format == MILLISECONDS
        || format.contains('z')
        || format.ends_with("UTC")
}

/// Whether a text can be a date at all: cheaper than trying.
fn may_be(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (5..=40).contains(&text.len()) && (3..=24).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(texts: &[&str]) -> Vec<String> {
        Ways::new().of(texts).formats
    }

    #[test]
    fn ways_of_writing_are_found() {
        for (texts, found) in [
            (&["2024-05-01", "2024-05-02"][..], &["%Y-%m-%d"][..]),
            (&["1.5.2024", "13.5.2024"], &["%d.%m.%Y"]),
            (&["12/1/2010 8:26", "12/31/2010 10:03"], &["%m/%d/%Y %H:%M"]),
            (&["03/04/2024", "13/04/2024"], &["%d/%m/%Y"]),
            (&["Sep-29-26", "Oct-01-26"], &["%b-%d-%y"]),
            (&["2024-01-15 10:00:00 -0500"], &["%Y-%m-%d %H:%M:%S %z"]),
            (
                &["2024-03-30T23:30:00Z", "2024-10-26T23:30:00.5+02:00"],
                &["%Y-%m-%dT%H:%M:%S%.f%#z"],
            ),
            (&["2024-03-30T23:30:00"], &["%Y-%m-%dT%H:%M:%S"]),
            (&["Jan 5, 2024, 10:15:32 AM"], &["%b %d, %Y, %I:%M:%S %p"]),
            (&["3. Okt 2024"], &["%d. %b %Y"]),
            (&["2024年1月3日", "2024年12月31日"], &["%Y年%m月%d日"]),
            (&["2024년 1월 3일"], &["%Y년 %m월 %d일"]),
            (&["3 de enero de 2024", "14 de setembro de 2024"], &["%d de %B de %Y"]),
            (&["3 janv. 2024", "14 févr. 2024"], &["%d %b. %Y"]),
            (&["14 août 2024", "3 mars 2024"], &["%d %b %Y"]),
            (&["3 stycznia 2024", "14 października 2024"], &["%d %b %Y"]),
            (&["20240501", "20240630"], &["%Y%m%d"]),
            (&["1709251199", "1709251200"], &["%s"]),
            (&["2024-05-01", "2024-05-02 10:00"], &["%Y-%m-%d", "%Y-%m-%d %H:%M"]),
            (&["1709251199000", "1709251200123"], &["milliseconds"]),
            (&["45297", "45298.5"], &["serial"]),
            (&["12", "13"], &[]),
            (&["A-1001-2024", "hello world"], &[]),
            (&["99999999"], &[]),
        ] {
            assert_eq!(formats(texts), found, "{texts:?}");
        }
    }

    #[test]
    fn day_and_month_change_about_only_where_they_can() {
        assert_eq!(swapped("%d/%m/%Y %H:%M").as_deref(), Some("%m/%d/%Y %H:%M"));
        assert_eq!(in_order("%m-%d-%y", Order::DayFirst), "%d-%m-%y");
        for format in ["%Y-%m-%d", "%d.%m.%Y", "%b %d, %Y", "%s"] {
            assert_eq!(swapped(format), None, "{format}");
        }
    }
}
