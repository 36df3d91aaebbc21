//! How customers are classified: segments, churn risk, RFM. Parameters are recorded in the meta.

pub mod churn;
pub mod rank;
pub mod rfm;
pub mod segments;

/// Label of customers whose class is not known.
pub const UNKNOWN: &str = "Unknown";

/// Label that stands for all channels, or reasons, beyond the most used ones.
pub const OTHER: &str = "Other";
