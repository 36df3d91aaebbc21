//! The snapshot that is answered about: the newest one in the folder, replaced as a whole.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use arc_swap::ArcSwap;
use builder::open::open;
use engine::native::NativeEngine;
use facts::Facts;

use super::answer::Hub;
use super::log;

/// How often the folder is looked at.
const PACE: Duration = Duration::from_secs(2);

/// A snapshot, open.
pub struct Open {
    /// Its facts, from columns: they answer everything.
    pub facts: Facts,
    /// Its tables; SQLite answers one question at a time.
    pub engine: Mutex<NativeEngine>,
    stamp: Stamp,
    // Chunks are put together in a folder that lasts as long as this.
    _files: builder::open::Opened,
}

/// When a manifest was written, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp(SystemTime, u64);

/// The newest snapshot of a folder.
pub struct Current {
    folder: PathBuf,
    open: ArcSwap<Open>,
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

fn opened(folder: &Path) -> Result<Open> {
    let stamp = stamp(folder)?;
    let files = open(folder)?;
    let (facts, engine) = (files.facts()?, Mutex::new(files.engine()?));
    Ok(Open { facts, engine, stamp, _files: files })
}

fn stamp(folder: &Path) -> Result<Stamp> {
    let path = folder.join("manifest.json");
    let about = std::fs::metadata(&path).with_context(|| format!("no {}", path.display()))?;
    Ok(Stamp(about.modified()?, about.len()))
}

/// Takes each newer snapshot that comes to lie in the folder; what is open stays until then, and
/// where the newer one cannot be read.
pub async fn follow(current: Arc<Current>, hub: Arc<Hub>) {
    let mut refused = None;
    loop {
        tokio::time::sleep(PACE).await;
        hub.look_whether_open();
        let Ok(seen) = stamp(&current.folder) else { continue };
        if seen == current.now().stamp || Some(seen) == refused {
            continue;
        }
        let folder = current.folder.clone();
        match tokio::task::spawn_blocking(move || opened(&folder)).await {
            Ok(Ok(open)) => {
                log::note("snapshot_published", &open.facts.meta().snapshot_id);
                current.open.store(Arc::new(open));
            }
            Ok(Err(error)) => {
                log::note("snapshot_refused", &format!("{error:#}"));
                refused = Some(seen);
            }
            Err(error) => log::note("snapshot_refused", &error.to_string()),
        }
    }
}
