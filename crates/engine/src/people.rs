//! Names of many customers at once: which blocks of the pack of people to read, and in how few
//! requests.

use std::ops::Range;

use snapshot::Meta;
use snapshot::people::{self, BLOCK, Block, Names};
use snapshot::tables::{CUSTOMER_360, PACK_PEOPLE};

use crate::error::EngineError;
use crate::packs::{PackEntry, PackStore};

/// Packed bytes that are read at once; blocks that lie together come in one range.
const BATCH_BYTES: u64 = 1 << 20;

/// Blocks between two wanted ones that are read with them: to ask twice takes longer, and a long
/// list names the customers of nearly every block sooner or later.
const HOLE: u32 = 8;

/// The blocks of names that a snapshot has.
#[derive(Clone, Debug)]
pub struct PeopleIndex {
    /// By number of the block.
    entries: Vec<PackEntry>,
    customers: u32,
}

/// Blocks as far as they were read: each once, as it was unpacked.
#[derive(Clone, Debug, Default)]
pub struct PeopleRead(Vec<Option<Block>>);

impl PeopleIndex {
    /// Looks for the blocks of a snapshot; none of them is read.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] names a block that is missing, there twice, or of another number
    /// of customers than `meta` says; and whatever the store answers.
    pub async fn open(store: &dyn PackStore, meta: &Meta) -> Result<Self, EngineError> {
        let customers = meta.rows.get(CUSTOMER_360).copied().unwrap_or(0);
        let customers = u32::try_from(customers)
            .map_err(|_| EngineError::Damaged("it has too many customers".to_owned()))?;
        let mut entries = store.list().await?;
        entries.retain(|entry| entry.name == PACK_PEOPLE);
        let wrong = |block: u32, what: &str| {
            Err(EngineError::Damaged(format!("pack {PACK_PEOPLE} {block} {what}")))
        };
        // In the order of their numbers, as every store lists them.
        for (entry, block) in entries.iter().zip(0..) {
            match entry.block {
                found if found > block => return wrong(block, "is missing"),
                found if found < block => return wrong(found, "is there twice"),
                _ if entry.rows != people::rows_of(block, customers) || entry.rows == 0 => {
                    return wrong(block, "has another number of customers than meta.rows says");
                }
                _ => {}
            }
        }
        let found = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        if found < people::blocks(customers) {
            return wrong(found, "is missing");
        }
        Ok(Self { entries, customers })
    }

    /// The blocks in which some customers are, ascending; who is in no table is in none.
    pub fn blocks_of(&self, customers: &[u32]) -> Vec<u32> {
        let mut wanted = vec![false; self.entries.len()];
        for &customer in customers.iter().filter(|&&customer| customer < self.customers) {
            if let Some(wanted) = wanted.get_mut(people::block_of(customer) as usize) {
                *wanted = true;
            }
        }
        (0..).zip(wanted).filter(|&(_, wanted)| wanted).map(|(block, _)| block).collect()
    }

    /// Packed bytes of some blocks.
    pub fn bytes(&self, blocks: &[u32]) -> u64 {
        blocks.iter().fold(0, |all, &block| all.saturating_add(self.bytes_of(block)))
    }

    fn bytes_between(&self, first: u32, last: u32) -> u64 {
        (first..=last).fold(0, |all, block| all.saturating_add(self.bytes_of(block)))
    }

    fn bytes_of(&self, block: u32) -> u64 {
        self.entries.get(block as usize).map_or(0, |entry| entry.bytes)
    }

    /// What is to be read so that blocks, ascending, are known: each range by one call of
    /// [`PeopleIndex::read`], which may hold blocks that nobody asked for yet.
    pub fn batches(&self, wanted: &[u32], read: &PeopleRead) -> Vec<Range<u32>> {
        let mut batches: Vec<Range<u32>> = Vec::new();
        let mut bytes = 0_u64;
        for &block in wanted.iter().filter(|&&block| !read.has(block)) {
            let mut first = block;
            if let Some(last) = batches.last_mut()
                && block.saturating_sub(last.end) <= HOLE
                && (last.end..block).all(|between| !read.has(between))
            {
                // As far as there is room what lies between goes with the earlier one.
                first = last.end;
                while first <= block {
                    let more = bytes.saturating_add(self.bytes_of(first));
                    if more > BATCH_BYTES {
                        break;
                    }
                    (first, bytes) = (first.saturating_add(1), more);
                    last.end = first;
                }
                if first > block {
                    continue;
                }
            }
            bytes = self.bytes_between(first, block);
            if bytes > BATCH_BYTES {
                (first, bytes) = (block, self.bytes_of(block));
            }
            batches.push(first..block.saturating_add(1));
        }
        batches
    }

