//! A file beside a manifest, named by its content: what is too large for the manifest itself.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::bounds::{MOST_SIDE_BYTES, OutOfBounds, beside, text, within};
use crate::checksum::checksum;

/// Where such a file is, and what it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideFile {
    /// Path beside the manifest; its name is a hash of its content.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// CRC-32 of the bytes, which every page can compute.
    pub crc32: u32,
}

impl SideFile {
    /// Looks at what a manifest says of the file, in a field of its own.
    pub(crate) fn check(&self, field: &str) -> Result<(), OutOfBounds> {
        beside(&format!("{field}.path"), &self.path)?;
        text(&format!("{field}.sha256"), &self.sha256)?;
        within(&format!("{field}.bytes"), self.bytes, 0..=MOST_SIDE_BYTES)
    }

    /// Reads the file's bytes as JSON, if they are those that were written.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub fn read<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, String> {
        if bytes.len() as u64 != self.bytes || checksum(bytes) != self.crc32 {
            return Err("it is not the file that was published".to_owned());
        }
        let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
        serde_json::from_str(text).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SideFile {
        let (path, sha256) = (String::new(), String::new());
        SideFile { path, sha256, bytes: text.len() as u64, crc32: checksum(text.as_bytes()) }
    }

    #[test]
    fn only_what_was_published_is_read() {
        assert_eq!(file("[1,2]").read::<Vec<u8>>(b"[1,2]"), Ok(vec![1, 2]));
        for other in ["[1,3]", "[1,2] ", "[1", ""] {
            assert!(file("[1,2]").read::<Vec<u8>>(other.as_bytes()).is_err(), "{other}");
        }
    }
}
