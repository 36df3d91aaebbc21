//! A filter as conditions on the tables.

use facts::{DayRange, Dimension, Scope};

use super::Plain;

const ATTRIBUTES: [Dimension; 3] = [Dimension::Segment, Dimension::Churn, Dimension::Rfm];

impl Plain<'_> {
    /// First and last day of a range, counted from the snapshot's first.
    pub(super) fn days(&self, range: DayRange) -> (i32, i32) {
        let first = self.meta.first_day.0;
        (range.from.0 - first, range.to.0 - first)
    }

    /// The condition on `sold` for lines in scope.
    pub(super) fn lines(&self, scope: &Scope) -> String {
        let (from, to) = self.days(scope.range);
        let category = among(scope, Dimension::Category);
        format!("sold.day BETWEEN {from} AND {to}{category}{}", attributes(scope))
    }

    /// True if everybody counts, whether they bought or not.
    pub(super) fn is_everybody(&self, scope: &Scope) -> bool {
        let range = scope.range;
        let whole = range.from <= self.meta.first_day && range.to >= self.meta.last_day;
        whole && scope.categories.is_all()
    }

    /// The condition on `person` for customers in scope.
    pub(super) fn people(&self, scope: &Scope) -> String {
        let bought = match self.is_everybody(scope) {
            true => String::new(),
            false => format!(" AND ord IN (SELECT customer FROM sold WHERE {})", self.lines(scope)),
        };
        format!("TRUE{}{bought}", attributes(scope))
    }

    /// The condition on `score` and `contact` for rows in scope.
    pub(super) fn dated(&self, scope: &Scope) -> String {
        let (from, to) = self.days(scope.range);
        let bought = match scope.categories.is_all() {
            true => String::new(),
            false => {
                format!(" AND customer IN (SELECT customer FROM sold WHERE {})", self.lines(scope))
            }
        };
        format!("dated.day BETWEEN {from} AND {to}{}{bought}", attributes(scope))
    }
}

/// The column of a dimension.
pub(super) fn column(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Segment => "segment",
        Dimension::Churn => "churn",
        Dimension::Rfm => "rfm",
        Dimension::Category => "category",
    }
}

/// Whoever has no row in `person` has no attribute, and is in no set.
fn attributes(scope: &Scope) -> String {
    ATTRIBUTES.map(|dimension| among(scope, dimension)).concat()
}

fn among(scope: &Scope, dimension: Dimension) -> String {
    let set = scope.set(dimension);
    if set.is_all() {
        return String::new();
    }
    let codes: Vec<String> = set.codes().iter().map(u16::to_string).collect();
    format!(" AND {} IN ({})", column(dimension), codes.join(", "))
}
