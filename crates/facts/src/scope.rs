//! The global filter: a date range and sets of segments, churn risks, categories, RFM segments.

use serde::{Deserialize, Serialize};
use snapshot::Meta;

use crate::period::DayRange;

/// A set of codes; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Set(Vec<u16>);

impl Set {
    /// No restriction.
    pub const ALL: Self = Self(Vec::new());

    /// A set of the given codes, sorted and without repetitions.
    pub fn of(codes: impl IntoIterator<Item = u16>) -> Self {
        let mut codes: Vec<u16> = codes.into_iter().collect();
        codes.sort_unstable();
        codes.dedup();
        Self(codes)
    }

    /// True if nothing is restricted.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// True if the code passes.
    pub fn allows(&self, code: u16) -> bool {
        self.is_all() || self.0.binary_search(&code).is_ok()
    }

    /// The codes chosen, ascending.
    pub fn codes(&self) -> &[u16] {
        &self.0
    }

    /// The set with one code put in, or taken out if it was in.
    #[must_use]
    pub fn toggled(&self, code: u16) -> Self {
        match self.0.binary_search(&code) {
            Ok(at) => {
                Self(self.0.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, &c)| c).collect())
            }
            Err(_) => Self::of(self.0.iter().copied().chain([code])),
        }
    }

    /// Whether each of `length` codes passes.
    pub(crate) fn mask(&self, length: usize) -> Vec<bool> {
        (0..length).map(|code| u16::try_from(code).is_ok_and(|code| self.allows(code))).collect()
    }
}

/// What can be filtered by, and grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dimension {
    /// Customer segment.
    Segment,
    /// Churn risk.
    Churn,
    /// RFM segment.
    Rfm,
    /// Product category.
    Category,
}

/// The global filter.
///
/// A purchase line is in scope if its day is in the range, its category in the set and its
/// customer in the segments, risks and RFM segments. A customer is in scope if in those sets
/// and, when the range is narrower than the snapshot or categories are chosen, has at least one
/// purchase line in scope. Feedback and contacts are in scope when dated in the range, by
/// customers in the sets (and, with categories chosen, in scope). Rows without a customer count
/// only while no customer set is chosen (nor, for feedback and contacts, categories).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// First and last day.
    pub range: DayRange,
    /// Codes of customer segments.
    #[serde(default, skip_serializing_if = "Set::is_all")]
    pub segments: Set,
    /// Codes of churn risks.
    #[serde(default, skip_serializing_if = "Set::is_all")]
    pub churn: Set,
    /// Codes of categories.
    #[serde(default, skip_serializing_if = "Set::is_all")]
    pub categories: Set,
    /// Codes of RFM segments.
    #[serde(default, skip_serializing_if = "Set::is_all")]
    pub rfm: Set,
    /// True if nobody is in scope without a purchase line in it, even where nothing is narrowed:
    /// what is asked of a snapshot whose days are not all there are any more.
    #[serde(default, skip_serializing_if = "is_not")]
    pub buyers_only: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_not(flag: &bool) -> bool {
    !flag
}

impl Scope {
    /// Everything in a range.
    pub fn of_range(range: DayRange) -> Self {
        Self {
            range,
            segments: Set::ALL,
            churn: Set::ALL,
            categories: Set::ALL,
            rfm: Set::ALL,
            buyers_only: false,
        }
    }

    /// The chosen codes of a dimension.
    pub fn set(&self, dimension: Dimension) -> &Set {
        match dimension {
            Dimension::Segment => &self.segments,
            Dimension::Churn => &self.churn,
            Dimension::Rfm => &self.rfm,
            Dimension::Category => &self.categories,
        }
    }

    /// The scope with a dimension's set replaced.
    #[must_use]
    pub fn with(&self, dimension: Dimension, set: Set) -> Self {
        let mut scope = self.clone();
        match dimension {
            Dimension::Segment => scope.segments = set,
            Dimension::Churn => scope.churn = set,
            Dimension::Rfm => scope.rfm = set,
            Dimension::Category => scope.categories = set,
        }
        scope
    }

    /// The scope a chart of this dimension shows: all but its own choice.
    #[must_use]
    pub fn without(&self, dimension: Dimension) -> Self {
        self.with(dimension, Set::ALL)
    }

    /// The same sets over another range.
    #[must_use]
    pub fn over(&self, range: DayRange) -> Self {
        Self { range, ..self.clone() }
    }

    /// True if customers of a snapshot are in scope without a purchase line in it.
    pub fn takes_everybody(&self, meta: &Meta) -> bool {
        !self.buyers_only && self.categories.is_all() && self.range.covers(meta)
    }

    /// True if customers are restricted by segment, risk or RFM segment.
    pub fn restricts_customers(&self) -> bool {
        !(self.segments.is_all() && self.churn.is_all() && self.rfm.is_all())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggling_twice_changes_nothing_and_empty_is_all() {
        let set = Set::of([3, 1, 3]);
        assert_eq!(set.codes(), [1, 3]);
        assert_eq!(set.toggled(2).toggled(2), set);
        assert!(Set::ALL.allows(9) && !set.allows(9));
        assert!(set.toggled(1).toggled(3).is_all());
    }
}
