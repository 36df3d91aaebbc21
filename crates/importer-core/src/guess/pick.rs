//! A column that was chosen for a field, how sure that is, and why.

use serde::Serialize;

use super::column::Column;
use super::words::{EXACT, Fit};

/// How sure a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// It may well be another one.
    Unsure,
    /// More speaks for it than for any other.
    Likely,
    /// Nothing speaks against it.
    Sure,
}

impl Confidence {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }

    /// How sure a name makes.
    pub fn of_fit(fit: Fit) -> Self {
        match fit {
            90.. => Self::Sure,
            70.. => Self::Likely,
            _ => Self::Unsure,
        }
    }
}

/// A column that was chosen for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The field.
    pub field: &'static str,
    /// Place of the column, from 0.
    pub at: usize,
    /// How sure that is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub why: String,
}

impl Pick {
    /// A choice by the name of a column.
    pub fn by_name(field: &'static str, column: &Column, fit: Fit) -> Self {
        let confidence = Confidence::of_fit(fit);
        let name = match fit {
            EXACT => "the field's own name",
            98.. => "called so",
            90.. => "usually called so",
            _ => "a name like it",
        };
        Self { field, at: column.at, confidence, why: format!("{name}; {}", contents(column)) }
    }

    /// A choice by what is known of an export.
    pub fn by_export(field: &'static str, column: &Column) -> Self {
        let why = format!("so named in this export; {}", contents(column));
        Self { field, at: column.at, confidence: Confidence::Sure, why }
    }

    /// A choice by what stands in a column.
    pub fn by_contents(field: &'static str, column: &Column, confidence: Confidence) -> Self {
        Self {
            field,
            at: column.at,
            confidence,
            why: format!("by what stands in it: {}", contents(column)),
        }
    }

    /// The same with one more thing that speaks for or against it.
    #[must_use]
    pub fn with(mut self, more: &str, most: Confidence) -> Self {
        self.why = format!("{}; {more}", self.why);
        self.confidence = self.confidence.min(most);
        self
    }
}

/// What stands in a column, in a few words.
pub fn contents(column: &Column) -> String {
    let (filled, distinct) = (column.filled, column.distinct);
    if column.is_date() {
        return format!("dates as in {}", column.dates.formats.join(" and "));
    }
    let kind = if column.is_email() {
        "e-mail addresses"
    } else if column.is_number() {
        "numbers"
    } else {
        "values"
    };
    if filled == 0 {
        "nothing stands in it".to_owned()
    } else if filled == distinct {
        format!("{filled} {kind}, all different")
    } else if distinct == 1 {
        format!("{filled} {kind}, all the same")
    } else {
        format!("{filled} {kind}, {distinct} of them different")
    }
}
