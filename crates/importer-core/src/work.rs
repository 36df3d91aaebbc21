//! The databases of a build: a throw-away work database and the snapshot that grows beside it.

use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags};
use snapshot::{FORMAT_VERSION, PAGE_SIZE};

const SCHEMA: &str = include_str!("../../../data/schema.sql");
const INDEXES: &str = include_str!("../../../data/indexes.sql");

/// Says in the file's header what it is: "ECIH".
const APPLICATION_ID: u32 = 0x4543_4948;

/// Nothing here needs to survive a crash: a build that fails leaves no file at all.
const FAST: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; \
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -131072; PRAGMA threads = 2;";

/// Opens a new work database with the tables of the schema.
///
/// # Errors
/// If the file cannot be written.
pub fn create_work(path: &Path) -> Result<Connection> {
    let work =
        Connection::open(path).with_context(|| format!("cannot write {}", path.display()))?;
    work.set_prepared_statement_cache_capacity(32);
    work.execute_batch(FAST)?;
    work.execute_batch(SCHEMA).context("data/schema.sql")?;
    Ok(work)
}

/// Creates an empty snapshot file with the tables of the schema.
///
/// # Errors
/// If the file cannot be written.
pub fn create_snapshot(path: &Path) -> Result<()> {
    let file = open_snapshot(path)?;
    file.execute_batch(&format!(
        "PRAGMA page_size = {PAGE_SIZE}; PRAGMA encoding = 'UTF-8'; \
         PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT_VERSION};"
    ))?;
    file.execute_batch(SCHEMA).context("data/schema.sql")
}

/// Opens a snapshot that is being written.
///
/// # Errors
/// If the file cannot be opened.
pub fn open_snapshot(path: &Path) -> Result<Connection> {
    let file =
        Connection::open(path).with_context(|| format!("cannot write {}", path.display()))?;
    file.execute_batch(FAST)?;
    Ok(file)
}

/// Opens a snapshot that is written, to read it.
///
/// # Errors
/// If it is not there.
pub fn read_snapshot(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(path, flags)
        .with_context(|| format!("cannot read {}", path.display()))
}

/// Adds the indexes to a filled snapshot.
///
/// # Errors
/// If an index cannot be written, such as a unique one over duplicates.
pub fn create_indexes(file: &Connection) -> Result<()> {
    file.execute_batch(INDEXES).context("data/indexes.sql")
}
