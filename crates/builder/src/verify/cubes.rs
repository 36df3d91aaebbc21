//! Compares the stored cubes, cell by cell, with cubes made anew from the columns. That both come
//! from the same code is why they are asked, too, and compared with plain SQL (`sources.rs`).

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use facts::Columns;
use facts::columns::Maker;
use rusqlite::{Connection, OptionalExtension, params};
use snapshot::EncodedPack;
use snapshot::cubes::{Cube, CubeData, CubeId, Layer, Place};

use super::report::Check;
use crate::hash::sha256_of;
use crate::open::Opened;
use importer_core::places;

/// The cubes of fine strata, or all others, each with all its cells.
///
/// # Errors
/// If a pack cannot be read.
pub fn compare(database: &Connection, columns: &Columns, fine: bool) -> Result<Check> {
    let mut check = Check::new(if fine { "fine cubes" } else { "cubes" });
    let maker = columns.maker();
    let mut packs = 0;
    for cube in CubeId::all().filter(|&cube| Place::of(cube).layer().is_fine() == fine) {
        // One variant after the other, because all of them would fill much memory.
        for variant in cube.spec().variants(maker.shape()) {
            for (place, expected) in maker.make(cube, variant) {
                let found = stored(database, &maker, place)?;
                // Whether they are the same is what matters; a cube is too large to be printed.
                let name = format!("{} {}", cube.spec().packs[0], place.number());
                check.same(&name, &(found == Some(expected)), &true);
                packs += cube.spec().packs.len();
            }
        }
    }
    let mut names = database.prepare("SELECT name, block FROM packs")?;
    let layers = names.query_map([], |row| {
        Ok(Layer::of(row.get_ref(0)?.as_str_or_null()?.unwrap_or_default(), row.get(1)?))
    })?;
    let mut count = 0;
    for layer in layers {
        count += usize::from(layer?.is_some_and(|layer| layer.is_fine() == fine));
    }
    check.same("number of packs", &count, &packs);
    Ok(check.of(format!("{packs} packs")))
}

/// The cube of a place as it is stored, if all its packs are there and whole.
fn stored(database: &Connection, maker: &Maker<'_>, place: Place) -> Result<Option<Cube>> {
    let sql = "SELECT rows, raw_bytes, crc32, data FROM packs WHERE name = ? AND block = ?";
    let mut statement = database.prepare_cached(sql)?;
    let mut data = CubeData::default();
    for name in place.cube.spec().packs {
        let pack = statement.query_row(params![name, place.number()], |row| {
            let (rows, raw_bytes) = (row.get(0)?, row.get(1)?);
            Ok(EncodedPack { rows, raw_bytes, crc32: row.get(2)?, data: row.get(3)? })
        });
        let Some(pack) = pack.optional()? else { return Ok(None) };
        if data.take(maker.shape(), name, place.number(), &pack).is_err() {
            return Ok(None);
        }
    }
    Ok(data.0.remove(&place))
}

/// Every pack, read by its place in the file and by SQL.
///
/// # Errors
/// If a pack cannot be read.
pub fn places(snapshot: &Opened, folder: &Path, database: &Connection) -> Result<Check> {
    let mut check = Check::new("places of packs");
    let places = &snapshot.places;
    if places.is_empty() {
        return Ok(check.of("none recorded"));
    }
    if let Some(file) = &snapshot.manifest.file.places {
        check.same("SHA-256 of their file", &sha256_of(&folder.join(&file.path))?, &file.sha256);
    }
    let mut file = File::open(&snapshot.path)?;
    let mut at = 0;
    importer_core::cubes::each_in(database, "packs", "rowid", |name, block, pack| {
        let found = places.get(at).with_context(|| format!("no place of {name} {block}"))?;
        check.same("name of a pack", &(found.name.as_str(), found.block), &(name, block));
        let same = places::read(&mut file, found)? == pack;
        check.same(&format!("{name} {block} read by its place"), &same, &true);
        at += 1;
        Ok(())
    })?;
    check.same("number of places", &places.len(), &at);
    Ok(check.of(format!("{at} packs")))
}
