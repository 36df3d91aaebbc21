//! What a snapshot lets its readers choose from: days and the values of each dimension.

use facts::{DayRange, Dimension, View};
use snapshot::Meta;

/// All dimensions in the order of the page.
pub const DIMENSIONS: [Dimension; 4] =
    [Dimension::Segment, Dimension::Churn, Dimension::Category, Dimension::Rfm];

/// The days a range may lie in: every month with a dated row, and the default range.
pub fn span(meta: &Meta) -> DayRange {
    let default = View::default_for(meta).scope.range;
    DayRange {
        from: meta.first_day.month().first_day().min(default.from),
        to: meta.last_day.month().last_day().max(default.to),
    }
}

/// The names of a dimension's values; codes are indexes.
pub fn labels(meta: &Meta, dimension: Dimension) -> &[String] {
    match dimension {
        Dimension::Segment => &meta.labels.segments,
        Dimension::Churn => &meta.labels.churn_risks,
        Dimension::Category if !meta.features.categories => &[],
        Dimension::Category => &meta.labels.categories,
        Dimension::Rfm => &meta.labels.rfm_segments,
    }
}

/// True if the snapshot knows values of the dimension.
pub fn has(meta: &Meta, dimension: Dimension) -> bool {
    !labels(meta, dimension).is_empty()
}
