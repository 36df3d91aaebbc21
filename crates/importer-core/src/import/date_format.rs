//! One way of writing dates: what a strftime format asks for, and the order of its parts.

use std::borrow::Cow;

use anyhow::{Result, bail, ensure};
use chrono::format::{Fixed, Item, Numeric, ParseErrorKind, StrftimeItems};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime};
use snapshot::Day;

use super::month_names::in_english;
use crate::zones::Zone;

/// Which of two numbers comes first in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 13/04/2024.
    DayFirst,
    /// 04/13/2024.
    MonthFirst,
}

/// A compiled format.
#[derive(Clone, Debug)]
pub struct DateFormat {
    kind: Kind,
    /// As the mapping has it.
    pub text: String,
    /// The order of day and month, if both are numbers.
    pub order: Option<Order>,
    /// The date's part with the same sign for day and month: two formats of one shape and of
    /// different orders read the same texts.
    pub shape: String,
}

#[derive(Clone, Debug)]
enum Kind {
    /// `YYYY-MM-DD`, by far the most common.
    Iso,
    /// A day.
    Date(String),
    /// A time of day without a zone: the day stands as it is.
    Local(String),
    /// The number that spreadsheets have for a day.
    Serial,
    /// An instant in milliseconds since 1970.
    Milliseconds,
    /// An instant: its day depends on the time zone.
    Instant(String),
    /// An instant of Greenwich, whose zone stands in the format as it is.
    Greenwich(String),
}

/// What a format asks for.
#[derive(Default)]
struct Parts {
    date: bool,
    time: bool,
    zone: bool,
    /// Whether the zone of Greenwich stands in it as it is.
    greenwich: bool,
}

/// The name of days as spreadsheets number them, whose 1 is the last day of 1899.
pub const SERIAL: &str = "serial";

/// The name of instants in milliseconds since 1970.
pub const MILLISECONDS: &str = "milliseconds";

/// The day of a spreadsheet's number, with the time of day as a fraction or without.
fn serial(text: &str) -> Option<NaiveDate> {
    let (day, time) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let days: u64 = day.parse().ok().filter(|_| is_number(day) && is_number(time))?;
    let begin = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    begin.checked_add_days(Days::new(days))
}

/// How the zone of Greenwich ends a text, in small letters.
const GREENWICH: [&str; 6] = ["utc", "gmt", "+0000", "+00:00", "-00:00", "-0000"];

impl DateFormat {
    /// The day that a text names.
    pub fn parse(&self, text: &str, zone: &Zone) -> Option<Day> {
        let text = &*self.known(text);
        match &self.kind {
            Kind::Iso => text.parse().ok(),
            // chrono takes a plus before years; no calendar does.
            Kind::Date(format) | Kind::Local(format)
                if text.contains('+') && !format.contains('+') =>
            {
                None
            }
            Kind::Serial => serial(text).map(Day::from),
            Kind::Milliseconds => {
                let instant = DateTime::from_timestamp_millis(text.parse().ok()?)?;
                Some(Day::from(zone.day(&instant)))
            }
            Kind::Date(format) => NaiveDate::parse_from_str(text, format).ok().map(Day::from),
            Kind::Local(format) => {
                NaiveDateTime::parse_from_str(text, format).ok().map(|time| Day::from(time.date()))
            }
            Kind::Instant(format) => {
                let instant = DateTime::parse_from_str(text, format).ok()?;
                Some(Day::from(zone.day(&instant)))
            }
            Kind::Greenwich(format) => {
                let instant = NaiveDateTime::parse_from_str(text, format).ok()?.and_utc();
                Some(Day::from(zone.day(&instant)))
            }
        }
    }

    /// The order that a text would need, and its day by that, if it is a date with day and month
    /// changed about.
    pub fn other_order(&self, text: &str, zone: &Zone) -> Option<(Order, Day)> {
        // Nobody writes the day behind the year.
        if self.shape.starts_with('Y') {
            return None;
        }
        let changed = self.text.replace("%d", "%\0").replace("%m", "%d").replace("%\0", "%m");
        let other = match self.order? {
            Order::DayFirst => Order::MonthFirst,
            Order::MonthFirst => Order::DayFirst,
        };
        let format = Self::compile(&changed).ok().filter(|format| format.order == Some(other))?;
        format.parse(text, zone).map(|day| (other, day))
    }

