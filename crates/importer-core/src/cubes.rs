//! Publishes the packs: cubes, computed from the packs of columns by the code that reads them,
//! and the columns behind them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use anyhow::{Context, Result};
use facts::Columns;
use facts::columns::Maker;
use rusqlite::{Connection, Row, params};
use snapshot::columns::{ContactColumns, FeedbackColumns};
use snapshot::cubes::{CubeId, NamedPack, Place};
use snapshot::tables::{PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PURCHASES};
use snapshot::{CustomerColumns, EncodedPack, Meta, PurchaseColumns, slices};

use crate::sorted;

const STORE: &str = "INSERT INTO snapshot.packs (name, block, rows, raw_bytes, crc32, data)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Variants in the making at most; each takes memory.
const MOST_AT_ONCE: usize = 4;

/// Bytes of a variant's cells that may be held several times.
const SMALL: u64 = 16 << 20;

/// Columns last: a page that reads them reads ahead, and behind them is nothing to read in vain.
const PUBLISH: &str = "INSERT INTO snapshot.packs SELECT * FROM temp.column_packs
    ORDER BY name, block;
  DROP TABLE temp.column_packs;";

/// Publishes the packs into the attached snapshot: slices of the staged packs of columns if there
/// are to be any, cubes computed from those, then those. Gives back the columns.
///
/// # Errors
/// If a pack cannot be read back, or the disk is full.
pub fn publish(work: &Connection, meta: &Meta, sliced: bool) -> Result<Columns> {
    let mut statement = work.prepare(STORE)?;
    let mut store = |NamedPack { name, block, pack }: NamedPack| -> Result<()> {
        let EncodedPack { rows, raw_bytes, crc32, data } = pack;
        statement.execute(params![name, block, rows, raw_bytes, crc32, data])?;
        Ok(())
    };
    let columns = columns(work, meta, |columns| {
        let Some(grid) = slices::Grid::of(meta).filter(|_| sliced) else { return Ok(()) };
        let Staged { customers, purchases, feedback, contacts } = columns;
        slices::write(grid, customers, purchases, feedback.as_ref(), contacts.as_ref(), &mut store)
    })?;
    let maker = columns.maker();
    for cube in CubeId::all() {
        let spec = cube.spec();
        if spec.bytes(maker.shape()) <= SMALL {
            abreast(&maker, cube)?.into_iter().try_for_each(&mut store)?;
            continue;
        }
        // One at a time, since each fills much memory before it is packed.
        for variant in spec.variants(maker.shape()) {
            let packs = packs(&maker, cube, variant)?.into_iter();
            packs.map(|(_, pack)| pack).try_for_each(&mut store)?;
        }
    }
    work.execute_batch(PUBLISH).context("publishing the packs of columns")?;
    Ok(columns)
}

/// The packs of one variant, with the places that they are of.
fn packs(maker: &Maker<'_>, cube: CubeId, variant: u32) -> Result<Vec<(Place, NamedPack)>> {
    let mut packs = Vec::new();
    for (place, made) in maker.make(cube, variant) {
        packs.extend(made.packs(place)?.into_iter().map(|pack| (place, pack)));
    }
    Ok(packs)
}

/// The packs of a cube, variant by variant on every processor; what is read together lies close
/// together.
fn abreast(maker: &Maker<'_>, cube: CubeId) -> Result<Vec<NamedPack>> {
    let variants = cube.spec().variants(maker.shape());
    let next = AtomicU32::new(variants.start);
    let make = || -> Result<Vec<(Place, NamedPack)>> {
        let mut made = Vec::new();
        loop {
            let variant = next.fetch_add(1, Ordering::Relaxed);
            if !variants.contains(&variant) {
                return Ok(made);
            }
            made.extend(packs(maker, cube, variant)?);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE);
    let made: Vec<_> = if threads == 1 {
        // As in a browser's worker, which has no other.
        vec![Some(make())]
    } else {
        thread::scope(|scope| {
            let started: Vec<_> = (0..threads).map(|_| scope.spawn(make)).collect();
            started.into_iter().map(|thread| thread.join().ok()).collect()
        })
    };
    let mut packs = Vec::new();
    for made in made {
        packs.extend(made.context("making cubes stopped")??);
    }
    sorted::by_key(&mut packs, |&(place, _)| place.in_file());
    Ok(packs.into_iter().map(|(_, pack)| pack).collect())
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

/// The columns that were staged, before they are believed.
#[derive(Default)]
struct Staged {
    customers: CustomerColumns,
    purchases: PurchaseColumns,
    feedback: Option<FeedbackColumns>,
    contacts: Option<ContactColumns>,
}

/// The staged columns, which somebody looks at before.
fn columns(
    work: &Connection,
    meta: &Meta,
    look: impl FnOnce(&Staged) -> Result<()>,
) -> Result<Columns> {
    let mut staged = Staged::default();
    each(work, "temp.column_packs", |name, _, pack| {
        match name {
            PACK_CUSTOMERS => staged.customers.append(&pack)?,
            PACK_PURCHASES => staged.purchases.append(&pack)?,
            PACK_FEEDBACK => staged.feedback = Some(FeedbackColumns::decode(&pack)?),
            PACK_CONTACTS => staged.contacts = Some(ContactColumns::decode(&pack)?),
            _ => {}
        }
        Ok(())
    })?;
    look(&staged)?;
    let Staged { customers, purchases, feedback, contacts } = staged;
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
