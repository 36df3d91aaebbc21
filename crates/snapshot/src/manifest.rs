//! `manifest.json`: the short-lived file that points at an immutable snapshot.

use serde::{Deserialize, Serialize};

use crate::FORMAT_VERSION;
use crate::bounds::{MOST_FILE_BYTES, OutOfBounds, within};
use crate::first_view::FirstView;
use crate::meta::Meta;
use crate::side_file::SideFile;

/// The content of `manifest.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`crate::FORMAT_VERSION`] of the writer; read before anything else is believed.
    pub format_version: u32,
    /// Where the SQLite file is.
    pub file: SnapshotFile,
    /// The same description that the file carries.
    pub meta: Meta,
    /// What a page shows first, computed when the snapshot was built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_view: Option<FirstView>,
}

/// The SQLite file a manifest points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotFile {
    /// How the bytes lie beside the manifest.
    pub publishing: Publishing,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// SQLite page size in bytes.
    pub page_size: u32,
    /// The file that says where the packs lie, a list of [`crate::places::PackPlace`]; without it
    /// they are read by SQL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<SideFile>,
}

/// How a snapshot's bytes lie beside the manifest; paths are relative to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mode", try_from = "PublishingRecord")]
pub enum Publishing {
    /// One file, read by range requests.
    Single {
        /// Its path.
        path: String,
    },
    /// Files of a fixed size, for hosts with a cap on file sizes or without ranges.
    Chunked {
        /// What stands before the chunk's number.
        prefix: String,
        /// Digits of the chunk's number, padded with zeros.
        digits: u8,
        /// Length of every chunk but the last, in bytes.
        chunk_bytes: u64,
    },
}

/// [`Publishing`] as it is read: a tagged enum would be buffered first, by code of its own.
#[derive(Deserialize)]
struct PublishingRecord {
    mode: String,
    path: Option<String>,
    prefix: Option<String>,
    digits: Option<u8>,
    chunk_bytes: Option<u64>,
}

impl TryFrom<PublishingRecord> for Publishing {
    type Error = &'static str;

    fn try_from(record: PublishingRecord) -> Result<Self, Self::Error> {
        let PublishingRecord { mode, path, prefix, digits, chunk_bytes } = record;
        let chunked =
            || Some(Self::Chunked { prefix: prefix?, digits: digits?, chunk_bytes: chunk_bytes? });
        let read = match mode.as_str() {
            "single" => path.map(|path| Self::Single { path }),
            "chunked" => chunked(),
            _ => None,
        };
        read.ok_or("not a way of publishing")
    }
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not JSON, or not a manifest.
    #[error("manifest.json is damaged: {0}")]
    Damaged(String),
    /// Written by another version of the contract.
    #[error("this snapshot has format {found}, this page reads format {FORMAT_VERSION}")]
    Version {
        /// Version found.
        found: u32,
    },
}

#[derive(Deserialize)]
struct VersionOnly {
    format_version: u32,
}

impl Manifest {
    /// Reads a manifest, its version before anything else.
    ///
    /// # Errors
    /// [`ManifestError`] says whether the text is damaged or of another version.
    pub fn from_json(text: &str) -> Result<Self, ManifestError> {
        let damaged = |error: serde_json::Error| ManifestError::Damaged(error.to_string());
        let VersionOnly { format_version: found } = serde_json::from_str(text).map_err(damaged)?;
        if found != FORMAT_VERSION {
            return Err(ManifestError::Version { found });
        }
        let manifest: Self = serde_json::from_str(text).map_err(damaged)?;
        manifest.check().map_err(|error| ManifestError::Damaged(error.to_string()))?;
        Ok(manifest)
    }

    /// Looks at every number: what the rest of the program computes with them is safe then.
    fn check(&self) -> Result<(), OutOfBounds> {
        self.file.check()?;
        self.meta.check()?;
        self.first_view.as_ref().map_or(Ok(()), FirstView::check)
    }
}

impl SnapshotFile {
    fn check(&self) -> Result<(), OutOfBounds> {
        let page = u64::from(self.page_size);
        if !self.page_size.is_power_of_two() || !(512..=65_536).contains(&page) {
            let must = "a power of two from 512 to 65536";
            return Err(OutOfBounds::new("file.page_size", page, must));
        }
        within("file.bytes", self.bytes, page..=MOST_FILE_BYTES)?;
        if let &Publishing::Chunked { digits, chunk_bytes, .. } = &self.publishing {
            within("file.publishing.digits", digits.into(), 1..=MOST_DIGITS)?;
            // With pages in one piece, a page is never in more than one chunk.
            within("file.publishing.chunk_bytes", chunk_bytes, page..=MOST_FILE_BYTES)?;
        }
        self.places.as_ref().map_or(Ok(()), |file| file.check("file.places"))
    }
}

/// Most digits of a chunk's number.
const MOST_DIGITS: u64 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_named_before_the_rest_is_read() {
        let error = Manifest::from_json(r#"{"format_version": 99, "new": []}"#).unwrap_err();
        assert!(error.to_string().contains("format 99"), "{error}");
    }

    #[test]
    fn damage_is_called_damage() {
        let bare = format!(r#"{{"format_version": {FORMAT_VERSION}}}"#);
        for text in ["", "<html>", "{}", &bare] {
            assert!(matches!(Manifest::from_json(text), Err(ManifestError::Damaged(_))), "{text}");
        }
    }
}
