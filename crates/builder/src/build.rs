//! One build from first row to published snapshot; nothing of it remains if it fails.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use importer_core::Loader;
use importer_core::build::{Bytes, Desk, Settings, make};
use importer_core::origin::{Invented, Origin};
use snapshot::Manifest;

use crate::demo::Demo;
use crate::publish;
use crate::scratch::Scratch;

pub use crate::publish::Options;

/// Builds a snapshot from the rows that `feed` writes, and publishes it in the output folder.
///
/// # Errors
/// Whatever `feed` or a step says; nothing is written then.
pub fn build(
    options: &Options,
    feed: impl FnOnce(&mut Loader<'_>) -> Result<Origin>,
) -> Result<Manifest> {
    let made = !options.out.exists();
    fs::create_dir_all(&options.out)
        .with_context(|| format!("cannot make folder {}", options.out.display()))?;
    let built = build_inside(options, feed);
    if built.is_err() && made {
        // Only an empty folder goes; whatever else came to be there is not ours.
        let _ = fs::remove_dir(&options.out);
    }
    built
}

fn build_inside(
    options: &Options,
    feed: impl FnOnce(&mut Loader<'_>) -> Result<Origin>,
) -> Result<Manifest> {
    let folder = Scratch::new(&options.out)?;
    let desk = Folder::of(folder.path());
    let (built_at, covers) = (options.built_at.clone(), options.covers);
    let settings = Settings { built_at, covers, pairs_from: options.pairs_from };
    let made = make(&desk, &settings, &options.progress, feed)?;
    let demo = made.invented.map(|Invented { customers, seed }| Demo { customers, seed });
    let events = demo.map(|demo| demo.later(desk.snapshot(), &made.meta)).transpose()?;
    publish::publish(&desk, folder.path(), made, events, options)
}

/// The databases of a build as files of a folder.
struct Folder {
    work: PathBuf,
    snapshot: PathBuf,
}

impl Folder {
    fn of(folder: &Path) -> Self {
        Self { work: folder.join("work.sqlite"), snapshot: folder.join("snapshot.sqlite") }
    }
}

impl Desk for Folder {
    fn work(&self) -> &Path {
        &self.work
    }

    fn snapshot(&self) -> &Path {
        &self.snapshot
    }

    fn bytes(&self) -> Result<Box<dyn Bytes>> {
        Ok(Box::new(File::open(&self.snapshot)?))
    }
}
