//! In which order the dates of a column have day and month, from all of them.

use snapshot::Day;

use crate::guess::dates;
use crate::import::date_format::{DateFormat, Order};
use crate::import::dates::{DateFormats, Readings};
use crate::zones::Zone;

/// What tells the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OrderFound {
    /// It makes no difference, or day and month cannot be taken for each other.
    #[default]
    NoMatter,
    /// Some dates can only be read so.
    Only(Order),
    /// Every date can be read in both.
    Either {
        /// The more likely one.
        likely: Order,
        /// Whether rows stand in the order of days by that one alone.
        is_sorted: bool,
        /// A date that differs.
        example: String,
    },
    /// Some dates can only be read so, and some only the other way about.
    Mixed {
        /// One with the day first.
        day_first: String,
        /// One with the month first.
        month_first: String,
    },
}

/// Whether the days of rows go up, or down, from one to the next.
#[derive(Default)]
struct Steps {
    last: Option<Day>,
    up: u64,
    down: u64,
}

impl Steps {
    fn look(&mut self, day: Day) {
        if let Some(last) = self.last.replace(day) {
            self.up = self.up.saturating_add((day > last).into());
            self.down = self.down.saturating_add((day < last).into());
        }
    }

    fn is_sorted(&self) -> bool {
        (self.up > 0) != (self.down > 0)
    }
}

/// The orders of all dates so far.
pub struct Orders {
    formats: Vec<DateFormat>,
    both: Option<DateFormats>,
    day_first: Option<String>,
    month_first: Option<String>,
    either: Option<String>,
    by_day: Steps,
    by_month: Steps,
}

impl Orders {
    /// Nothing seen yet of dates of some formats.
    pub fn new(formats: &[String]) -> Self {
        let swapped: Vec<String> =
            formats.iter().filter_map(|format| dates::swapped(format)).collect();
        let all: Vec<String> = formats.iter().cloned().chain(swapped.iter().cloned()).collect();
        let both = DateFormats::new(&all, Zone::utc()).ok().filter(|_| !swapped.is_empty());
        Self {
            formats: formats.iter().filter_map(|format| dates::compiled(format)).collect(),
            both,
            day_first: None,
            month_first: None,
            either: None,
            by_day: Steps::default(),
            by_month: Steps::default(),
        }
    }

    /// Looks at a date; false if no format reads it.
    pub fn look(&mut self, text: &str) -> bool {
        let readings = self.both.as_ref().map(|both| both.readings(text)).unwrap_or_default();
        let found = match readings {
            Readings { day_first: Some(day), month_first: Some(month) } => {
                self.by_day.look(day);
                self.by_month.look(month);
                if day == month {
                    return true;
                }
                &mut self.either
            }
            Readings { day_first: Some(_), month_first: None } => &mut self.day_first,
            Readings { day_first: None, month_first: Some(_) } => &mut self.month_first,
            _ => return self.formats.iter().any(|format| dates::day(format, text).is_some()),
        };
        found.get_or_insert_with(|| text.to_owned());
        true
    }

    /// What all of them tell; where nothing does, not even the order of the rows, `usual` is the
    /// more likely one.
    pub fn end(&self, usual: Order) -> OrderFound {
        match (&self.day_first, &self.month_first, &self.either) {
            (Some(day_first), Some(month_first), _) => {
                OrderFound::Mixed { day_first: day_first.clone(), month_first: month_first.clone() }
            }
            (Some(_), None, _) => OrderFound::Only(Order::DayFirst),
            (None, Some(_), _) => OrderFound::Only(Order::MonthFirst),
            (None, None, Some(example)) => {
                let (day, month) = (self.by_day.is_sorted(), self.by_month.is_sorted());
                let likely = match (day, month) {
                    (true, false) => Order::DayFirst,
                    (false, true) => Order::MonthFirst,
                    _ => usual,
                };
                OrderFound::Either { likely, is_sorted: day != month, example: example.clone() }
            }
            (None, None, None) => OrderFound::NoMatter,
        }
    }
}
