//! Packs by their places in a file: what has to be read for some of them, and how they are put
//! together. Whoever can read ranges of bytes can read packs, without SQL.

use std::collections::HashMap;

use snapshot::places::{self, ByteRange, PackPlace, together};
use snapshot::{EncodedPack, OutOfBounds, SnapshotFile};

use crate::error::EngineError;
use crate::packs::PackEntry;

/// Bytes between two packs that are rather read in vain than asked for in another request.
const GAP: u64 = 32_768;

/// All packs of a file, by their places.
#[derive(Debug)]
pub struct Placed {
    places: Vec<PackPlace>,
    page_size: u32,
}

/// What has to be read for some packs.
#[derive(Debug)]
pub struct Plan<'a> {
    wanted: Vec<&'a PackPlace>,
    page_size: u32,
    /// The ranges, ascending and apart from each other.
    pub ranges: Vec<ByteRange>,
}

/// Bytes that were read, with where they lie.
#[derive(Debug)]
pub struct Piece {
    /// Offset of the first in the file.
    pub at: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Placed {
    /// Takes the places of a file, if they can be that.
    ///
    /// # Errors
    /// [`OutOfBounds`] names the pack and the number that cannot be.
    pub fn new(places: Vec<PackPlace>, file: &SnapshotFile) -> Result<Self, OutOfBounds> {
        places::check(&places, file)?;
        Ok(Self { places, page_size: file.page_size })
    }

    /// True if nothing is known of any pack.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// All packs, by name and block.
    pub fn entries(&self) -> Vec<PackEntry> {
        let entry = |place: &PackPlace| PackEntry {
            name: place.name.clone(),
            block: place.block,
            raw_bytes: place.raw_bytes.into(),
            rows: place.rows,
            bytes: place.bytes,
        };
        let mut entries: Vec<PackEntry> = self.places.iter().map(entry).collect();
        entries.sort_by(|a, b| (&a.name, a.block).cmp(&(&b.name, b.block)));
        entries
    }

    /// What has to be read for some packs.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] if one has no place.
    pub fn plan(&self, entries: &[PackEntry]) -> Result<Plan<'_>, EngineError> {
        let places: HashMap<(&str, u32), &PackPlace> =
            self.places.iter().map(|place| ((place.name.as_str(), place.block), place)).collect();
        let place = |entry: &PackEntry| places.get(&(entry.name.as_str(), entry.block)).copied();
        let missing = || EngineError::Damaged("a pack is missing".into());
        let wanted: Vec<&PackPlace> =
            entries.iter().map(place).collect::<Option<_>>().ok_or_else(missing)?;
        let page_size = self.page_size;
        let ranges = wanted.iter().flat_map(|place| place.ranges(page_size)).collect();
        Ok(Plan { wanted, page_size, ranges: together(ranges, GAP) })
    }
}

impl Plan<'_> {
    /// Puts the packs together from the pieces of all ranges, in their order.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] if bytes are missing.
    pub fn gather(&self, pieces: &[Piece]) -> Result<Vec<EncodedPack>, EngineError> {
        let part = |range: ByteRange| {
            let after = pieces.partition_point(|piece| piece.at <= range.at);
            pieces.get(after.checked_sub(1)?)?.part(range)
        };
        let gathered = self.wanted.iter().map(|place| place.gather(self.page_size, part));
        Ok(gathered.collect::<Result<_, _>>()?)
    }
}

impl Piece {
    fn part(&self, range: ByteRange) -> Option<&[u8]> {
        let from = usize::try_from(range.at.checked_sub(self.at)?).ok()?;
        self.bytes.get(from..from.checked_add(usize::try_from(range.bytes).ok()?)?)
    }
}
