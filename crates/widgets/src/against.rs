//! What a view is compared with, in the words of a legend and of a sentence.

use facts::{Compare, View};
use words::say;

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
