//! What a view is compared with, in the words of a legend and of a sentence.

use facts::{Compare, NotCompared, View};
use snapshot::Meta;
use words::say;

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
        Ok(comparison) => say!(", against {range}", range = format.range(comparison.compared)),
        Err(NotCompared::BeforeData) => {
            say!(", no comparison: data begins on {day}", day = format.day(meta.first_day))
        }
        Err(NotCompared::NotAsked) => String::new(),
    }
}

/// The month that is not over, if a view shows one.
pub fn running_month(view: &View, meta: &Meta, format: &Format) -> Option<String> {
    let month = view.running_month(meta)?;
    let range = facts::DayRange { from: month.first_day(), to: month.last_day() };
    Some(format.bucket(facts::Bucket { range, size: facts::BucketSize::Month }))
}
