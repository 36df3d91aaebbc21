//! The manifest of a finished snapshot, and the files beside it.

use anyhow::{Context, Result};
use snapshot::{FORMAT_VERSION, Manifest, PAGE_SIZE, Publishing, SideFile, SnapshotFile};

use crate::build::{Desk, Made};
use crate::hash::sha256;
use crate::side_file::Beside;
use crate::{first_view, places, work};

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// What is known of the bytes of a finished snapshot.
pub struct Sealed {
    /// How many there are.
    pub bytes: u64,
    /// What hash they have.
    pub sha256: String,
    /// Where the packs lie in them.
    pub places: Beside,
}

/// A manifest, and what it names beside the snapshot.
pub struct Written {
    /// The manifest.
    pub manifest: Manifest,
    /// The same as its file has it.
    pub text: String,
    /// The files beside it.
    pub beside: [Beside; 2],
}

/// What the snapshot's file is called, without what is behind a point.
pub fn name_of(made: &Made) -> String {
    format!("snapshot-{}", made.meta.snapshot_id)
}

/// Looks through the bytes of a finished snapshot, to which nothing is written any more.
///
/// # Errors
/// If they cannot be read, or are not as SQLite writes them.
pub fn seal(desk: &dyn Desk) -> Result<Sealed> {
    let mut file = desk.bytes()?;
    let bytes = file.seek(std::io::SeekFrom::End(0))?;
    file.rewind()?;
    let sha256 = sha256(&mut file)?;
    let found = places::find(&work::read_snapshot(desk.snapshot())?, file)?;
    Ok(Sealed { bytes, sha256, places: Beside::of("places", &found)? })
}

/// Writes the manifest of a snapshot that is published so, and of the events that go on after it.
///
/// # Errors
/// If no page would read it.
pub fn write(
    made: Made,
    sealed: Sealed,
    publishing: Publishing,
    events: Option<SideFile>,
) -> Result<Written> {
    let Sealed { bytes, sha256, places } = sealed;
    let (first_view, more) = first_view::written_apart(made.record)?;
    let file = SnapshotFile {
        publishing,
        bytes,
        sha256,
        page_size: PAGE_SIZE,
        places: Some(places.file.clone()),
    };
    let manifest = Manifest {
        format_version: FORMAT_VERSION,
        file,
        meta: made.meta,
        first_view: Some(first_view),
        events,
    };
    // What no page would read is not published.
    let text = manifest.to_json().context("too much for one snapshot")?;
    Ok(Written { manifest, text, beside: [places, more] })
}
