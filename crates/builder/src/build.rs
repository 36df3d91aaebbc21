//! One build from first row to published snapshot; nothing of it remains if it fails.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use engine::native::NativeEngine;
use facts::Columns;
use rusqlite::{Connection, params};
use snapshot::{Day, Manifest, Meta};

use crate::demo::Demo;
use crate::hash::sha256_of;
use crate::load::Loader;
use crate::origin::{Invented, Origin};
use crate::packs::PackBuilder;
use crate::pipeline::{fill_customer_360, fill_temp_tables, record_lineage};
use crate::progress::Progress;
use crate::publish;
use crate::scratch::Scratch;
use crate::{classify, cubes, describe, first_view, limits, people, search, work};

pub use crate::publish::Options;

const PUBLISH: &str = include_str!("../../../data/publish.sql");

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
    let path = folder.path().join("snapshot.sqlite");
    let work = work::create_work(&folder.path().join("work.sqlite"))?;
    work.execute_batch("BEGIN")?;
    let origin = feed(&mut Loader::new(&work)?)?;
    let mut meta = derive(&work, &origin, options)?;
    work.execute_batch("COMMIT")?;
    let columns = fill_snapshot(&work, &path, &meta, options.progress)?;
    drop(work);
    identify(&path, &mut meta)?;
    let stage = options.progress.stage("Recording the first view", None);
    let record = first_view::record(Arc::new(columns), &meta, &NativeEngine::open(&path)?)?;
    stage.end("");
    let demo = origin.invented.map(|Invented { customers, seed }| Demo { customers, seed });
    let events = demo.map(|demo| demo.later(&path, &meta)).transpose()?;
    publish::publish(&path, folder.path(), meta, (record, events), options)
}

/// From the source tables to `customer_360`, all in the work database.
fn derive(work: &Connection, origin: &Origin, options: &Options) -> Result<Meta> {
    let progress = options.progress;
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
    let built_at = options.built_at.clone().unwrap_or_else(|| start_of(as_of));
    let mut meta = describe::describe(work, origin, as_of, built_at, classified, lineage)?;
    meta.covers = options.covers;
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
    progress: Progress,
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
    let columns = attached(work, path, || cubes::publish(work, meta))?;
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
fn identify(path: &Path, meta: &mut Meta) -> Result<()> {
    meta.snapshot_id = sha256_of(path)?.chars().take(16).collect();
    let file = work::open_snapshot(path)?;
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
