//! A build in memory: nothing is written anywhere, and the files of the snapshot are bytes.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rusqlite::serialize::{Data, OwnedData};
use snapshot::{Publishing, manifest_name};

use crate::build::{self, Bytes, Desk, Settings};
use crate::load::Loader;
use crate::manifest::{self, MANIFEST, Written};
use crate::origin::Origin;
use crate::progress::Progress;
use crate::work;

/// A file of a snapshot.
pub type File = (String, Vec<u8>);

/// Builds a snapshot from the rows that `feed` writes, and gives all files of its folder, the
/// snapshot first and the manifest last.
///
/// # Errors
/// Whatever `feed` or a step says.
pub fn build(
    settings: &Settings,
    progress: &dyn Progress,
    feed: impl FnOnce(&mut Loader<'_>) -> Result<Origin>,
) -> Result<Vec<File>> {
    let desk = Memory::new();
    let _keeper = desk.keeper()?;
    let made = build::make(&desk, settings, progress, feed)?;
    let stage = progress.stage("Publishing", None);
    let file = format!("{}.sqlite", manifest::name_of(&made));
    let of_its_own = manifest_name(&made.meta.snapshot_id);
    let publishing = Publishing::Single { path: file.clone() };
    let Written { text, beside, .. } =
        manifest::write(made, manifest::seal(&desk)?, publishing, None)?;
    let mut files = vec![(file, desk.whole()?.as_ref().to_vec())];
    files.extend(beside.into_iter().map(|beside| (beside.file.path, beside.text.into_bytes())));
    files.extend([of_its_own, MANIFEST.to_owned()].map(|name| (name, text.clone().into_bytes())));
    stage.end("");
    Ok(files)
}

/// Databases in SQLite's own memory, which are called something so that several connections have them.
struct Memory {
    work: PathBuf,
    snapshot: PathBuf,
}

impl Memory {
    fn new() -> Self {
        let named = |name: &str| PathBuf::from(in_memory(name));
        Self { work: named("work"), snapshot: named("snapshot") }
    }

    /// As long as somebody has it open, the snapshot stays.
    fn keeper(&self) -> Result<rusqlite::Connection> {
        rusqlite::Connection::open(&self.snapshot).context("no memory for a database")
    }

    fn whole(&self) -> Result<Whole> {
        Ok(match work::read_snapshot(&self.snapshot)?.serialize("main")? {
            Data::Owned(bytes) => Whole::Taken(bytes),
            Data::Shared(bytes) => Whole::Copied(bytes.to_vec()),
        })
    }
}

/// The bytes of a database.
enum Whole {
    Taken(OwnedData),
    Copied(Vec<u8>),
}

impl AsRef<[u8]> for Whole {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Taken(bytes) => bytes,
            Self::Copied(bytes) => bytes,
        }
    }
}

impl Desk for Memory {
    fn work(&self) -> &Path {
        &self.work
    }

    fn snapshot(&self) -> &Path {
        &self.snapshot
    }

    fn bytes(&self) -> Result<Box<dyn Bytes>> {
        Ok(Box::new(Cursor::new(self.whole()?)))
    }
}

/// A name by which SQLite finds a database in memory. In a browser all files are there, in pieces;
/// elsewhere such databases are of a kind of their own.
fn in_memory(name: &str) -> String {
    if cfg!(target_arch = "wasm32") {
        format!("{name}.sqlite")
    } else {
        let thread = std::thread::current().id();
        format!("file:/{name}-{thread:?}?vfs=memdb")
    }
}
