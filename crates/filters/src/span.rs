//! What a snapshot lets its readers choose from: days and the values of each dimension.

use facts::{DayRange, Dimension};
use snapshot::Meta;

/// All dimensions in the order of the page.
pub const DIMENSIONS: [Dimension; 4] =
    [Dimension::Segment, Dimension::Churn, Dimension::Category, Dimension::Rfm];

/// The days a range may lie in: those of which there is data.
pub fn span(meta: &Meta) -> DayRange {
    facts::edges(meta)
}

/// The calendar months of [`span`]: whoever names a day of them means the data's edge.
pub(crate) fn months(meta: &Meta) -> DayRange {
    let DayRange { from, to } = span(meta);
    DayRange { from: from.month().first_day(), to: to.month().last_day() }
}

/// The names of a dimension's values; codes are indexes. None where nothing can be of it: without
/// customers there is nothing to tell customers by.
pub fn labels(meta: &Meta, dimension: Dimension) -> &[String] {
    match dimension {
        Dimension::Segment | Dimension::Churn | Dimension::Rfm if !meta.has_customers() => &[],
        Dimension::Segment => &meta.labels.segments,
        Dimension::Churn if !meta.knows_churn() => &[],
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
