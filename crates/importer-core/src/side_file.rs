//! Files beside a manifest, named by a hash of their content.

use anyhow::Result;
use serde::Serialize;
use snapshot::SideFile;
use snapshot::checksum::checksum;

use crate::hash::sha256;

/// A file that goes beside a manifest, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// How the manifest names it.
    pub file: SideFile,
    /// What is in it.
    pub text: String,
}

impl Beside {
    /// A value as JSON, as `name-hash.json`.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn of(name: &str, value: &impl Serialize) -> Result<Self> {
        let text = serde_json::to_string(value)?;
        let sha256 = sha256(text.as_bytes())?;
        let path = format!("{name}-{}.json", sha256.get(..16).unwrap_or_default());
        let crc32 = checksum(text.as_bytes());
        Ok(Self { file: SideFile { path, bytes: text.len() as u64, sha256, crc32 }, text })
    }
}
