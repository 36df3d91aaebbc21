//! Data of the reader's own: the files of a snapshot that were handed to the page, or made by it, and
//! are in this tab alone.

use std::cell::Cell;

use engine::EngineError;
use snapshot::{Manifest, Publishing};
use web_sys::Blob;

use crate::host::held::Folder;
use crate::host::shared::Shared;
use crate::session::engine_http::read_manifest;
use crate::session::setup::Setup;

/// The file that says what the others are.
pub const MANIFEST: &str = "manifest.json";

/// A file of a snapshot, by its path beside the manifest.
pub type File = (String, Blob);

/// The files of a snapshot, held for as long as this lives.
#[derive(Debug)]
pub struct OwnFiles {
    /// What the reader calls it: the name of the file that was brought.
    pub name: String,
    /// The files.
    pub files: Vec<File>,
    /// True if they were made here and lie nowhere else yet.
    pub made_here: Cell<bool>,
    folder: Folder,
}

/// What is open in the place of the host's data.
#[derive(Clone, PartialEq)]
pub struct Own {
    /// Its files.
    pub files: Shared<OwnFiles>,
    /// What the host configured.
    pub host: Shared<Setup>,
}

/// Why files are no snapshot that can be opened.
#[derive(Clone, Debug, PartialEq)]
pub enum NotOpened {
    /// There is no manifest among them.
    NoManifest,
    /// A file that the manifest names is not among them.
    Missing(String),
    /// A file has another length than the manifest says.
    OtherLength(String),
    /// The manifest, or what it describes, cannot be read.
    Damaged(EngineError),
}

impl OwnFiles {
    /// Opens the files of a snapshot: the manifest's own folder is found among them.
    ///
    /// # Errors
    /// [`NotOpened`] says what is missing or wrong.
    pub async fn open(
        id: &str,
        name: String,
        files: Vec<File>,
    ) -> Result<(Self, Manifest), NotOpened> {
        let files = beside_manifest(files).ok_or(NotOpened::NoManifest)?;
        let folder = Folder::new(id);
        for (path, file) in &files {
            folder.hold(path, file);
        }
        let manifest = read_manifest(&folder.address(MANIFEST)).await;
        let mut manifest = manifest.map_err(NotOpened::Damaged)?;
        let mut own = Self { name, files, made_here: Cell::new(false), folder };
        own.join_chunks(&mut manifest)?;
        own.check(&manifest)?;
        Ok((own, manifest))
    }

    /// The address of the manifest.
    pub fn address(&self) -> String {
        self.folder.address(MANIFEST)
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> f64 {
        self.files.iter().map(|(_, file)| file.size()).sum()
    }

    fn file(&self, path: &str) -> Result<&Blob, NotOpened> {
        let found = self.files.iter().find(|(name, _)| name == path).map(|(_, file)| file);
        found.ok_or_else(|| NotOpened::Missing(path.to_owned()))
    }

    /// A database that was published in chunks is read as the one file that it is.
    fn join_chunks(&mut self, manifest: &mut Manifest) -> Result<(), NotOpened> {
        let Publishing::Chunked { prefix, digits, chunk_bytes } = &manifest.file.publishing else {
            return Ok(());
        };
        let count = manifest.file.bytes.div_ceil((*chunk_bytes).max(1));
        let parts = js_sys::Array::new();
        for number in 0..count {
            let path = format!("{prefix}{number:0width$}", width = usize::from(*digits));
            parts.push(self.file(&path)?);
        }
        let whole = Blob::new_with_blob_sequence(&parts);
        let whole = whole.map_err(|_| NotOpened::Missing(prefix.clone()))?;
        let path = format!("{}.sqlite", prefix.trim_end_matches('/'));
        self.folder.hold(&path, &whole);
        manifest.file.publishing = Publishing::Single { path };
        Ok(())
    }

    /// What the manifest names is there, as long as it says.
    fn check(&self, manifest: &Manifest) -> Result<(), NotOpened> {
        let file = &manifest.file;
        let beside = manifest.first_view.as_ref().and_then(|view| view.more.as_ref());
        let sides = file.places.iter().chain(beside).map(|side| (&side.path, side.bytes));
        let single = match &file.publishing {
            Publishing::Single { path } => Some((path, file.bytes)),
            Publishing::Chunked { .. } => None,
        };
        for (path, bytes) in single.into_iter().chain(sides) {
            let found = crate::host::held::file(&self.folder.address(path));
            let found = found.ok_or_else(|| NotOpened::Missing(path.clone()))?;
            if found.size() != bytes as f64 {
                return Err(NotOpened::OtherLength(path.clone()));
            }
        }
        Ok(())
    }
}

/// The files of the folder in which the manifest lies, by their paths in it.
fn beside_manifest(files: Vec<File>) -> Option<Vec<File>> {
    let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let name = |path: &str| path.rsplit_once('/').map_or(path, |(_, name)| name).to_owned();
    // The one that is deepest outside.
    let manifests = files.iter().map(|(path, _)| path).filter(|path| name(path) == MANIFEST);
    let place = folder(manifests.min_by_key(|path| path.matches('/').count())?);
    let within = if place.is_empty() { String::new() } else { format!("{place}/") };
    let beside = files.into_iter().filter_map(|(path, file)| {
        let inside = path.strip_prefix(&within)?.to_owned();
        Some((inside, file))
    });
    Some(beside.collect())
}

#[cfg(test)]
mod tests {
    use js_sys::Array;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::session::testing;

    fn file(text: &str) -> Blob {
        Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(text))).unwrap()
    }

    fn named(names: &[&str]) -> Vec<File> {
        names.iter().map(|name| ((*name).to_owned(), file("x"))).collect()
    }

    #[wasm_bindgen_test]
    fn a_manifest_is_found_in_its_folder() {
        let found = beside_manifest(named(&["a/manifest.json", "a/b/c", "d", "a/x/manifest.json"]));
        let paths: Vec<String> = found.unwrap().into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["manifest.json", "b/c", "x/manifest.json"]);
        assert_eq!(beside_manifest(named(&["manifest.json"])).unwrap().len(), 1);
        assert!(beside_manifest(named(&["a", "manifest.json.bak"])).is_none());
    }

    #[wasm_bindgen_test]
    async fn what_is_missing_or_cut_is_named() {
        let manifest = Manifest { first_view: None, ..testing::manifest() };
        let text = serde_json::to_string(&manifest).unwrap();
        let Publishing::Single { path } = &manifest.file.publishing else { panic!("one file") };
        let opened = async |more: &[(&str, &str)]| {
            let more = more.iter().map(|(name, text)| ((*name).to_owned(), file(text)));
            let files = [(MANIFEST.to_owned(), file(&text))].into_iter().chain(more).collect();
            OwnFiles::open("test", "mine".to_owned(), files).await.err()
        };
        assert_eq!(opened(&[]).await, Some(NotOpened::Missing(path.clone())));
        assert_eq!(opened(&[(path, "short")]).await, Some(NotOpened::OtherLength(path.clone())));
        let broken = OwnFiles::open("test", String::new(), named(&[MANIFEST])).await;
        assert!(matches!(broken.err(), Some(NotOpened::Damaged(_))));
    }
}
