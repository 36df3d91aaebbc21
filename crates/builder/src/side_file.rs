//! Files beside a manifest, named by a hash of their content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use importer_core::side_file::Beside;
use serde::de::DeserializeOwned;
use snapshot::SideFile;

/// Writes one into a folder.
///
/// `scratch` is a folder on the same disk for what is not finished.
///
/// # Errors
/// If the disk refuses.
pub fn write(beside: &Beside, scratch: &Path, out: &Path) -> Result<()> {
    let path = &beside.file.path;
    let draft = scratch.join(path);
    fs::write(&draft, &beside.text)?;
    fs::rename(&draft, out.join(path)).with_context(|| format!("cannot write {path}"))
}

/// Reads such a file of a folder.
///
/// # Errors
/// If it is missing, or not what was written.
pub fn read<T: DeserializeOwned>(folder: &Path, file: &SideFile) -> Result<T> {
    let path = folder.join(&file.path);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    file.read(&bytes).map_err(|reason| anyhow!("{}: {reason}", path.display()))
}
