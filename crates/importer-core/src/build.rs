//! One build, from the first row to a snapshot that lacks nothing but a manifest.

use std::io::{Read, Seek};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use engine::native::NativeEngine;
use facts::Columns;
use rusqlite::{Connection, params};
use snapshot::tables::PURCHASE_TRANSACTIONS;
use snapshot::{Day, Meta};

use crate::first_view::{self, Record};
use crate::hash::sha256;
use crate::load::Loader;
use crate::origin::{Invented, Origin};
use crate::packs::PackBuilder;
use crate::pipeline::{fill_customer_360, fill_temp_tables, record_lineage};
use crate::progress::Progress;
use crate::{classify, cubes, describe, limits, people, search, work};

const PUBLISH: &str = include_str!("../../../data/publish.sql");

/// Where the two databases of a build lie: files on a disk, or of SQLite's memory.
pub trait Desk {
    /// What SQLite opens the work database by, which nobody needs afterwards.
    fn work(&self) -> &Path;

    /// What SQLite opens the snapshot by.
    fn snapshot(&self) -> &Path;

    /// The bytes of the snapshot as they are by now.
    ///
    /// # Errors
    /// If they cannot be read.
    fn bytes(&self) -> Result<Box<dyn Bytes>>;
}

/// Bytes that are read from wherever.
pub trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// What is recorded beside the rows.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// RFC 3339 instant to record; the start of the as-of day if none, so that the same input
    /// gives the same bytes.
    pub built_at: Option<String>,
    /// The last event of a live channel that the source has; 0 if it has none.
    pub covers: u64,
    /// Purchase lines from which on every two categories have cubes, and rows lie in slices, too; as
    /// many as [`PAIRS_FROM`] if none are given.
    pub pairs_from: Option<u64>,
}

/// Purchase lines from which on every two categories have cubes, and rows lie in slices, too. The
/// columns of fewer are read in less than a second, and answer the same.
pub const PAIRS_FROM: u64 = 150_000;

/// A snapshot that lies on its desk, complete but for a manifest.
pub struct Made {
    /// Its description.
    pub meta: Meta,
    /// Its first view.
    pub record: Record,
    /// What it was invented by, if it was.
    pub invented: Option<Invented>,
}

