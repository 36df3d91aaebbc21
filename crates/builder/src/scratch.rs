//! The folder of a build under way, which goes whatever happens: success, failure, interruption.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Folders of builds under way in this process.
static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A folder inside the output folder, so that finished parts can be renamed into place.
pub struct Scratch(TempDir);

impl Scratch {
    /// Makes the folder.
    ///
    /// # Errors
    /// If the output folder cannot be written.
    pub fn new(out: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix(".build-")
            .tempdir_in(out)
            .with_context(|| format!("cannot write in {}", out.display()))?;
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.push(folder.path().to_owned());
        Ok(Self(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|path| path != self.0.path());
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
