//! What files are named by.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use importer_core::hash::sha256;

/// SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// If the file cannot be read.
pub fn sha256_of(path: &Path) -> Result<String> {
    sha256(File::open(path).with_context(|| format!("cannot read {}", path.display()))?)
}
