//! Compares the stored cubes, cell by cell, with cubes made anew from the columns. That both come
//! from the same code is why they are asked, too, and compared with plain SQL (`sources.rs`).

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use facts::Columns;
use rusqlite::{Connection, OptionalExtension, params};
use snapshot::cubes::{CubeData, NamedPack};

use super::report::Check;
use crate::open::Opened;
use crate::places;
use crate::publish::sha256_of;

/// All cubes, each with all its cells.
///
/// # Errors
/// If a pack is damaged.
pub fn compare(snapshot: &Opened, columns: &Columns) -> Result<Check> {
    let mut check = Check::new("cubes");
    let (mut found, expected) = (snapshot.coarse_cubes()?, columns.cubes());
    let mut large = CubeData {
        day_windows: std::mem::take(&mut found.day_windows),
        voice_gaps: std::mem::take(&mut found.voice_gaps),
        near_voices: std::mem::take(&mut found.near_voices),
        ..CubeData::default()
    };
    // Whether they are the same is what matters; a cube is too large to be printed.
    let mut same = |name: &str, same: bool| check.same(name, &same, &true);
    let CubeData { month_sales, day_sales, month_voices, day_voices, .. } = &expected;
    same("sales by month", found.month_sales == *month_sales);
    same("sales by day", found.day_sales == *day_sales);
    same("feedback and contacts by month", found.month_voices == *month_voices);
    same("feedback and contacts by day", found.day_voices == *day_voices);
    same("scores by month, channel and reason", found.month_aspects == expected.month_aspects);
    same("scores by day, channel and reason", found.day_aspects == expected.day_aspects);
    same("windows of months", found.windows == expected.windows);
    same("census", found.census == expected.census);
    same("most valuable customers", found.leaders == expected.leaders);
    same("customers apart", found.odd == expected.odd);
    same("customers who may be drawn", found.pool == expected.pool);
    for variant in columns.variants() {
        let later = CubeData {
            day_windows: large.day_windows.split_off(&(variant + 1, 0)),
            voice_gaps: large.voice_gaps.split_off(&(variant + 1)),
            near_voices: large.near_voices.split_off(&(variant + 1, 0)),
            ..CubeData::default()
        };
        let of_variant = std::mem::replace(&mut large, later);
        let expected = columns.large_cubes(variant);
        let is = |what: &str| format!("{what}, variant {variant}");
        same(&is("windows of days"), of_variant.day_windows == expected.day_windows);
        same(&is("voices in gaps"), of_variant.voice_gaps == expected.voice_gaps);
        same(&is("voices near purchases"), of_variant.near_voices == expected.near_voices);
    }
    same("nothing else", large == CubeData::default());
    Ok(check.of("14 cubes"))
}

/// The cubes of fine strata, pack by pack, because all of them would fill much memory.
///
/// # Errors
/// If a pack cannot be read.
pub fn compare_fine(database: &Connection, columns: &Columns) -> Result<Check> {
    let mut check = Check::new("fine cubes");
    let mut found = database.prepare("SELECT data FROM packs WHERE name = ? AND block = ?")?;
    let mut packs = 0;
    columns.each_fine(|piece| -> Result<()> {
        for NamedPack { name, block, pack } in piece.packs()? {
            let data = found.query_row(params![name, block], |row| row.get::<_, Vec<u8>>(0));
            let same = data.optional()?.is_some_and(|data| data == pack.data);
            check.same(&format!("{name} {block}"), &same, &true);
            packs += 1;
        }
        Ok(())
    })?;
    let stored = "SELECT count(*) FROM packs WHERE name LIKE 'fine%'";
    let stored: usize = database.query_row(stored, [], |row| row.get(0))?;
    check.same("number of packs", &stored, &packs);
    Ok(check.of(format!("{packs} packs")))
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
    crate::cubes::each_in(database, "packs", "rowid", |name, block, pack| {
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
