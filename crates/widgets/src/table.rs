//! Tables: the accessible alternative to a figure, with an exact value behind each number.

use facts::Number;

use crate::format::Format;
use crate::mark::Pick;

/// A table as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows, in a few words.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// What choosing a row leads to, by row; rows beyond its end lead nowhere.
    pub picks: Vec<Option<Pick>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// True if it holds numbers, which are set flush right.
    pub numeric: bool,
}

/// A cell: its text and, for a number, its exact value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What people read.
    pub text: String,
    /// What programs read: a plain decimal, money in whole currency units, a rate as a fraction.
    pub exact: Option<String>,
}

impl Column {
    /// A column of texts.
    pub(crate) fn text(title: String) -> Self {
        Self { title, numeric: false }
    }

    /// A column of numbers.
    pub(crate) fn number(title: String) -> Self {
        Self { title, numeric: true }
    }
}

impl Table {
    /// An empty table.
    pub(crate) fn new(caption: String, columns: Vec<Column>) -> Self {
        Self { caption, columns, rows: Vec::new(), picks: Vec::new() }
    }
}

impl Cell {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), exact: None }
    }

    /// A number with all its digits, or a dash for no data.
    pub(crate) fn number(format: &Format, number: Option<Number>) -> Self {
        match number {
            Some(number) => Self {
                text: format.full(number),
                exact: Some(number.exact(format.currency.exponent)),
            },
            None => Self::text("–"),
        }
    }

    /// A count.
    pub(crate) fn count(format: &Format, count: i64) -> Self {
        Self::number(format, Some(Number::Count(count)))
    }

    /// An amount of money.
    pub(crate) fn money(format: &Format, units: i64) -> Self {
        Self::number(format, Some(Number::Money(units)))
    }

    /// A relative change in percent; its exact value is the fraction.
    pub(crate) fn change(
        format: &Format,
        change: Option<facts::Trend>,
        of: Option<Number>,
    ) -> Self {
        match change {
            Some(change) => {
                let exact = change.exact().map(|exact| format!("{exact}"));
                Self { text: format.trend(change, of), exact }
            }
            None => Self::text("–"),
        }
    }
}