    /// Whether a text is written as asked for, and names a day that no calendar has.
    pub fn is_impossible(&self, text: &str) -> bool {
        let text = &*self.known(text);
        let error = match &self.kind {
            Kind::Iso => NaiveDate::parse_from_str(text, &self.text).err(),
            Kind::Date(format) => NaiveDate::parse_from_str(text, format).err(),
            Kind::Local(format) | Kind::Greenwich(format) => {
                NaiveDateTime::parse_from_str(text, format).err()
            }
            Kind::Instant(format) => DateTime::parse_from_str(text, format).err(),
            Kind::Serial | Kind::Milliseconds => None,
        };
        error.is_some_and(|error| error.kind() == ParseErrorKind::OutOfRange)
    }

    /// A text with names of months that can be read.
    fn known<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.shape.contains('M') { in_english(text) } else { text.into() }
    }

    /// ISO days.
    pub fn iso() -> Self {
        Self {
            kind: Kind::Iso,
            text: "%Y-%m-%d".to_owned(),
            order: Some(Order::MonthFirst),
            shape: "Y-#-#".to_owned(),
        }
    }

    /// Compiles a strftime format, or one of the names for numbers that stand for days.
    ///
    /// # Errors
    /// If it is none, or says too little.
    pub fn compile(text: &str) -> Result<Self> {
        let named = [(SERIAL, Kind::Serial), (MILLISECONDS, Kind::Milliseconds)];
        if let Some((name, kind)) = named.into_iter().find(|(name, _)| *name == text) {
            return Ok(Self { kind, text: name.to_owned(), order: None, shape: name.to_owned() });
        }
        // `%#z` is an item that chrono keeps to itself.
        let mut parts = Parts { zone: text.contains("%#z"), ..Parts::default() };
        let (mut shape, mut rest) = (String::new(), String::new());
        let mut order = None;
        for item in StrftimeItems::new(text) {
            let Some(sign) = parts.sign(&item, text)? else {
                if let Item::Literal(between) | Item::Space(between) = item {
                    parts.literal(between, text)?;
                    rest.push_str(between);
                }
                continue;
            };
            if sign == "#" && order.is_none() {
                let is_day = matches!(item, Item::Numeric(Numeric::Day, _));
                order = Some(if is_day { Order::DayFirst } else { Order::MonthFirst });
            }
            if !shape.is_empty() {
                shape.push_str(&rest);
            }
            rest.clear();
            shape.push_str(sign);
        }
        ensure!(
            parts.date || parts.zone,
            "format.date: '{text}' has no date in it, such as %Y-%m-%d{}",
            meant(text)
        );
        let order = order.filter(|_| shape.matches('#').count() == 2);
        Ok(Self { kind: parts.kind(text), text: text.to_owned(), order, shape })
    }
}

/// A format of letters, as spreadsheets have them, in the signs that are understood here.
fn meant(text: &str) -> String {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let mut signs = date.to_lowercase();
    for (letters, sign) in [("yyyy", "%Y"), ("yy", "%y"), ("mm", "%m"), ("dd", "%d")] {
        signs = signs.replace(letters, sign);
    }
    let is_known = signs.matches('%').count() == 3
        && !signs.replace("%Y", "").replace(['%', 'y', 'm', 'd'], "").contains(char::is_alphabetic);
    match (is_known, time) {
        (true, "") => format!("; did you mean '{signs}'?"),
        (true, _) => format!("; did you mean '{signs} %H:%M:%S', or the like?"),
        _ => String::new(),
    }
}

