//! Reads some slices of a snapshot's rows, and keeps them packed for the questions that follow.

use std::collections::BTreeMap;

use snapshot::slices::{Grid, PACK_LINES, PACKS, Slices, Wanted};
use snapshot::tables::CUSTOMER_360;
use snapshot::{EncodedPack, Meta};

use crate::error::EngineError;
use crate::load::{Progress, each_pack, packed_column_bytes};
use crate::packs::{PackEntry, PackStore};

/// Packed bytes that are kept beside those wanted now.
const KEPT_BYTES: usize = 32 << 20;

/// Packed bytes that are read at once, so that it can be told how far reading is.
const BATCH_BYTES: u64 = 6 << 20;

/// Of so many hundredths of the columns' bytes, slices are read rather than those.
const WORTH_PERCENT: u64 = 60;

/// What was read of a snapshot's slices.
#[derive(Debug, Default)]
pub struct SliceReader {
    kept: BTreeMap<(&'static str, u32), EncodedPack>,
}

impl SliceReader {
    /// True if a snapshot has slices.
    ///
    /// # Errors
    /// Whatever the store answers.
    pub async fn is_there(&self, store: &dyn PackStore) -> Result<bool, EngineError> {
        Ok(store.list().await?.iter().any(|entry| entry.name == PACK_LINES))
    }

    /// True if reading what is wanted is shorter than reading all columns. It never is where a
    /// snapshot has no slices.
    ///
    /// # Errors
    /// Whatever the store answers.
    pub async fn is_worth(
        &self,
        store: &dyn PackStore,
        wanted: &Wanted,
    ) -> Result<bool, EngineError> {
        let entries = store.list().await?;
        let columns = packed_column_bytes(&entries);
        let (mut bytes, mut there) = (0_u64, false);
        for entry in &entries {
            there |= entry.name == PACK_LINES;
            if name_of(entry).is_some_and(|name| {
                wanted.has(name, entry.block) && !self.kept.contains_key(&(name, entry.block))
            }) {
                bytes = bytes.saturating_add(entry.bytes);
            }
        }
        let most = columns.saturating_mul(WORTH_PERCENT).checked_div(100).unwrap_or(0);
        Ok(there && bytes <= most)
    }

    /// Reads what is wanted; `progress` is told of the bytes that are fetched for it.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] names a pack that is missing or not what was written, and whatever
    /// the store answers.
    pub async fn read(
        &mut self,
        store: &dyn PackStore,
        meta: &Meta,
        wanted: &Wanted,
        mut progress: impl FnMut(Progress),
    ) -> Result<Slices, EngineError> {
        let lacks = || EngineError::Damaged("a slice is missing".to_owned());
        let grid = Grid::of(meta).ok_or_else(lacks)?;
        let customers = meta.rows.get(CUSTOMER_360).copied().unwrap_or(0);
        let customers = usize::try_from(customers).map_err(|_| lacks())?;
        let mut entries = store.list().await?;
        entries.retain(|entry| name_of(entry).is_some_and(|name| wanted.has(name, entry.block)));
        let twice = entries.windows(2).any(|pair| match pair {
            [one, other] => (&one.name, one.block) == (&other.name, other.block),
            _ => false,
        });
        if twice || entries.len() != wanted.count(customers) {
            return Err(lacks());
        }
        let missing = entries.iter().filter(|entry| self.kept_of(entry).is_none());
        let missing: Vec<PackEntry> = missing.cloned().collect();
        self.make_room(wanted);
        let total = missing.iter().fold(0, |all: u64, entry| all.saturating_add(entry.bytes));
        let mut state = Progress { loaded: 0, total };
        progress(state);
        each_pack(store, &missing, batch, |entry, pack| {
            state.loaded = state.loaded.saturating_add(entry.bytes);
            progress(state);
            if let Some(name) = name_of(entry) {
                self.kept.insert((name, entry.block), pack);
            }
            Ok(())
        })
        .await?;
        let mut slices = Slices::default();
        for entry in &entries {
            let pack = self.kept_of(entry).ok_or_else(lacks)?;
            let taken = slices.take(grid, customers, &entry.name, entry.block, pack);
            if let Err(error) = taken {
                let error = entry.failed(error);
                // What is damaged is fetched anew by the next try.
                self.kept.clear();
                return Err(error);
            }
        }
        slices.close(customers)?;
        Ok(slices)
    }

    fn kept_of(&self, entry: &PackEntry) -> Option<&EncodedPack> {
        self.kept.get(&(name_of(entry)?, entry.block))
    }

    /// Gives up what is not wanted now, if it is much.
    fn make_room(&mut self, wanted: &Wanted) {
        let bytes =
            self.kept.values().fold(0, |all: usize, pack| all.saturating_add(pack.data.len()));
        if bytes > KEPT_BYTES {
            self.kept.retain(|&(name, block), _| wanted.has(name, block));
        }
    }
}

fn name_of(entry: &PackEntry) -> Option<&'static str> {
    PACKS.into_iter().find(|name| *name == entry.name)
}

/// How many entries to read at once: one at least, more while they are small.
fn batch(entries: &[PackEntry]) -> usize {
    let mut bytes = 0_u64;
    let fits = |entry: &&PackEntry| {
        bytes = bytes.saturating_add(entry.bytes);
        bytes <= BATCH_BYTES
    };
    entries.iter().take_while(fits).count().max(1)
}
