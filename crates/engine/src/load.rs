//! Reads a snapshot's packs into columns, after making sure that the file is the one expected.

use std::collections::{BTreeSet, VecDeque};
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::Poll;

use snapshot::cubes::{CubeData, Layer, Shape};
use snapshot::tables::{
    CUSTOMER_360, PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PURCHASES,
    PURCHASE_TRANSACTIONS,
};
use snapshot::{
    ContactColumns, CustomerColumns, EncodedPack, FeedbackColumns, Meta, PurchaseColumns,
};

use crate::error::EngineError;
use crate::packs::{PackEntry, PackStore, SqlPacks};
use crate::{Answer, Engine};

const COLUMN_PACKS: [&str; 4] = [PACK_CONTACTS, PACK_CUSTOMERS, PACK_FEEDBACK, PACK_PURCHASES];

/// Unpacked bytes that are read at once.
const BATCH_BYTES: u64 = 2_000_000;

/// Batches asked for while one is unpacked, so that neither the line nor this program waits.
const AHEAD: usize = 3;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Progress {
    /// Unpacked so far.
    pub loaded: u64,
    /// In all.
    pub total: u64,
}

/// Reads all columns by SQL; `progress` is called once before the first block and after each.
///
/// # Errors
/// [`EngineError::OtherSnapshot`] or [`EngineError::Version`] if the file is not the one that
/// `meta` describes, [`EngineError::Damaged`] if a pack is not what was written, and whatever
/// the engine answers.
pub async fn load_columns(
    engine: &dyn Engine,
    meta: &Meta,
    progress: impl FnMut(Progress),
) -> Result<Columns, EngineError> {
    read_columns(&SqlPacks { engine, meta }, meta, progress).await
}

/// Reads all columns from a store, as [`load_columns`] does.
///
/// # Errors
/// As [`load_columns`].
pub async fn read_columns(
    store: &dyn PackStore,
    meta: &Meta,
    mut progress: impl FnMut(Progress),
) -> Result<Columns, EngineError> {
    let mut entries = store.list().await?;
    entries.retain(|entry| COLUMN_PACKS.contains(&entry.name.as_str()));
    let mut state = Progress { loaded: 0, total: total(&entries) };
    progress(state);
    let mut columns = Columns::default();
    columns.reserve(meta, &entries);
    each_pack(store, &entries, batch, |entry, pack| {
        columns.append(entry, &pack)?;
        columns.stay_within(meta)?;
        state.loaded = state.loaded.saturating_add(entry.raw_bytes);
        progress(state);
        Ok(())
    })
    .await?;
    columns.check(meta)?;
    Ok(columns)
}

/// Hands over packs in the order of their entries. They are read in batches, some of them ahead;
/// `batch` says how many entries to read at once.
pub(crate) async fn each_pack(
    store: &dyn PackStore,
    entries: &[PackEntry],
    batch: fn(&[PackEntry]) -> usize,
    mut take: impl FnMut(&PackEntry, EncodedPack) -> Result<(), EngineError>,
) -> Result<(), EngineError> {
    let (mut left, mut coming) = (entries, VecDeque::new());
    while !(left.is_empty() && coming.is_empty()) {
        while coming.len() <= AHEAD && !left.is_empty() {
            let (batch, later) = left.split_at(batch(left));
            coming.push_back(Coming { batch, answer: store.read(batch), read: None });
            left = later;
        }
        let Some((batch, packs)) = first_of(&mut coming).await else { break };
        for (entry, pack) in batch.iter().zip(packs?) {
            take(entry, pack)?;
        }
    }
    Ok(())
}

/// Packs that are being read.
struct Coming<'a> {
    batch: &'a [PackEntry],
    answer: Answer<'a, Vec<EncodedPack>>,
    read: Option<Packs>,
}

type Packs = Result<Vec<EncodedPack>, EngineError>;

/// Waits for the first of some batches; the others are begun, and go on meanwhile. (`buffered` of
/// `futures` begins no further one as long as the next in order has come already.)
async fn first_of<'a>(coming: &mut VecDeque<Coming<'a>>) -> Option<(&'a [PackEntry], Packs)> {
    poll_fn(|context| {
        for next in coming.iter_mut().filter(|next| next.read.is_none()) {
            if let Poll::Ready(read) = next.answer.as_mut().poll(context) {
                next.read = Some(read);
            }
        }
        let Some(first) = coming.front_mut() else { return Poll::Ready(None) };
        let Some(read) = first.read.take() else { return Poll::Pending };
        let batch = first.batch;
        coming.pop_front();
        Poll::Ready(Some((batch, read)))
    })
    .await
}

