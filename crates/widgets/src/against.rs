//! What a view is compared with, in the words of a legend and of a sentence.

use facts::{Compare, Comparison, NotCompared, View};
use snapshot::Meta;
use words::{count, say};

use crate::Format;

/// The period compared with, as a legend or a column names it.
pub fn before_name(view: &View) -> String {
    match view.compare {
        Compare::YearBefore => say!("Last year"),
        Compare::Previous | Compare::None => say!("Period before"),
    }
}

/// A change and what it is measured against, as a part of a sentence.
pub fn against(view: &View, change: &str) -> String {
    match view.compare {
        Compare::YearBefore => say!("{change} against the same period last year", change),
        Compare::Previous | Compare::None => say!("{change} against the period before", change),
    }
}

/// What a view is compared with, behind its period; nothing where nobody wants it.
pub fn behind_period(view: &View, meta: &Meta, format: &Format) -> String {
    match view.comparison(meta) {
        Ok(comparison) => {
            let range = say!(", against {range}", range = format.range(comparison.compared));
            range + &other_days(comparison, format)
        }
        Err(NotCompared::BeforeData) => {
            say!(", no comparison: data begins on {day}", day = format.day(meta.first_day))
        }
        Err(NotCompared::NotAsked) => String::new(),
    }
}

/// How many days are compared with, where these are not as many as are shown.
fn other_days(comparison: Comparison, format: &Format) -> String {
    let [shown, compared] =
        [comparison.shown, comparison.compared].map(|range| i64::from(range.days()));
    if shown == compared {
        return String::new();
    }
    let (n, shown) = (format.count(compared), format.count(shown));
    count!(compared, " (1 day, not {shown})", " ({n} days, not {shown})", n = n, shown = shown)
}

/// The month that is not over, if a view shows one.
pub fn running_month(view: &View, meta: &Meta, format: &Format) -> Option<String> {
    let month = view.running_month(meta)?;
    let range = facts::DayRange { from: month.first_day(), to: month.last_day() };
    Some(format.bucket(facts::Bucket { range, size: facts::BucketSize::Month }))
}
