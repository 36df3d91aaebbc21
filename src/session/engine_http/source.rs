//! Where a snapshot's bytes are on the web.

use engine::EngineError;
use serde::Serialize;
use snapshot::{Publishing, SnapshotFile};
use wasm_bindgen::JsValue;

use super::manner::{Caches, Manner};
use crate::host::script;

/// What a database begins with.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";

/// A snapshot's bytes on the web.
pub(super) struct Source {
    /// Address of the file, or of its first chunk.
    pub(super) first: String,
    /// Length of the file, or of its first chunk, in bytes.
    pub(super) first_bytes: u64,
    /// How the bytes lie.
    pub(super) layout: Layout,
    /// SQLite page size in bytes.
    pub(super) page_size: u32,
}

/// How the bytes lie, as the worker's transport reads it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Layout {
    Single {
        url: String,
        bytes: u64,
    },
    #[serde(rename_all = "camelCase")]
    Chunked {
        prefix: String,
        digits: u8,
        chunk_bytes: u64,
        bytes: u64,
    },
}

#[derive(Serialize)]
struct Described<'a> {
    #[serde(flatten)]
    layout: &'a Layout,
    patience: u32,
    fresh: bool,
}

impl Source {
    /// Resolves a manifest's paths against its own address.
    pub(super) fn new(manifest: &str, file: &SnapshotFile) -> Result<Self, EngineError> {
        let resolve = |path: &str| {
            script::resolve(path, manifest).ok_or_else(|| {
                EngineError::Damaged(format!("'{path}' in {manifest} is not an address"))
            })
        };
        let bytes = file.bytes;
        let (first, first_bytes, layout) = match &file.publishing {
            Publishing::Single { path } => {
                let url = resolve(path)?;
                (url.clone(), bytes, Layout::Single { url, bytes })
            }
            &Publishing::Chunked { ref prefix, digits, chunk_bytes } => {
                let prefix = resolve(prefix)?;
                let first = format!("{prefix}{:0width$}", 0, width = usize::from(digits));
                let layout = Layout::Chunked { prefix, digits, chunk_bytes, bytes };
                (first, bytes.min(chunk_bytes), layout)
            }
        };
        Ok(Self { first, first_bytes, layout, page_size: file.page_size })
    }

    /// What the worker needs to know.
    pub(super) fn describe(&self, manner: Manner) -> Result<JsValue, EngineError> {
        let described = Described {
            layout: &self.layout,
            patience: manner.patience_ms,
            fresh: manner.caches == Caches::Passed,
        };
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        described
            .serialize(&serializer)
            .map_err(|error| EngineError::WorkerFailed(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn file(publishing: Publishing) -> SnapshotFile {
        SnapshotFile {
            publishing,
            bytes: 100_000,
            sha256: String::new(),
            page_size: 4096,
            places: None,
        }
    }

    #[wasm_bindgen_test]
    fn paths_are_relative_to_the_manifest() {
        let manifest = "https://shop.example/demo/data/manifest.json";
        let single = file(Publishing::Single { path: "snapshot-1.sqlite".to_owned() });
        let source = Source::new(manifest, &single).unwrap();
        assert_eq!(source.first, "https://shop.example/demo/data/snapshot-1.sqlite");
        let prefix = "snapshot-1/".to_owned();
        let chunked = file(Publishing::Chunked { prefix, digits: 5, chunk_bytes: 65_536 });
        let source = Source::new(manifest, &chunked).unwrap();
        assert_eq!(source.first, "https://shop.example/demo/data/snapshot-1/00000");
        assert_eq!(source.first_bytes, 65_536);
        let nowhere = file(Publishing::Single { path: "http://".to_owned() });
        assert_eq!(
            Source::new(manifest, &nowhere).err().map(|error| error.code()),
            Some("damaged")
        );
    }
}