    /// Reads blocks that follow one another.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] names a block that is not what was written, and whatever the
    /// store answers.
    pub async fn read(
        &self,
        store: &dyn PackStore,
        blocks: Range<u32>,
    ) -> Result<Vec<(u32, Block)>, EngineError> {
        let entries = self.entries.get(blocks.start as usize..blocks.end as usize);
        let entries = entries.ok_or_else(|| EngineError::Damaged("a pack is missing".into()))?;
        let mut read = Vec::with_capacity(entries.len());
        for (entry, pack) in entries.iter().zip(store.read(entries).await?) {
            let block = Block::decode(&pack, entry.rows).map_err(|error| entry.failed(error))?;
            read.push((entry.block, block));
        }
        Ok(read)
    }
}

impl PeopleRead {
    /// Adds blocks that were read.
    pub fn add(&mut self, blocks: impl IntoIterator<Item = (u32, Block)>) {
        for (number, block) in blocks {
            let number = number as usize;
            if self.0.len() <= number {
                self.0.resize_with(number.saturating_add(1), || None);
            }
            if let Some(place) = self.0.get_mut(number) {
                *place = Some(block);
            }
        }
    }

    /// True if a block was read.
    pub fn has(&self, block: u32) -> bool {
        matches!(self.0.get(block as usize), Some(Some(_)))
    }

    /// Bytes that the blocks take.
    pub fn bytes(&self) -> usize {
        self.0.iter().flatten().fold(0, |all, block| block.bytes().saturating_add(all))
    }

    /// A customer, if the block was read.
    pub fn get(&self, customer: u32) -> Option<Names<'_>> {
        let block = self.0.get(people::block_of(customer) as usize)?.as_ref()?;
        block.get((customer % BLOCK) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(blocks: u32, bytes: u64) -> PeopleIndex {
        let entry = |block| PackEntry {
            name: PACK_PEOPLE.to_owned(),
            block,
            raw_bytes: 0,
            rows: BLOCK,
            bytes,
        };
        PeopleIndex { entries: (0..blocks).map(entry).collect(), customers: blocks * BLOCK }
    }

    fn read(blocks: impl IntoIterator<Item = u32>) -> PeopleRead {
        let mut read = PeopleRead::default();
        read.add(blocks.into_iter().map(|block| (block, Block::default())));
        read
    }

    /// First and last block of each batch.
    fn batches(index: &PeopleIndex, wanted: &[u32], known: &[u32]) -> Vec<(u32, u32)> {
        let batches = index.batches(wanted, &read(known.iter().copied())).into_iter();
        batches.map(|batch| (batch.start, batch.end - 1)).collect()
    }

    #[test]
    fn what_lies_together_is_read_at_once() {
        let index = index(400, 25_000);
        assert_eq!(batches(&index, &[], &[]), []);
        assert_eq!(batches(&index, &[3, 4, 5], &[]), [(3, 5)]);
        assert_eq!(batches(&index, &[3, 9, 18], &[]), [(3, 18)], "holes are read, too");
        assert_eq!(batches(&index, &[3, 30], &[]), [(3, 3), (30, 30)]);
        assert_eq!(batches(&index, &[3, 4, 5], &[4]), [(3, 3), (5, 5)], "what is known is not");
        assert_eq!(batches(&index, &[3, 6], &[5]), [(3, 3), (6, 6)]);
    }

    #[test]
    fn a_batch_takes_no_more_than_a_megabyte_and_every_block_is_in_one() {
        let index = index(400, 25_000);
        for wanted in [(0..400).collect::<Vec<u32>>(), (0..400).step_by(7).collect()] {
            let batches = batches(&index, &wanted, &[]);
            assert_eq!(batches.first().map(|first| first.0), Some(0));
            assert!(batches.windows(2).all(|pair| pair[0].1 < pair[1].0), "{batches:?}");
            assert!(batches.iter().all(|(first, last)| last - first < 41), "{batches:?}");
            assert!(
                wanted.iter().all(|block| batches
                    .iter()
                    .any(|(first, last)| (first..=last).contains(&block)))
            );
            assert!(batches.len() <= 11, "{batches:?}");
        }
        let large = super::tests::index(5, 3 << 20);
        assert_eq!(batches(&large, &[0, 1, 3], &[]).len(), 3, "one at least");
    }

    #[test]
    fn who_came_later_is_in_no_block() {
        let index = index(2, 10);
        let blocks = index.blocks_of(&[0, BLOCK, 5, 2 * BLOCK, u32::MAX]);
        assert_eq!(blocks, [0, 1]);
        assert_eq!(index.bytes(&blocks), 20);
        assert_eq!(read([1]).get(5), None);
    }
}
