//! Reads a snapshot's packs into columns, after making sure that the file is the one expected.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Map, Value as Json};
use snapshot::cubes::{CubeData, Shape};
use snapshot::tables::{
    PACK_CENSUS, PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_LEADERS, PACK_MONTH_SALES,
    PACK_MONTH_VOICES, PACK_ODD, PACK_PURCHASES, PACK_WINDOWS,
};
use snapshot::{
    ContactColumns, CustomerColumns, EncodedPack, FORMAT_VERSION, FeedbackColumns, Meta,
    PurchaseColumns,
};

use crate::error::EngineError;
use crate::{Engine, Query};

const COLUMN_PACKS: [&str; 4] = [PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PURCHASES];

const CUBE_PACKS: [&str; 9] = [
    PACK_CENSUS,
    PACK_MONTH_SALES,
    PACK_MONTH_VOICES,
    PACK_WINDOWS,
    PACK_ODD[0],
    PACK_ODD[1],
    PACK_LEADERS[0],
    PACK_LEADERS[1],
    PACK_LEADERS[2],
];

/// The exact columns of a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// One row a customer.
    pub customers: CustomerColumns,
    /// One row a purchase line.
    pub purchases: PurchaseColumns,
    /// One row a satisfaction score, if the source had any.
    pub feedback: Option<FeedbackColumns>,
    /// One row a campaign contact, if the source had any.
    pub contacts: Option<ContactColumns>,
}

/// How far loading has come, in bytes of unpacked columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Unpacked so far.
    pub loaded: u64,
    /// In all.
    pub total: u64,
}

struct Block {
    name: String,
    number: i64,
    raw_bytes: u64,
}

/// Reads all packs; `progress` is called once before the first block and after each.
///
/// # Errors
/// [`EngineError::OtherSnapshot`] or [`EngineError::Version`] if the file is not the one that
/// `meta` describes, [`EngineError::Damaged`] if a pack is not what was written, and whatever
/// the engine answers.
pub async fn load_columns(
    engine: &dyn Engine,
    meta: &Meta,
    mut progress: impl FnMut(Progress),
) -> Result<Columns, EngineError> {
    check_meta(engine, meta).await?;
    let blocks = directory(engine, &COLUMN_PACKS).await?;
    let total = blocks.iter().map(|block| block.raw_bytes).sum();
    let mut state = Progress { loaded: 0, total };
    progress(state);
    let mut columns = Columns::default();
    for block in &blocks {
        let pack = read_block(engine, block).await?;
        columns.append(&block.name, &pack)?;
        state.loaded += block.raw_bytes;
        progress(state);
    }
    columns.check(meta)?;
    Ok(columns)
}

/// Length of all columns before they are packed, in bytes: what [`load_columns`] will read.
///
/// # Errors
/// Whatever the engine answers.
pub async fn column_bytes(engine: &dyn Engine) -> Result<u64, EngineError> {
    let blocks = directory(engine, &COLUMN_PACKS).await?;
    Ok(blocks.iter().map(|block| block.raw_bytes).sum())
}

/// Reads the cubes, those of days left out.
///
/// # Errors
/// As [`load_columns`].
pub async fn load_cubes(engine: &dyn Engine, meta: &Meta) -> Result<CubeData, EngineError> {
    check_meta(engine, meta).await?;
    let (shape, mut cubes) = (Shape::of(meta), CubeData::default());
    for block in directory(engine, &CUBE_PACKS).await? {
        cubes.take(shape, &block.name, &read_block(engine, &block).await?)?;
    }
    Ok(cubes)
}

/// Makes sure that the file carries exactly this description.
///
/// # Errors
/// [`EngineError::Version`] or [`EngineError::OtherSnapshot`] where it differs.
pub async fn check_meta(engine: &dyn Engine, meta: &Meta) -> Result<(), EngineError> {
    let stored = stored_meta(engine).await?;
    let number = stored.get("format_version").and_then(Json::as_u64);
    match number.and_then(|version| u32::try_from(version).ok()) {
        Some(FORMAT_VERSION) => {}
        Some(found) => return Err(EngineError::Version { found, readable: FORMAT_VERSION }),
        None => return Err(EngineError::Damaged("table meta has no format_version".into())),
    }
    let damaged = |error: serde_json::Error| EngineError::Damaged(format!("table meta: {error}"));
    let Json::Object(expected) = serde_json::to_value(meta).map_err(damaged)? else {
        return Err(EngineError::Damaged("the manifest has no description".into()));
    };
    let id = |of: &Map<String, Json>| {
        of.get("snapshot_id").and_then(Json::as_str).unwrap_or("?").to_owned()
    };
    match expected.iter().find(|(field, value)| stored.get(*field) != Some(value)) {
        None => Ok(()),
        Some((field, _)) => Err(EngineError::OtherSnapshot {
            expected: id(&expected),
            found: id(&stored),
            field: field.clone(),
        }),
    }
}