impl Parts {
    /// Notes what an item asks for; the sign that stands for it in a shape if it is of a date.
    fn sign(&mut self, item: &Item<'_>, format: &str) -> Result<Option<&'static str>> {
        let sign = match item {
            Item::Fixed(Fixed::TimezoneName) => {
                bail!(
                    "format.date: '{format}': names of zones (%Z) say too little: use %z where \
                     offsets stand, or write UTC as it stands"
                )
            }
            Item::Error => bail!("format.date: '{format}' is not a strftime format"),
            Item::Numeric(Numeric::Timestamp, _)
            | Item::Fixed(
                Fixed::RFC2822
                | Fixed::RFC3339
                | Fixed::TimezoneOffset
                | Fixed::TimezoneOffsetColon
                | Fixed::TimezoneOffsetZ
                | Fixed::TimezoneOffsetColonZ,
            ) => {
                self.zone = true;
                None
            }
            Item::Numeric(Numeric::Hour | Numeric::Hour12, _) => {
                self.time = true;
                None
            }
            Item::Numeric(Numeric::Minute | Numeric::Second | Numeric::Nanosecond, _) => None,
            Item::Numeric(Numeric::Day | Numeric::Month, _) => Some("#"),
            Item::Numeric(Numeric::Year | Numeric::YearMod100, _) => Some("Y"),
            Item::Numeric(..) => Some("N"),
            Item::Fixed(Fixed::LongMonthName | Fixed::ShortMonthName) => Some("M"),
            _ => None,
        };
        self.date |= sign.is_some();
        Ok(sign)
    }

    /// Notes a zone that stands in a format as it is.
    fn literal(&mut self, between: &str, format: &str) -> Result<()> {
        let bare = between.trim_end_matches([']', ')']).to_lowercase();
        // Of one letter it is a zone at the end of all only.
        let is_zulu = between.ends_with('z') && format.ends_with(between);
        self.greenwich |= is_zulu || GREENWICH.iter().any(|zone| bare.ends_with(zone));
        let digits = bare.trim_start_matches(['+', '-']).replace(':', "");
        let is_offset = digits.len() < bare.len()
            && digits.len() == 4
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        ensure!(
            self.greenwich || !self.time || !is_offset,
            "format.date: '{format}': %z reads offsets such as {between}"
        );
        Ok(())
    }

    fn kind(&self, text: &str) -> Kind {
        // A Z behind a time is not a letter but the zone, of Greenwich.
        let zulu = text.strip_suffix('Z').filter(|rest| self.time && !rest.ends_with('%'));
        match (zulu, self.zone, self.time) {
            (Some(rest), false, _) => Kind::Instant(format!("{rest}%#z")),
            (_, true, _) => Kind::Instant(text.to_owned()),
            (_, false, true) if self.greenwich => Kind::Greenwich(text.to_owned()),
            (_, false, true) => Kind::Local(text.to_owned()),
            (_, false, false) if text == "%Y-%m-%d" => Kind::Iso,
            (_, false, false) => Kind::Date(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_spreadsheets_are_translated() {
        for (text, meant) in [
            ("YYYY-MM-DD", "did you mean '%Y-%m-%d'?"),
            ("dd/mm/yyyy", "did you mean '%d/%m/%Y'?"),
            ("MM/DD/YY HH:MM", "did you mean '%m/%d/%y %H:%M:%S', or the like?"),
            ("ISO", "such as %Y-%m-%d"),
        ] {
            let error = DateFormat::compile(text).unwrap_err().to_string();
            assert!(error.ends_with(meant), "{error}");
        }
    }

    #[test]
    fn shapes_tell_which_formats_read_the_same_texts() {
        let of = |text: &str| {
            let format = DateFormat::compile(text).unwrap();
            (format.shape, format.order)
        };
        let (day, month) = (Some(Order::DayFirst), Some(Order::MonthFirst));
        assert_eq!(of("%d/%m/%Y"), ("#/#/Y".to_owned(), day));
        assert_eq!(of("%m/%d/%y %H:%M"), ("#/#/Y".to_owned(), month));
        assert_eq!(of("%D"), ("#/#/Y".to_owned(), month));
        assert_eq!(of("%d.%m.%Y"), ("#.#.Y".to_owned(), day));
        assert_eq!(of("%Y-%m-%dT%H:%M:%SZ"), ("Y-#-#".to_owned(), month));
        assert_eq!(of("%d %b %Y").1, None);
        assert_eq!(of("%s").1, None);
    }
}
