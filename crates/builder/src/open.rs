//! Opens a published snapshot folder for reading: manifest, file, columns.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use engine::native::{NativeEngine, block_on};
use engine::{Columns, load_columns};
use facts::Facts;
use rusqlite::{Connection, OpenFlags};
use snapshot::cubes::{CubeData, Shape};
use snapshot::places::PackPlace;
use snapshot::{Manifest, Meta, Publishing};
use tempfile::TempDir;

use crate::publish::MANIFEST;
use crate::side_file;

/// A snapshot on disk.
pub struct Opened {
    /// What points at it.
    pub manifest: Manifest,
    /// The SQLite file; chunks are put together in a scratch folder.
    pub path: PathBuf,
    /// Where the packs lie in it; nothing where the manifest does not say.
    pub places: Vec<PackPlace>,
    _scratch: Option<TempDir>,
}

/// Opens the snapshot that a folder's manifest points at.
///
/// # Errors
/// If the manifest or the file is missing or damaged.
pub fn open(folder: &Path) -> Result<Opened> {
    let path = folder.join(MANIFEST);
    ensure!(
        path.is_file(),
        "{} has no {MANIFEST}, so it is no folder of a snapshot, which `builder build --out` makes",
        folder.display()
    );
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let manifest = Manifest::from_json(&text).with_context(|| path.display().to_string())?;
    let places = places(folder, &manifest)?;
    match &manifest.file.publishing {
        Publishing::Single { path } => {
            let path = folder.join(path);
            ensure!(path.is_file(), "{} is missing", path.display());
            Ok(Opened { manifest, path, places, _scratch: None })
        }
        Publishing::Chunked { prefix, digits, chunk_bytes } => {
            let scratch = tempfile::tempdir()?;
            let whole = scratch.path().join("snapshot.sqlite");
            join(folder, prefix, *digits, manifest.file.bytes.div_ceil(*chunk_bytes), &whole)?;
            Ok(Opened { manifest, path: whole, places, _scratch: Some(scratch) })
        }
    }
}

/// Where the packs lie, as the file says that a manifest names.
///
/// # Errors
/// If it is missing or damaged.
pub fn places(folder: &Path, manifest: &Manifest) -> Result<Vec<PackPlace>> {
    let Some(file) = &manifest.file.places else { return Ok(Vec::new()) };
    let places: Vec<PackPlace> = side_file::read(folder, file)?;
    snapshot::places::check(&places, &manifest.file).with_context(|| file.path.clone())?;
    Ok(places)
}

fn join(folder: &Path, prefix: &str, digits: u8, chunks: u64, whole: &Path) -> Result<()> {
    let mut into = File::create(whole)?;
    for number in 0..chunks {
        let chunk = folder.join(format!("{prefix}{number:0width$}", width = usize::from(digits)));
        let mut from =
            File::open(&chunk).with_context(|| format!("cannot read {}", chunk.display()))?;
        io::copy(&mut from, &mut into)?;
    }
    Ok(())
}

impl Opened {
    /// The file, for SQL.
    ///
    /// # Errors
    /// If it is not a readable SQLite file.
    pub fn engine(&self) -> Result<NativeEngine> {
        NativeEngine::open(&self.path).with_context(|| self.path.display().to_string())
    }

    /// The decoded packs, as the page reads them.
    ///
    /// # Errors
    /// If a pack is damaged or the file is not the one the manifest describes.
    pub fn columns(&self) -> Result<Columns> {
        let engine = self.engine()?;
        Ok(block_on(load_columns(&engine, &self.manifest.meta, |_| ()))?)
    }

    /// All cubes that the file holds, which together may fill much memory; the page and
    /// verification read them layer by layer.
    ///
    /// # Errors
    /// If a pack is damaged.
    pub fn cubes(&self) -> Result<CubeData> {
        let (mut cubes, shape) = (CubeData::default(), Shape::of(&self.manifest.meta));
        let database = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        importer_core::cubes::each(&database, "packs", |name, block, pack| {
            Ok(cubes.take(shape, name, block, &pack)?)
        })?;
        Ok(cubes)
    }

    /// The facts, as the page computes from them.
    ///
    /// # Errors
    /// As [`Opened::columns`], or if the columns do not fit each other.
    pub fn facts(&self) -> Result<Facts> {
        let meta = &self.manifest.meta;
        let columns = checked(meta, self.columns()?)?;
        Ok(Facts::of(Arc::new(meta.clone())).with(Arc::new(columns)))
    }
}

/// Columns as a source of answers.
///
/// # Errors
/// If they do not fit each other.
pub fn checked(meta: &Meta, columns: Columns) -> Result<facts::Columns> {
    let Columns { customers, purchases, feedback, contacts } = columns;
    let meta = Arc::new(meta.clone());
    Ok(facts::Columns::new(meta, customers, purchases, feedback, contacts)?)
}
