//! The snapshot that is answered about: the newest one in the folder, replaced as a whole.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use anyhow::{Context, Result};
use arc_swap::ArcSwap;
use builder::open::open;
use engine::native::NativeEngine;
use facts::Facts;

/// A snapshot, open.
pub struct Open {
    /// Its facts, from columns: they answer everything.
    pub facts: Facts,
    /// Its tables; SQLite answers one question at a time.
    pub engine: Mutex<NativeEngine>,
    pub(super) stamp: Stamp,
    // Chunks are put together in a folder that lasts as long as this.
    _files: builder::open::Opened,
}

/// When a manifest was written, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp(SystemTime, u64);

/// The newest snapshot of a folder.
pub struct Current {
    pub(super) folder: PathBuf,
    pub(super) open: ArcSwap<Open>,
}

impl Current {
    /// Opens the snapshot of a folder.
    ///
    /// # Errors
    /// If there is none, or it is damaged.
    pub fn open(folder: &Path) -> Result<Self> {
        Ok(Self { folder: folder.to_owned(), open: ArcSwap::from_pointee(opened(folder)?) })
    }

    /// The snapshot at this moment; whoever holds it keeps it open.
    pub fn now(&self) -> Arc<Open> {
        self.open.load_full()
    }
}

/// Opens what lies in a folder.
pub(super) fn opened(folder: &Path) -> Result<Open> {
    let stamp = stamp(folder)?;
    let files = open(folder)?;
    let (facts, engine) = (files.facts()?, Mutex::new(files.engine()?));
    Ok(Open { facts, engine, stamp, _files: files })
}

/// When the manifest of a folder was written.
pub(super) fn stamp(folder: &Path) -> Result<Stamp> {
    let path = folder.join("manifest.json");
    let about = std::fs::metadata(&path).with_context(|| format!("no {}", path.display()))?;
    Ok(Stamp(about.modified()?, about.len()))
}
