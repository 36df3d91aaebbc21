//! Adds the cubes to a snapshot, computed from its packs by the code that reads them.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use facts::Columns;
use rusqlite::{Connection, Row, params};
use snapshot::columns::{ContactColumns, FeedbackColumns};
use snapshot::tables::{PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PURCHASES};
use snapshot::{CustomerColumns, EncodedPack, Meta, PurchaseColumns};

use crate::work;

const PACKS: &str = "SELECT name, rows, raw_bytes, crc32, data FROM packs ORDER BY name, block";

const STORE: &str = "INSERT INTO packs (name, block, rows, raw_bytes, crc32, data)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Computes all cubes from the packs of columns and stores them behind.
///
/// # Errors
/// If a pack cannot be read back, or the disk is full.
pub fn write(path: &Path, meta: &Meta) -> Result<()> {
    let file = work::open_snapshot(path)?;
    let cubes = columns(&file, meta)?.cubes();
    file.execute_batch("BEGIN")?;
    let mut store = file.prepare(STORE)?;
    for named in cubes.packs()? {
        let EncodedPack { rows, raw_bytes, crc32, data } = named.pack;
        store.execute(params![named.name, named.block, rows, raw_bytes, crc32, data])?;
    }
    drop(store);
    file.execute_batch("COMMIT")?;
    Ok(())
}

/// Hands over every pack of a snapshot, by name and block.
///
/// # Errors
/// If a pack cannot be read, or `take` fails.
pub fn each(
    file: &Connection,
    mut take: impl FnMut(&str, EncodedPack) -> Result<()>,
) -> Result<()> {
    let mut statement = file.prepare(PACKS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(&row.get::<_, String>(0)?, pack(row)?)?;
    }
    Ok(())
}

fn columns(file: &Connection, meta: &Meta) -> Result<Columns> {
    let mut customers = CustomerColumns::default();
    let mut purchases = PurchaseColumns::default();
    let (mut feedback, mut contacts) = (None, None);
    each(file, |name, pack| {
        match name {
            PACK_CUSTOMERS => customers.append(&pack)?,
            PACK_PURCHASES => purchases.append(&pack)?,
            PACK_FEEDBACK => feedback = Some(FeedbackColumns::decode(&pack)?),
            PACK_CONTACTS => contacts = Some(ContactColumns::decode(&pack)?),
            _ => {}
        }
        Ok(())
    })?;
    Columns::new(Arc::new(meta.clone()), customers, purchases, feedback, contacts)
        .context("the packs do not fit each other")
}

fn pack(row: &Row<'_>) -> rusqlite::Result<EncodedPack> {
    Ok(EncodedPack {
        rows: row.get(1)?,
        raw_bytes: row.get(2)?,
        crc32: row.get(3)?,
        data: row.get(4)?,
    })
}
