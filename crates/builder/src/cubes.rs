//! Publishes the packs: cubes, computed from the packs of columns by the code that reads them,
//! and the columns behind them.

use std::sync::Arc;

use anyhow::{Context, Result};
use facts::Columns;
use rusqlite::{Connection, Row, params};
use snapshot::columns::{ContactColumns, FeedbackColumns};
use snapshot::cubes::NamedPack;
use snapshot::tables::{PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PURCHASES};
use snapshot::{CustomerColumns, EncodedPack, Meta, PurchaseColumns};

use crate::large_cubes;

const STORE: &str = "INSERT INTO snapshot.packs (name, block, rows, raw_bytes, crc32, data)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Columns last: a page that reads them reads ahead, and behind them is nothing to read in vain.
const PUBLISH: &str = "INSERT INTO snapshot.packs SELECT * FROM temp.column_packs
    ORDER BY name, block;
  DROP TABLE temp.column_packs;";

/// Publishes the packs into the attached snapshot: cubes computed from the staged packs of
/// columns, then those. Gives back the columns.
///
/// # Errors
/// If a pack cannot be read back, or the disk is full.
pub fn publish(work: &Connection, meta: &Meta) -> Result<Columns> {
    let columns = columns(work, meta)?;
    let mut statement = work.prepare(STORE)?;
    let mut store = |packs: Vec<NamedPack>| -> Result<()> {
        for NamedPack { name, block, pack } in packs {
            let EncodedPack { rows, raw_bytes, crc32, data } = pack;
            statement.execute(params![name, block, rows, raw_bytes, crc32, data])?;
        }
        Ok(())
    };
    // Those that are read least first.
    store(large_cubes::packs(&columns)?)?;
    columns.each_fine(|cubes| store(cubes.packs()?))?;
    store(columns.cubes().packs()?)?;
    work.execute_batch(PUBLISH).context("publishing the packs of columns")?;
    Ok(columns)
}

/// Hands over every pack of a table with its block's number, by name and block.
///
/// # Errors
/// If a pack cannot be read, or `take` fails.
pub fn each(
    database: &Connection,
    table: &str,
    take: impl FnMut(&str, u32, EncodedPack) -> Result<()>,
) -> Result<()> {
    each_in(database, table, "name, block", take)
}

/// As [`each`], in another order.
///
/// # Errors
/// As [`each`].
pub fn each_in(
    database: &Connection,
    table: &str,
    order: &str,
    mut take: impl FnMut(&str, u32, EncodedPack) -> Result<()>,
) -> Result<()> {
    let columns = "name, rows, raw_bytes, crc32, data, block";
    let mut statement =
        database.prepare(&format!("SELECT {columns} FROM {table} ORDER BY {order}"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(&row.get::<_, String>(0)?, row.get(5)?, pack(row)?)?;
    }
    Ok(())
}

fn columns(work: &Connection, meta: &Meta) -> Result<Columns> {
    let mut customers = CustomerColumns::default();
    let mut purchases = PurchaseColumns::default();
    let (mut feedback, mut contacts) = (None, None);
    each(work, "temp.column_packs", |name, _, pack| {
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
