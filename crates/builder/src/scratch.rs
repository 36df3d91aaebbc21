//! The folder of a build under way, which goes whatever happens: success, failure, interruption;
//! what a build leaves behind that was ended at once goes with the next one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Folders of builds under way in this process.
static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What the folders' names begin with.
const PREFIX: &str = ".build-";

/// The file that whoever builds keeps locked.
const LOCK: &str = "lock";

/// A folder inside the output folder, so that finished parts can be renamed into place.
pub struct Scratch {
    folder: TempDir,
    /// Held as long as the build lives; the system lets go of it however the build ends.
    _lock: File,
}

impl Scratch {
    /// Makes the folder.
    ///
    /// # Errors
    /// If the output folder cannot be written.
    pub fn new(out: &Path) -> Result<Self> {
        sweep(out);
        let cannot = || format!("cannot write in {}", out.display());
        let folder =
            tempfile::Builder::new().prefix(PREFIX).tempdir_in(out).with_context(cannot)?;
        let lock = File::create(folder.path().join(LOCK)).with_context(cannot)?;
        lock.lock().with_context(cannot)?;
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.push(folder.path().to_owned());
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|path| path != self.folder.path());
    }
}

/// Removes what builds left behind that were ended at once: their folders that nobody locks.
fn sweep(out: &Path) {
    let entries = fs::read_dir(out).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    for folder in ours.map(|entry| entry.path()) {
        // A folder without a lock is just being made by another build.
        let free = File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
        if free {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

/// Removes the folders of all builds under way, for a process that is about to be ended.
pub fn abandon() {
    let under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
    for folder in under_way.iter() {
        // The process ends next; there is nobody left to tell.
        let _ = fs::remove_dir_all(folder);
    }
}