async fn stored_meta(engine: &dyn Engine) -> Result<Map<String, Json>, EngineError> {
    let rows = engine.query(Query::new("SELECT key, value FROM meta")).await?;
    let mut stored = Map::new();
    for row in rows.iter() {
        let (key, value) = (row.get::<&str>("key")?, row.get::<&str>("value")?);
        let value = serde_json::from_str(value)
            .map_err(|error| EngineError::Damaged(format!("{key} in table meta: {error}")))?;
        stored.insert(key.to_owned(), value);
    }
    Ok(stored)
}

async fn directory(engine: &dyn Engine, known: &[&str]) -> Result<Vec<Block>, EngineError> {
    // In the order in which blocks must be appended, which is also how they lie in the file.
    let sql = "SELECT name, block, raw_bytes FROM packs ORDER BY name, block";
    let rows = engine.query(Query::new(sql)).await?;
    let mut blocks = Vec::new();
    for row in rows.iter() {
        let name: &str = row.get("name")?;
        if known.contains(&name) {
            let (number, raw_bytes) = (row.get("block")?, row.get("raw_bytes")?);
            blocks.push(Block { name: name.to_owned(), number, raw_bytes });
        }
    }
    Ok(blocks)
}

async fn read_block(engine: &dyn Engine, block: &Block) -> Result<EncodedPack, EngineError> {
    let sql = "SELECT rows, raw_bytes, crc32, data FROM packs WHERE name = ?1 AND block = ?2";
    let query = Query::new(sql).bind(block.name.as_str()).bind(block.number);
    let rows = engine.query(query).await?;
    let row = rows.first().ok_or_else(|| EngineError::Damaged("a pack is missing".into()))?;
    Ok(EncodedPack {
        rows: row.get("rows")?,
        raw_bytes: row.get("raw_bytes")?,
        crc32: row.get("crc32")?,
        data: row.get::<&[u8]>("data")?.to_vec(),
    })
}

impl Columns {
    /// Row counts and a hash of every value, the same on every platform; tells two loads apart.
    pub fn fingerprint(&self) -> String {
        let mut hash = DefaultHasher::new();
        format!("{self:?}").hash(&mut hash);
        let (customers, purchases) = (self.customers.len(), self.purchases.len());
        format!("{customers} customers, {purchases} purchases, {:016x}", hash.finish())
    }

    fn append(&mut self, name: &str, pack: &EncodedPack) -> Result<(), EngineError> {
        match name {
            PACK_CUSTOMERS => self.customers.append(pack)?,
            PACK_PURCHASES => self.purchases.append(pack)?,
            PACK_FEEDBACK => self.feedback = Some(FeedbackColumns::decode(pack)?),
            PACK_CONTACTS => self.contacts = Some(ContactColumns::decode(pack)?),
            _ => {}
        }
        Ok(())
    }

    /// A missing block would otherwise only show as numbers that are too small.
    fn check(&self, meta: &Meta) -> Result<(), EngineError> {
        let missing =
            |what: &str| Err(EngineError::Damaged(format!("a pack of {what} is missing")));
        let rows = |table: &str| meta.rows.get(table).copied();
        if rows(snapshot::tables::CUSTOMER_360) != Some(self.customers.len() as u64) {
            return missing(PACK_CUSTOMERS);
        }
        if rows("purchase_transactions") != Some(self.purchases.len() as u64) {
            return missing(PACK_PURCHASES);
        }
        if meta.features.feedback != self.feedback.is_some() {
            return missing(PACK_FEEDBACK);
        }
        if meta.features.campaigns != self.contacts.is_some() {
            return missing(PACK_CONTACTS);
        }
        Ok(())
    }
}
