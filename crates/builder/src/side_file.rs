//! Files beside a manifest, named by a hash of their content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::Serialize;
use serde::de::DeserializeOwned;
use snapshot::SideFile;

use crate::hash::sha256_of;

/// Writes a value as JSON into a folder, as `name-hash.json`.
///
/// `scratch` is a folder on the same disk for what is not finished.
///
/// # Errors
/// If the disk refuses.
pub fn write(name: &str, value: &impl Serialize, scratch: &Path, out: &Path) -> Result<SideFile> {
    let text = serde_json::to_string(value)?;
    let draft = scratch.join(format!("{name}.json"));
    fs::write(&draft, &text)?;
    let sha256 = sha256_of(&draft)?;
    let path = format!("{name}-{}.json", sha256.get(..16).unwrap_or_default());
    fs::rename(&draft, out.join(&path)).with_context(|| format!("cannot write {path}"))?;
    let crc32 = crc32fast::hash(text.as_bytes());
    Ok(SideFile { path, bytes: text.len() as u64, sha256, crc32 })
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
