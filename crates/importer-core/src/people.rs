//! Publishes the customers' names as packs, for lists and files that name many at once.

use anyhow::{Context, Result, bail};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use snapshot::PackError;
use snapshot::bounds::MOST_PEOPLE_BYTES;
use snapshot::people::{BLOCK, Names, Writer};
use snapshot::tables::PACK_PEOPLE;

const CUSTOMERS: &str = "SELECT customer_id, first_name, last_name, email
  FROM snapshot.customer_360 ORDER BY ord";

const STORE: &str = "INSERT INTO snapshot.packs (name, block, rows, raw_bytes, crc32, data)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Publishes all blocks of names into the attached snapshot, one after another and before all other
/// packs: they are read by themselves.
///
/// # Errors
/// If `customer_360` is missing, names are longer than a page reads, or the disk is full.
pub fn publish(work: &Connection) -> Result<()> {
    let mut store = work.prepare(STORE)?;
    let mut write = |writer: &mut Writer, block: u32| -> Result<()> {
        let pack = match std::mem::take(writer).finish() {
            Err(PackError::TooLarge) => bail!(
                "the names and e-mail addresses of {BLOCK} customers take more than {} MB: look \
                 for a column with long texts that is mapped as a name",
                MOST_PEOPLE_BYTES >> 20
            ),
            finished => finished?,
        };
        let values = params![PACK_PEOPLE, block, pack.rows, pack.raw_bytes, pack.crc32, pack.data];
        store.execute(values)?;
        Ok(())
    };
    let mut customers = work.prepare(CUSTOMERS)?;
    let mut rows = customers.query([])?;
    let (mut writer, mut blocks) = (Writer::default(), 0..);
    let mut next = || blocks.next().context("too many blocks");
    while let Some(row) = rows.next()? {
        writer.push(Names {
            customer_id: text(row, 0)?,
            first_name: text(row, 1)?,
            last_name: text(row, 2)?,
            email: text(row, 3)?,
        });
        if writer.rows() == BLOCK {
            write(&mut writer, next()?)?;
        }
    }
    if writer.rows() > 0 {
        write(&mut writer, next()?)?;
    }
    Ok(())
}

/// A text of a row; none is empty.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(""),
        value => Ok(value.as_str()?),
    }
}
