//! `manifest.json`: the short-lived file that points at an immutable snapshot.

use serde::{Deserialize, Serialize};

use crate::FORMAT_VERSION;
use crate::bounds::{MOST_FILE_BYTES, MOST_MANIFEST_BYTES, OutOfBounds, beside, text, within};
use crate::first_view::FirstView;
use crate::meta::Meta;
use crate::side_file::SideFile;

/// Name of the manifest of one snapshot, which lies beside `manifest.json` and stays when a newer
/// one is published, so that a link that names the snapshot can be followed.
pub fn manifest_name(snapshot_id: &str) -> String {
    format!("manifest-{snapshot_id}.json")
}

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
    /// Events that go on after a demo's last day, recorded: a file of `{"events": [...]}`, each as
    /// a live channel tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<SideFile>,
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
        within("the length of the manifest", text.len() as u64, 0..=MOST_MANIFEST_BYTES)
            .map_err(|error| ManifestError::Damaged(error.to_string()))?;
        let VersionOnly { format_version: found } = serde_json::from_str(text).map_err(damaged)?;
        if found != FORMAT_VERSION {
            return Err(ManifestError::Version { found });
        }
        let manifest: Self = serde_json::from_str(text).map_err(damaged)?;
        manifest.check().map_err(|error| ManifestError::Damaged(error.to_string()))?;
        Ok(manifest)
    }

    /// The text of its file.
    ///
    /// # Errors
    /// Says what no page would read.
    pub fn to_json(&self) -> Result<String, ManifestError> {
        let damaged = |why: String| ManifestError::Damaged(why);
        self.check().map_err(|error| damaged(error.to_string()))?;
        let text = serde_json::to_string(self).map_err(|error| damaged(error.to_string()))?;
        let text = format!("{text}\n");
        within("the length of the manifest", text.len() as u64, 0..=MOST_MANIFEST_BYTES)
            .map_err(|error| damaged(error.to_string()))?;
        Ok(text)
    }

    /// Looks at every number: what the rest of the program computes with them is safe then.
    fn check(&self) -> Result<(), OutOfBounds> {
        self.file.check()?;
        self.meta.check()?;
        self.first_view.as_ref().map_or(Ok(()), FirstView::check)?;
        self.events.as_ref().map_or(Ok(()), |file| file.check("events"))
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
        text("file.sha256", &self.sha256)?;
        match &self.publishing {
            Publishing::Single { path } => beside("file.publishing.path", path)?,
            &Publishing::Chunked { ref prefix, digits, chunk_bytes } => {
                // What its names begin with, the digits of the first one behind it.
                beside("file.publishing.prefix", &format!("{prefix}0"))?;
                within("file.publishing.digits", digits.into(), 1..=MOST_DIGITS)?;
                // With pages in one piece, a page is never in more than one chunk.
                within("file.publishing.chunk_bytes", chunk_bytes, page..=MOST_FILE_BYTES)?;
            }
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

    type Spoil = fn(&mut serde_json::Value);

    fn manifest() -> serde_json::Value {
        serde_json::json!({
            "format_version": FORMAT_VERSION,
            "file": {
                "publishing": { "mode": "single", "path": "snapshot-1.sqlite" },
                "bytes": 65_536, "sha256": "", "page_size": 16_384,
                "places": { "path": "places-1.json", "bytes": 2, "sha256": "", "crc32": 0 },
            },
            "meta": {
                "format_version": FORMAT_VERSION, "snapshot_id": "1", "built_at": "", "source": "Shop",
                "demo": false, "as_of": "2026-01-31", "first_day": "2025-01-01",
                "last_day": "2026-01-31", "time_zone": "UTC",
                "currency": { "code": "USD", "exponent": 2 },
                "rows": { "customer_360": 3 }, "rejected": {},
                "warnings": [{ "kind": "left_out", "file": "a.csv", "count": 1,
                               "places": [{ "id": "7", "lines": [2] }] }],
                "labels": { "segments": ["High"], "churn_risks": ["Low"], "categories": ["Books"],
                            "rfm_segments": ["Others"], "channels": ["Phone"], "reasons": ["Price"] },
                "features": { "names": false, "units": true, "categories": true, "feedback": true,
                              "campaigns": false, "visits": false },
                "rules": { "segments": { "kind": "imported" }, "churn": { "kind": "imported" },
                           "rfm": { "customers": 0, "recency": [0, 0, 0, 0],
                                    "frequency": [0, 0, 0, 0], "monetary": [0, 0, 0, 0] } },
                "lineage": [{ "source": "a", "target": "b", "rows_in": 1, "rows_out": 1 }],
            },
            "first_view": {
                "snapshot_id": "1", "locale": "en-US",
                "period": { "range": "2025", "against": "", "partial": "July", "as_of": "1 Jul" },
                "headline": [{ "kpi": "a", "label": "A", "text": "1", "exact": "1",
                               "trend": { "text": "1", "exact": "1", "direction": "up" },
                               "spark": "M0 0" }],
                "answers": [],
                "more": { "path": "first-view-1.json", "bytes": 2, "sha256": "", "crc32": 0 },
            },
            "events": { "path": "events-1.json", "bytes": 2, "sha256": "", "crc32": 0 },
        })
    }

    fn damage(value: &serde_json::Value) -> Option<String> {
        Manifest::from_json(&value.to_string()).err().map(|error| error.to_string())
    }

    /// The pointer of every text that has a name of its own, and of every entry of a list of texts.
    fn texts(value: &serde_json::Value, at: &str) -> Vec<String> {
        match value {
            serde_json::Value::String(_) => vec![at.to_owned()],
            serde_json::Value::Array(list) => {
                let entry = |(number, value)| texts(value, &format!("{at}/{number}"));
                list.iter().enumerate().flat_map(entry).collect()
            }
            serde_json::Value::Object(map) => {
                map.iter().flat_map(|(key, value)| texts(value, &format!("{at}/{key}"))).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn no_text_is_as_long_as_it_likes() {
        assert_eq!(damage(&manifest()), None);
        let places = texts(&manifest(), "");
        assert!(places.len() > 35, "{places:?}");
        // A kind that nobody knows is one of a newer builder, and is not kept.
        for place in places.iter().filter(|place| !place.ends_with("warnings/0/kind")) {
            let mut long = manifest();
            *long.pointer_mut(place).unwrap() = "1".repeat(30_000).into();
            assert!(damage(&long).is_some(), "{place}");
        }
    }

    #[test]
    fn every_path_lies_beside_the_manifest() {
        let spoiled: [(Spoil, &str); 6] = [
            (|it| it["events"]["path"] = "../x".into(), "events.path"),
            (|it| it["file"]["publishing"]["path"] = "//host/x".into(), "file.publishing.path"),
            (|it| it["file"]["places"]["path"] = "../x".into(), "file.places.path"),
            (|it| it["first_view"]["more"]["path"] = "https://h/x".into(), "first_view.more.path"),
            (
                |it| {
                    it["file"]["publishing"] = serde_json::json!({
                        "mode": "chunked", "prefix": "/x/", "digits": 5, "chunk_bytes": 16_384,
                    });
                },
                "file.publishing.prefix",
            ),
            (
                |it| {
                    it["file"]["publishing"] = serde_json::json!({
                        "mode": "chunked", "prefix": "x/..", "digits": 5, "chunk_bytes": 16_384,
                    });
                },
                "file.publishing.prefix",
            ),
        ];
        for (spoil, field) in spoiled {
            let mut value = manifest();
            spoil(&mut value);
            let error = damage(&value).unwrap();
            assert!(error.contains(field), "{error}");
            if let Ok(spoilt) = serde_json::from_value::<Manifest>(value) {
                assert_eq!(spoilt.to_json().unwrap_err().to_string(), error);
            }
        }
        let mut chunked = manifest();
        chunked["file"]["publishing"] = serde_json::json!({
            "mode": "chunked", "prefix": "x-1/", "digits": 5, "chunk_bytes": 16_384,
        });
        assert_eq!(damage(&chunked), None);
    }

    #[test]
    fn lists_are_no_longer_than_they_may_be() {
        let spoiled: [(Spoil, &str); 5] = [
            (
                |it| it["meta"]["warnings"] = vec![it["meta"]["warnings"][0].clone(); 300].into(),
                "warnings",
            ),
            (
                |it| {
                    let place = it["meta"]["warnings"][0]["places"][0].clone();
                    it["meta"]["warnings"][0]["places"] = vec![place; 100].into();
                },
                "warnings.places",
            ),
            (|it| it["meta"]["warnings"][0]["places"][0]["lines"] = vec![1; 100].into(), "lines"),
            (
                |it| {
                    let tables = (0..100).map(|at| (at.to_string(), 1.into()));
                    it["meta"]["rows"] = serde_json::Value::Object(tables.collect());
                },
                "meta.rows",
            ),
            (
                |it| {
                    it["first_view"]["headline"] =
                        vec![it["first_view"]["headline"][0].clone(); 25].into()
                },
                "headline",
            ),
        ];
        for (spoil, field) in spoiled {
            let mut value = manifest();
            spoil(&mut value);
            let error = damage(&value).unwrap();
            assert!(error.contains(field), "{error}");
        }
        let blank = " ".repeat(MOST_MANIFEST_BYTES as usize + 1);
        assert!(Manifest::from_json(&blank).unwrap_err().to_string().contains("length"));
    }

    #[test]
    fn what_is_written_is_read() {
        let manifest = Manifest::from_json(&manifest().to_string()).unwrap();
        assert_eq!(Manifest::from_json(&manifest.to_json().unwrap()).unwrap(), manifest);
    }

    #[test]
    fn damage_is_called_damage() {
        let bare = format!(r#"{{"format_version": {FORMAT_VERSION}}}"#);
        for text in ["", "<html>", "{}", &bare] {
            assert!(matches!(Manifest::from_json(text), Err(ManifestError::Damaged(_))), "{text}");
        }
    }
}
