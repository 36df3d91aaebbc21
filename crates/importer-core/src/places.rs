//! Finds where SQLite put each pack, by the file format that SQLite documents.

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};

use anyhow::{Context, Result, bail, ensure};
use rusqlite::Connection;
use snapshot::PAGE_SIZE;
use snapshot::places::PackPlace;

const TABLE_LEAF: u8 = 0x0d;
const TABLE_INTERIOR: u8 = 0x05;

/// Bytes of a page, of which none are reserved, and of an overflow page behind its pointer.
const USABLE: u64 = PAGE_SIZE as u64;
const OVERFLOW: u64 = USABLE - 4;

/// The most of a row that a leaf holds, and the least where it goes on elsewhere.
const MOST: u64 = USABLE - 35;
const LEAST: u64 = (USABLE - 12) * 32 / 255 - 23;

/// The places of all packs of a database whose file has these bytes, in the order in which they lie
/// in the table.
///
/// # Errors
/// If the file is not as SQLite writes it.
pub fn find(database: &Connection, file: impl Read + Seek) -> Result<Vec<PackPlace>> {
    let root = database.query_row(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'packs' AND type = 'table'",
        [],
        |row| row.get::<_, u32>(0),
    )?;
    let mut pages = Pages(file);
    let mut cells = HashMap::new();
    pages.walk(root, &mut cells)?;
    let mut places = Vec::new();
    let mut statement = database.prepare(
        "SELECT rowid, name, block, rows, raw_bytes, crc32, length(data) FROM packs ORDER BY rowid",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let cell =
            cells.get(&row.get::<_, i64>(0)?).context("a row of packs is not in its table")?;
        let bytes: u64 = row.get(6)?;
        // The value stands last in its row.
        let before = cell.payload.checked_sub(bytes).context("a row of packs is too short")?;
        let head = cell.local.checked_sub(before).context("a row of packs is split early")?;
        places.push(PackPlace {
            name: row.get(1)?,
            block: row.get(2)?,
            rows: row.get(3)?,
            raw_bytes: row.get(4)?,
            crc32: row.get(5)?,
            bytes,
            head: (cell.at.checked_add(before).context("a row of packs is too long")?, head),
            runs: pages.runs(cell.overflow, bytes.saturating_sub(head))?,
        });
    }
    Ok(places)
}

/// A row: where its payload begins, how long it is, how much of it lies there, where it goes on.
struct Cell {
    at: u64,
    payload: u64,
    local: u64,
    overflow: u32,
}

struct Pages<F>(F);

impl<F: Read + Seek> Pages<F> {
    fn read(&mut self, page: u32, bytes: usize) -> Result<Vec<u8>> {
        self.0.seek(SeekFrom::Start(begin(page)?))?;
        let mut content = vec![0; bytes];
        self.0.read_exact(&mut content)?;
        Ok(content)
    }

    /// Collects the rows of a table's tree.
    fn walk(&mut self, page: u32, cells: &mut HashMap<i64, Cell>) -> Result<()> {
        let content = self.read(page, PAGE_SIZE as usize)?;
        let count = usize::from(u16_at(&content, 3)?);
        let kind = *content.first().context("an empty page")?;
        let pointers = if kind == TABLE_INTERIOR { 12 } else { 8 };
        for pointer in (pointers..).step_by(2).take(count) {
            let at = usize::from(u16_at(&content, pointer)?);
            match kind {
                TABLE_INTERIOR => self.walk(u32_at(&content, at)?, cells)?,
                TABLE_LEAF => {
                    let (rowid, cell) = cell(&content, at, page)?;
                    cells.insert(rowid, cell);
                }
                _ => bail!("page {page} is no page of a table"),
            }
        }
        if kind == TABLE_INTERIOR {
            self.walk(u32_at(&content, 8)?, cells)?;
        }
        Ok(())
    }

    /// The overflow pages that hold so many bytes, as runs of pages that follow one another.
    fn runs(&mut self, first: u32, bytes: u64) -> Result<Vec<(u32, u32)>> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut next = first;
        for _ in 0..bytes.div_ceil(OVERFLOW) {
            ensure!(next > 0, "a row of packs ends early");
            match runs.last_mut() {
                Some((start, count)) if start.checked_add(*count) == Some(next) => {
                    *count = count.saturating_add(1);
                }
                _ => runs.push((next, 1)),
            }
            next = u32_at(&self.read(next, 4)?, 0)?;
        }
        Ok(runs)
    }
}

/// Where a page begins; the numbers of pages have 32 bits.
fn begin(page: u32) -> Result<u64> {
    Ok(u64::from(page.checked_sub(1).context("page 0")?).saturating_mul(USABLE))
}

/// A leaf's row, with how much of it lies in the leaf.
fn cell(content: &[u8], at: usize, page: u32) -> Result<(i64, Cell)> {
    let (payload, after) = varint(content, at)?;
    let (rowid, start) = varint(content, after)?;
    let local = match LEAST.saturating_add(payload.saturating_sub(LEAST) % OVERFLOW) {
        _ if payload <= MOST => payload,
        fits if fits <= MOST => fits,
        _ => LEAST,
    };
    let overflow = if local < payload {
        u32_at(content, start.saturating_add(usize::try_from(local)?))?
    } else {
        0
    };
    let at = begin(page)?.saturating_add(start as u64);
    Ok((rowid.cast_signed(), Cell { at, payload, local, overflow }))
}

/// SQLite's integer of one to nine bytes, and where it ends.
fn varint(content: &[u8], at: usize) -> Result<(u64, usize)> {
    let mut value = 0_u64;
    for (length, &byte) in (1..=9).zip(content.get(at..).unwrap_or_default()) {
        let end = at.saturating_add(length);
        if length == 9 {
            return Ok((value << 8 | u64::from(byte), end));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Ok((value, end));
        }
    }
    bail!("a page ends early")
}

fn u16_at(content: &[u8], at: usize) -> Result<u16> {
    let bytes = content.get(at..).and_then(<[u8]>::first_chunk);
    Ok(u16::from_be_bytes(*bytes.context("a page ends early")?))
}

fn u32_at(content: &[u8], at: usize) -> Result<u32> {
    let bytes = content.get(at..).and_then(<[u8]>::first_chunk);
    Ok(u32::from_be_bytes(*bytes.context("a page ends early")?))
}

/// Reads a pack from its place in a file.
///
/// # Errors
/// If the bytes are not there.
pub fn read(mut file: impl Read + Seek, place: &PackPlace) -> Result<snapshot::EncodedPack> {
    let mut pieces = HashMap::new();
    for range in place.ranges(PAGE_SIZE) {
        file.seek(SeekFrom::Start(range.at))?;
        let mut piece = vec![0; usize::try_from(range.bytes)?];
        file.read_exact(&mut piece)?;
        pieces.insert(range.at, piece);
    }
    Ok(place.gather(PAGE_SIZE, |range| pieces.get(&range.at).map(Vec::as_slice))?)
}