/// Makes a snapshot of the rows that `feed` writes.
///
/// # Errors
/// Whatever `feed` or a step says.
pub fn make(
    desk: &dyn Desk,
    settings: &Settings,
    progress: &dyn Progress,
    feed: impl FnOnce(&mut Loader<'_>) -> Result<Origin>,
) -> Result<Made> {
    let work = work::create_work(desk.work())?;
    work.execute_batch("BEGIN")?;
    let origin = feed(&mut Loader::new(&work)?)?;
    let mut meta = derive(&work, &origin, settings, progress)?;
    work.execute_batch("COMMIT")?;
    let lines = meta.rows.get(PURCHASE_TRANSACTIONS).copied().unwrap_or(0);
    let sliced = lines >= settings.pairs_from.unwrap_or(PAIRS_FROM);
    let columns = fill_snapshot(&work, desk.snapshot(), &meta, sliced, progress)?;
    drop(work);
    identify(desk, &mut meta)?;
    let stage = progress.stage("Recording the first view", None);
    let engine = NativeEngine::of(work::read_snapshot(desk.snapshot())?, "the snapshot")?;
    let record = first_view::record(Arc::new(columns), &meta, &engine)?;
    stage.end("");
    Ok(Made { meta, record, invented: origin.invented })
}

/// From the source tables to `customer_360`, all in the work database.
fn derive(
    work: &Connection,
    origin: &Origin,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Meta> {
    limits::check_amounts(work, &origin.currency)?;
    let as_of = describe::as_of(work, origin.as_of)?;
    work.execute_batch("CREATE TABLE build_settings (as_of TEXT NOT NULL)")?;
    work.execute("INSERT INTO build_settings VALUES (?)", [as_of.to_string()])?;
    fill_temp_tables(work, progress)?;
    let stage = progress.stage("Classifying customers", None);
    let classified = classify::classify(work, as_of, &origin.class_order)?;
    stage.end("");
    fill_customer_360(work, progress)?;
    let lineage = record_lineage(work)?;
    let built_at = settings.built_at.clone().unwrap_or_else(|| start_of(as_of));
    let mut meta = describe::describe(work, origin, as_of, built_at, classified, lineage)?;
    meta.covers = settings.covers;
    let pairs_from = settings.pairs_from.unwrap_or(PAIRS_FROM);
    meta.features.category_pairs = describe::can_be_paired(&meta, pairs_from);
    limits::check_meta(&meta)?;
    Ok(meta)
}

fn start_of(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

/// Fills the snapshot: tables, indexes, description, and the packs last, one after another.
fn fill_snapshot(
    work: &Connection,
    path: &Path,
    meta: &Meta,
    sliced: bool,
    progress: &dyn Progress,
) -> Result<Columns> {
    work::create_snapshot(path)?;
    let stage = progress.stage("Sorting tables for the page", None);
    attached(work, path, || {
        work.execute_batch(PUBLISH).context("data/publish.sql")?;
        search::fill(work)
    })?;
    stage.end("");
    let stage = progress.stage("Indexing", None);
    let file = work::open_snapshot(path)?;
    work::create_indexes(&file)?;
    write_meta(&file, meta)?;
    drop(file);
    stage.end("");
    let stage = progress.stage("Packing columns", None);
    let packs = PackBuilder {
        work,
        labels: &meta.labels,
        no_category: snapshot::meta::NO_CATEGORY,
        first_day: meta.first_day,
    };
    attached(work, path, || packs.write(meta.features.feedback, meta.features.campaigns))?;
    stage.end("");
    let stage = progress.stage("Packing names", None);
    attached(work, path, || people::publish(work))?;
    stage.end("");
    let stage = progress.stage("Building cubes", None);
    let columns = attached(work, path, || cubes::publish(work, meta, sliced))?;
    stage.end("");
    Ok(columns)
}

/// Does something in one transaction with the snapshot attached to the work database.
fn attached<T>(work: &Connection, path: &Path, act: impl FnOnce() -> Result<T>) -> Result<T> {
    let name = path.to_str().context("the output folder's name is not Unicode")?;
    work.execute("ATTACH ? AS snapshot", [name])?;
    work.execute_batch(
        "PRAGMA snapshot.journal_mode = OFF; PRAGMA snapshot.synchronous = OFF; BEGIN",
    )?;
    let done = act()?;
    work.execute_batch("COMMIT; DETACH snapshot")?;
    Ok(done)
}

/// Gives the file its id, which is the hash of the file before it knows its id.
fn identify(desk: &dyn Desk, meta: &mut Meta) -> Result<()> {
    meta.snapshot_id = sha256(desk.bytes()?)?.chars().take(16).collect();
    let file = work::open_snapshot(desk.snapshot())?;
    write_field(&file, "snapshot_id", &serde_json::to_string(&meta.snapshot_id)?)?;
    let unused: u64 = file.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
    ensure!(unused == 0, "the snapshot has {unused} unused pages");
    Ok(())
}

fn write_meta(file: &Connection, meta: &Meta) -> Result<()> {
    let serde_json::Value::Object(fields) = serde_json::to_value(meta)? else {
        anyhow::bail!("the description is not an object")
    };
    for (key, value) in fields.iter().filter(|(key, _)| *key != "snapshot_id") {
        write_field(file, key, &value.to_string())?;
    }
    Ok(())
}

fn write_field(file: &Connection, key: &str, value: &str) -> Result<()> {
    file.execute("INSERT INTO meta VALUES (?, ?)", params![key, value])?;
    Ok(())
}
