//! Checks the bytes: length, hash, chunks, and what SQLite itself finds wrong.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags};
use snapshot::{FORMAT_VERSION, PAGE_SIZE, Publishing};

use super::report::Check;
use crate::hash::sha256_of;
use crate::open::Opened;

/// Compares the file with what the manifest says of it.
///
/// # Errors
/// If it cannot be read.
pub fn check(snapshot: &Opened, folder: &Path) -> Result<Check> {
    let file = &snapshot.manifest.file;
    let mut check = Check::new("file");
    let bytes = fs::metadata(&snapshot.path)?.len();
    check.same("length", &bytes, &file.bytes);
    check.same("SHA-256", &sha256_of(&snapshot.path)?, &file.sha256);
    check.same("page size", &file.page_size, &PAGE_SIZE);
    if let Publishing::Chunked { prefix, digits, chunk_bytes } = &file.publishing {
        for number in 0..file.bytes.div_ceil(*chunk_bytes) {
            let name = format!("{prefix}{number:0width$}", width = usize::from(*digits));
            let length = fs::metadata(folder.join(&name)).with_context(|| name.clone())?.len();
            let expected = (*chunk_bytes).min(file.bytes - number * chunk_bytes);
            check.same(&format!("length of {name}"), &length, &expected);
        }
    }
    let database = Connection::open_with_flags(&snapshot.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let text = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0));
    check.same("integrity_check", &text("PRAGMA integrity_check")?, &"ok".to_owned());
    let number = |sql: &str| database.query_row(sql, [], |row| row.get::<_, u32>(0));
    check.same("page size in the file", &number("PRAGMA page_size")?, &PAGE_SIZE);
    check.same("format version in the file", &number("PRAGMA user_version")?, &FORMAT_VERSION);
    check.same("unused pages", &number("PRAGMA freelist_count")?, &0);
    Ok(check.of(format!("{bytes} bytes: length, SHA-256, page size, integrity_check")))
}