/// How many entries to read at once: one at least, more while they are small.
fn batch(entries: &[PackEntry]) -> usize {
    let mut bytes = 0_u64;
    let fits = |entry: &&PackEntry| {
        bytes = bytes.saturating_add(entry.raw_bytes);
        bytes <= BATCH_BYTES
    };
    entries.iter().take_while(fits).count().max(1)
}

/// Length of all columns as they are packed, in bytes: what [`read_columns`] will fetch.
pub(crate) fn packed_column_bytes(entries: &[PackEntry]) -> u64 {
    let columns = entries.iter().filter(|entry| COLUMN_PACKS.contains(&entry.name.as_str()));
    columns.fold(0, |all: u64, entry| all.saturating_add(entry.bytes))
}

/// Length of all columns before they are packed, in bytes: what [`read_columns`] will read.
///
/// # Errors
/// Whatever the store answers.
pub async fn column_bytes(store: &dyn PackStore) -> Result<u64, EngineError> {
    let mut entries = store.list().await?;
    entries.retain(|entry| COLUMN_PACKS.contains(&entry.name.as_str()));
    Ok(total(&entries))
}

fn total(entries: &[PackEntry]) -> u64 {
    entries.iter().fold(0, |all: u64, entry| all.saturating_add(entry.raw_bytes))
}

/// Reads some layers of the cubes, all at once.
///
/// # Errors
/// As [`read_columns`]; [`EngineError::Damaged`] names a pack that is missing, without which its
/// layer would be asked for again and again, or that is there twice.
pub async fn read_cubes(
    store: &dyn PackStore,
    meta: &Meta,
    layers: &BTreeSet<Layer>,
) -> Result<CubeData, EngineError> {
    let mut entries = store.list().await?;
    entries.retain(|entry| {
        Layer::of(&entry.name, entry.block).is_some_and(|layer| layers.contains(&layer))
    });
    let (shape, mut cubes) = (Shape::of(meta), CubeData::default());
    check_whole(&entries, layers, shape)?;
    for (entry, pack) in entries.iter().zip(store.read(&entries).await?) {
        let taken = cubes.take(shape, &entry.name, entry.block, &pack);
        taken.map_err(|error| entry.failed(error))?;
    }
    Ok(cubes)
}

/// Demands every pack of some layers, each once.
fn check_whole(
    entries: &[PackEntry],
    layers: &BTreeSet<Layer>,
    shape: Shape,
) -> Result<(), EngineError> {
    let mut there = BTreeSet::new();
    for PackEntry { name, block, .. } in entries {
        if !there.insert((name.as_str(), *block)) {
            return Err(EngineError::Damaged(format!("pack {name} {block} is there twice")));
        }
    }
    for layer in layers {
        let lacks = |what: String| Err(EngineError::Damaged(format!("{what} is missing")));
        if layer.packs(shape).next().is_none() {
            return lacks(format!("layer {layer}"));
        }
        if let Some((name, block)) = layer.packs(shape).find(|pack| !there.contains(pack)) {
            return lacks(format!("pack {name} {block}"));
        }
    }
    Ok(())
}

impl Columns {
    /// Row counts and a hash of every value, the same on every platform; tells two loads apart.
    pub fn fingerprint(&self) -> String {
        let mut hash = DefaultHasher::new();
        format!("{self:?}").hash(&mut hash);
        let (customers, purchases) = (self.customers.len(), self.purchases.len());
        format!("{customers} customers, {purchases} purchases, {:016x}", hash.finish())
    }

    /// Makes room for the rows that a snapshot has, as far as its packs say so, too.
    fn reserve(&mut self, meta: &Meta, entries: &[PackEntry]) {
        let rows = |table: &str, name: &str| {
            let packs = entries.iter().filter(|entry| entry.name == name);
            let packed = packs.fold(0, |all: u64, entry| all.saturating_add(entry.rows.into()));
            let rows = meta.rows.get(table).copied().unwrap_or(0).min(packed);
            usize::try_from(rows).unwrap_or(0)
        };
        self.customers.reserve(rows(CUSTOMER_360, PACK_CUSTOMERS));
        self.purchases.reserve(rows(PURCHASE_TRANSACTIONS, PACK_PURCHASES));
    }

