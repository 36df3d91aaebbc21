//! Puts a finished snapshot in its folder: file or chunks first, the manifest last, each at once.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use importer_core::build::{Desk, Made};
use importer_core::manifest::{self, Written};
use importer_core::side_file::Beside;
use snapshot::{Manifest, PAGE_SIZE, Publishing, manifest_name};

use crate::demo::Later;
use crate::hash::sha256_of;
use crate::progress::Progress;
use crate::side_file;

pub use importer_core::manifest::MANIFEST;

/// Default length of a chunk in bytes: well under the 25 MiB that some hosts allow.
pub const CHUNK_BYTES: u64 = 8 * 1024 * 1024;

/// Digits of a chunk's number.
const CHUNK_DIGITS: u8 = 5;

/// Where a snapshot goes and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the manifest and the snapshot; made if absent.
    pub out: PathBuf,
    /// One file or many.
    pub publish: PublishMode,
    /// RFC 3339 instant to record; the start of the as-of day if none, so that the same input
    /// gives the same bytes.
    pub built_at: Option<String>,
    /// The last event of a live channel that the source has; 0 if it has none.
    pub covers: u64,
    /// Purchase lines from which on every two categories have cubes, if not as many as usual.
    pub pairs_from: Option<u64>,
    /// Where progress goes.
    pub progress: Progress,
}

/// How the bytes are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishMode {
    /// One file.
    Single,
    /// Files of this many bytes, a multiple of the page size.
    Chunked(u64),
}

impl PublishMode {
    /// Chunks of a given length.
    ///
    /// # Errors
    /// If pages would be cut.
    pub fn chunked(bytes: u64) -> Result<Self> {
        let page = u64::from(PAGE_SIZE);
        ensure!(
            bytes > 0 && bytes.is_multiple_of(page),
            "a chunk's length must be a multiple of the page size, {page} bytes"
        );
        Ok(Self::Chunked(bytes))
    }
}

/// Moves the finished file on a desk into the output folder and points the manifest at it.
///
/// Beside it go its first view and, of a demo, the events that go on after it. `scratch` is a
/// folder on the same disk for parts that are not finished.
///
/// # Errors
/// If something else lies under the snapshot's name, or the disk refuses.
pub fn publish(
    desk: &dyn Desk,
    scratch: &Path,
    made: Made,
    events: Option<Later>,
    options: &Options,
) -> Result<Manifest> {
    let (stage, path) = (options.progress.stage("Publishing", None), desk.snapshot());
    let (sealed, name) = (manifest::seal(desk)?, manifest::name_of(&made));
    let publishing = match options.publish {
        PublishMode::Single => publish_single(path, &options.out, &name, &sealed.sha256)?,
        PublishMode::Chunked(size) => publish_chunks(path, scratch, &options.out, &name, size)?,
    };
    let events = events.map(|events| Beside::of("events", &events)).transpose()?;
    let named = events.as_ref().map(|events| events.file.clone());
    let Written { manifest, text, beside } = manifest::write(made, sealed, publishing, named)?;
    for beside in beside.iter().chain(&events) {
        side_file::write(beside, scratch, &options.out)?;
    }
    let draft = scratch.join(MANIFEST);
    // First the one that stays: links to this snapshot find it when a newer one is there.
    for name in [&manifest_name(&manifest.meta.snapshot_id), MANIFEST] {
        fs::write(&draft, &text)?;
        fs::rename(&draft, options.out.join(name))
            .with_context(|| format!("cannot write {name}"))?;
    }
    #[expect(clippy::cast_precision_loss, reason = "told to a tenth of a megabyte")]
    let megabytes = manifest.file.bytes as f64 / 1e6;
    stage.end(&format!("{name}, {megabytes:.1} MB"));
    Ok(manifest)
}

fn publish_single(path: &Path, out: &Path, name: &str, sha256: &str) -> Result<Publishing> {
    let file = format!("{name}.sqlite");
    let target = out.join(&file);
    if target.exists() {
        let same = sha256_of(&target)? == sha256;
        ensure!(same, "{} is there with other content; it is not overwritten", target.display());
    } else {
        fs::rename(path, &target).with_context(|| format!("cannot write {}", target.display()))?;
    }
    Ok(Publishing::Single { path: file })
}

fn publish_chunks(
    path: &Path,
    scratch: &Path,
    out: &Path,
    name: &str,
    chunk_bytes: u64,
) -> Result<Publishing> {
    // The size is part of the folder's name, so that other chunks of the same file can lie beside.
    let folder = format!("{name}-{}k", chunk_bytes / 1024);
    let draft = scratch.join(&folder);
    fs::create_dir(&draft)?;
    let mut source = File::open(path)?;
    for number in 0_u64.. {
        let mut chunk = (&mut source).take(chunk_bytes);
        let file = draft.join(format!("{number:0width$}", width = usize::from(CHUNK_DIGITS)));
        if io::copy(&mut chunk, &mut File::create(&file)?)? == 0 {
            fs::remove_file(&file)?;
            break;
        }
    }
    let target = out.join(&folder);
    if target.exists() {
        same_folders(&draft, &target)?;
    } else {
        fs::rename(&draft, &target)
            .with_context(|| format!("cannot write {}", target.display()))?;
    }
    Ok(Publishing::Chunked { prefix: format!("{folder}/"), digits: CHUNK_DIGITS, chunk_bytes })
}

fn same_folders(draft: &Path, target: &Path) -> Result<()> {
    for entry in fs::read_dir(draft)? {
        let file = entry?.path();
        let other = target.join(file.file_name().unwrap_or_default());
        if !other.is_file() || sha256_of(&other)? != sha256_of(&file)? {
            bail!("{} is there with other content; it is not overwritten", target.display());
        }
    }
    Ok(())
}
