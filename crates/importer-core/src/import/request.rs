//! What somebody wants to have imported.

use super::mapping::Mapping;
use crate::files::Files;

/// What to import.
pub struct Import {
    /// A folder of CSV files, one CSV file, or a SQLite file.
    pub from: Box<dyn Files>,
    /// How to read it.
    pub mapping: Mapping,
}