    fn append(&mut self, entry: &PackEntry, pack: &EncodedPack) -> Result<(), EngineError> {
        let appended = match entry.name.as_str() {
            PACK_CUSTOMERS => self.customers.append(pack),
            PACK_PURCHASES => self.purchases.append(pack),
            PACK_FEEDBACK => FeedbackColumns::decode(pack).map(|read| self.feedback = Some(read)),
            PACK_CONTACTS => ContactColumns::decode(pack).map(|read| self.contacts = Some(read)),
            _ => Ok(()),
        };
        appended.map_err(|error| entry.failed(error))
    }

    /// Packs that go on and on are given up, not read to their end.
    fn stay_within(&self, meta: &Meta) -> Result<(), EngineError> {
        let rows = |table: &str| meta.rows.get(table).copied().unwrap_or(0);
        if self.customers.len() as u64 > rows(CUSTOMER_360)
            || self.purchases.len() as u64 > rows(PURCHASE_TRANSACTIONS)
        {
            let why = "its packs have more rows than meta.rows says";
            return Err(EngineError::Damaged(why.to_owned()));
        }
        Ok(())
    }

    /// A missing block would otherwise only show as numbers that are too small.
    fn check(&self, meta: &Meta) -> Result<(), EngineError> {
        let missing =
            |what: &str| Err(EngineError::Damaged(format!("a pack of {what} is missing")));
        let rows = |table: &str| meta.rows.get(table).copied();
        if rows(CUSTOMER_360) != Some(self.customers.len() as u64) {
            return missing(PACK_CUSTOMERS);
        }
        if rows(PURCHASE_TRANSACTIONS) != Some(self.purchases.len() as u64) {
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

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use snapshot::cubes::{CubeId, Grain, Place};

    use super::*;

    fn coming(after_polls: u32, rows: u32) -> Coming<'static> {
        let mut left = after_polls;
        let pack = EncodedPack { rows, raw_bytes: 0, crc32: 0, data: Vec::new() };
        let answer = poll_fn(move |_| match left.checked_sub(1) {
            None => Poll::Ready(Ok(vec![pack.clone()])),
            Some(less) => {
                left = less;
                Poll::Pending
            }
        });
        Coming { batch: &[], answer: Box::pin(answer), read: None }
    }

    #[test]
    fn a_layer_is_read_whole_or_named() {
        let shape = Shape {
            segments: 1,
            risks: 1,
            categories: 2,
            rfm_segments: 1,
            months: 1,
            days: 1,
            aspects: 0,
            grain: Grain::Coarse,
            pairs: false,
        };
        let layers = [CubeId::MonthSales, CubeId::DaySales, CubeId::Pool]
            .map(|cube| Place::of(cube).layer());
        let layers = BTreeSet::from(layers);
        let entry = |(name, block): (&str, u32)| PackEntry {
            name: name.to_owned(),
            block,
            raw_bytes: 0,
            rows: 0,
            bytes: 0,
        };
        let packs = layers.iter().flat_map(|layer| layer.packs(shape));
        let entries: Vec<PackEntry> = packs.map(entry).collect();
        assert_eq!(entries.len(), 12);
        assert_eq!(check_whole(&entries, &layers, shape), Ok(()));
        for at in 0..entries.len() {
            let mut some = entries.clone();
            let PackEntry { name, block, .. } = some.remove(at);
            let error = check_whole(&some, &layers, shape).unwrap_err().to_string();
            assert!(error.contains(&format!("pack {name} {block} is missing")), "{error}");
            let mut twice = entries.clone();
            twice.push(entries[at].clone());
            let error = check_whole(&twice, &layers, shape).unwrap_err().to_string();
            assert!(error.contains(&format!("pack {name} {block} is there twice")), "{error}");
        }
    }

    #[test]
    fn batches_come_in_order_whichever_is_read_first() {
        let mut queue = VecDeque::from([coming(2, 7), coming(0, 8), coming(1, 9)]);
        let mut context = Context::from_waker(Waker::noop());
        let mut rows = Vec::new();
        let mut polls = 0;
        while !queue.is_empty() {
            polls += 1;
            let mut first = Box::pin(first_of(&mut queue));
            if let Poll::Ready(Some((_, packs))) = first.as_mut().poll(&mut context) {
                rows.extend(packs.unwrap().iter().map(|pack| pack.rows));
            }
        }
        // All are read while the first is waited for.
        assert_eq!((rows, polls), (vec![7, 8, 9], 5));
    }
}
