//! Where packs come from: any store that lists and reads them, SQL among them.

use snapshot::{EncodedPack, Meta, PackError};

use crate::error::EngineError;
use crate::same::check_meta;
use crate::{Answer, Engine, Query};

/// One pack in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackEntry {
    /// Name of the pack.
    pub name: String,
    /// Number of the block.
    pub block: u32,
    /// Length before it was packed, in bytes.
    pub raw_bytes: u64,
    /// Rows of its longest column.
    pub rows: u32,
    /// Length as it is packed, in bytes.
    pub bytes: u64,
}

impl PackEntry {
    /// What is wrong with the pack, named.
    pub(crate) fn failed(&self, error: PackError) -> EngineError {
        match error {
            PackError::Damaged(why) => {
                EngineError::Damaged(format!("pack {} {}: {why}", self.name, self.block))
            }
            other => other.into(),
        }
    }
}

/// A store of packs.
pub trait PackStore {
    /// All packs, by name and block, after making sure that the store is the one expected.
    fn list(&self) -> Answer<'_, Vec<PackEntry>>;

    /// Some packs, in the order asked for; a store may fetch those that lie together at once.
    fn read<'a>(&'a self, entries: &'a [PackEntry]) -> Answer<'a, Vec<EncodedPack>>;
}

/// The packs of a snapshot, read by SQL.
#[derive(Clone, Copy)]
pub struct SqlPacks<'a> {
    /// Who is asked.
    pub engine: &'a dyn Engine,
    /// What the file must say of itself.
    pub meta: &'a Meta,
}

impl PackStore for SqlPacks<'_> {
    fn list(&self) -> Answer<'_, Vec<PackEntry>> {
        Box::pin(async move {
            check_meta(self.engine, self.meta).await?;
            // In the order in which blocks must be appended, which is also how they lie.
            let sql = "SELECT name, block, raw_bytes, rows, length(data) AS bytes \
                       FROM packs ORDER BY name, block";
            let rows = self.engine.query(Query::new(sql)).await?;
            let mut entries = Vec::new();
            for row in rows.iter() {
                let name: &str = row.get("name")?;
                let (block, raw_bytes) = (row.get("block")?, row.get("raw_bytes")?);
                let (rows, bytes) = (row.get("rows")?, row.get("bytes")?);
                entries.push(PackEntry { name: name.to_owned(), block, raw_bytes, rows, bytes });
            }
            Ok(entries)
        })
    }

    fn read<'a>(&'a self, entries: &'a [PackEntry]) -> Answer<'a, Vec<EncodedPack>> {
        Box::pin(async move {
            let mut packs = Vec::with_capacity(entries.len());
            for entry in entries {
                packs.push(read_block(self.engine, entry).await?);
            }
            Ok(packs)
        })
    }
}

async fn read_block(engine: &dyn Engine, entry: &PackEntry) -> Result<EncodedPack, EngineError> {
    let sql = "SELECT rows, raw_bytes, crc32, data FROM packs WHERE name = ?1 AND block = ?2";
    let query = Query::new(sql).bind(entry.name.as_str()).bind(entry.block);
    let rows = engine.query(query).await?;
    let row = rows.first().ok_or_else(|| EngineError::Damaged("a pack is missing".into()))?;
    Ok(EncodedPack {
        rows: row.get("rows")?,
        raw_bytes: row.get("raw_bytes")?,
        crc32: row.get("crc32")?,
        data: row.get::<&[u8]>("data")?.to_vec(),
    })
}
