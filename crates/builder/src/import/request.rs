//! What somebody wants to have imported.

use std::path::PathBuf;

use super::mapping::Mapping;

/// What to import.
#[derive(Debug)]
pub struct Import {
    /// A folder of CSV files, one CSV file, or a SQLite file.
    pub from: PathBuf,
    /// How to read it.
    pub mapping: Mapping,
}
