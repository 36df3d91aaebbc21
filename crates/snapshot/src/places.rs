//! Where packs lie in the file, so that they can be read by byte ranges without a SQL engine.
//!
//! SQLite keeps a long value in pieces: its head in the leaf page of its row, the rest in
//! overflow pages, each with the number of the next in its first four bytes. The builder writes
//! a new file from front to back, so the overflow pages of a value follow one another, but for
//! the one page in a file that SQLite never uses.

use serde::{Deserialize, Serialize};

use crate::bounds::{MOST_PACK_BYTES, MOST_ROWS, OutOfBounds, text, within};
use crate::manifest::SnapshotFile;
use crate::pack::{EncodedPack, MOST_FOR_ONE, PackError, make_room};

/// Bytes at the start of an overflow page that are not the value's.
const LINK: usize = 4;
const LINK_BYTES: u64 = LINK as u64;

/// Where a pack lies. Written as a list, because a manifest has many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub struct PackPlace {
    /// Name of the pack.
    pub name: String,
    /// Number of the block.
    pub block: u32,
    /// [`EncodedPack::rows`].
    pub rows: u32,
    /// [`EncodedPack::raw_bytes`].
    pub raw_bytes: u32,
    /// [`EncodedPack::crc32`].
    pub crc32: u32,
    /// Length of [`EncodedPack::data`].
    pub bytes: u64,
    /// The head: where in the file, and how many bytes.
    pub head: (u64, u64),
    /// The overflow pages: first page (counted from 1) and how many follow one another.
    pub runs: Vec<(u32, u32)>,
}

type Row = (String, u32, u32, u32, u32, u64, (u64, u64), Vec<(u32, u32)>);

impl From<Row> for PackPlace {
    fn from((name, block, rows, raw_bytes, crc32, bytes, head, runs): Row) -> Self {
        Self { name, block, rows, raw_bytes, crc32, bytes, head, runs }
    }
}

impl From<PackPlace> for Row {
    fn from(place: PackPlace) -> Self {
        let PackPlace { name, block, rows, raw_bytes, crc32, bytes, head, runs } = place;
        (name, block, rows, raw_bytes, crc32, bytes, head, runs)
    }
}

/// Bytes of a file: where they begin, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteRange {
    /// Offset of the first byte.
    pub at: u64,
    /// Number of bytes.
    pub bytes: u64,
}

impl ByteRange {
    /// One past the last byte.
    pub fn end(self) -> u64 {
        self.at.saturating_add(self.bytes)
    }
}

/// Where bytes of a file lie in one of its chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChunkPart {
    /// Number of the chunk.
    pub number: u64,
    /// Length of the chunk.
    pub length: u64,
    /// The bytes, counted within the chunk.
    pub inside: ByteRange,
}

/// The parts of chunks that make up a range of a file of so many bytes.
pub fn chunk_parts(
    range: ByteRange,
    chunk_bytes: u64,
    file_bytes: u64,
) -> impl Iterator<Item = ChunkPart> {
    let (chunk_bytes, end) = (chunk_bytes.max(1), range.end().min(file_bytes));
    let chunks = if range.at < end {
        range.at.div_euclid(chunk_bytes)..end.div_ceil(chunk_bytes)
    } else {
        0..0
    };
    chunks.map(move |number| {
        // A chunk begins within the file, so that none of this leaves it.
        let start = number.saturating_mul(chunk_bytes);
        let length = chunk_bytes.min(file_bytes.saturating_sub(start));
        let from = range.at.saturating_sub(start);
        let to = end.saturating_sub(start).min(length);
        ChunkPart { number, length, inside: ByteRange { at: from, bytes: to.saturating_sub(from) } }
    })
}

impl PackPlace {
    /// Looks at every number: the pack lies within the file, all of it is there, and it does not
    /// claim to unpack to more than it can.
    ///
    /// # Errors
    /// [`OutOfBounds`] names the pack and the number.
    pub fn check(&self, file: &SnapshotFile) -> Result<(), OutOfBounds> {
        text("the name of a pack", &self.name)?;
        let field = |name: &str| format!("{name} of pack {} {}", self.name, self.block);
        within(&field("rows"), self.rows.into(), 0..=MOST_ROWS.into())?;
        within(&field("bytes"), self.bytes, 0..=file.bytes)?;
        let most = self.bytes.saturating_mul(MOST_FOR_ONE).min(MOST_PACK_BYTES.into());
        within(&field("raw_bytes"), self.raw_bytes.into(), 0..=most)?;
        within(&field("head"), self.head.1, 0..=self.bytes)?;
        for &(first, count) in &self.runs {
            within(&field("page"), first.into(), 1..=file.bytes)?;
            within(&field("pages"), count.into(), 1..=file.bytes)?;
        }
        let mut held = self.head.1;
        for (at, range) in self.ranges(file.page_size).into_iter().enumerate() {
            within(&field("place"), range.end(), 0..=file.bytes)?;
            if at > 0 {
                let links = range.bytes.div_ceil(file.page_size.into()).saturating_mul(LINK_BYTES);
                held = held.saturating_add(range.bytes.saturating_sub(links));
            }
        }
        within(&field("bytes in place"), held, self.bytes..=self.bytes)
    }

    /// The ranges that must be read, in the order of the pack's bytes.
    pub fn ranges(&self, page_size: u32) -> Vec<ByteRange> {
        let page = u64::from(page_size);
        // Pages are larger than their links, which every manifest is looked at for.
        let content = page.saturating_sub(LINK_BYTES).max(1);
        let mut left = self.bytes.saturating_sub(self.head.1);
        let mut ranges = vec![ByteRange { at: self.head.0, bytes: self.head.1 }];
        for &(first, count) in &self.runs {
            let taken = left.min(content.saturating_mul(count.into()));
            let links = taken.div_ceil(content).saturating_mul(LINK_BYTES);
            let at = page.saturating_mul(u64::from(first).saturating_sub(1));
            ranges.push(ByteRange { at, bytes: taken.saturating_add(links) });
            left = left.saturating_sub(taken);
        }
        ranges
    }

    /// Puts the pack together; `read` gives the bytes of each of [`PackPlace::ranges`].
    ///
    /// # Errors
    /// [`PackError::Damaged`] if bytes are missing.
    pub fn gather<'a>(
        &self,
        page_size: u32,
        read: impl Fn(ByteRange) -> Option<&'a [u8]>,
    ) -> Result<EncodedPack, PackError> {
        let missing = PackError::Damaged("bytes of it are missing");
        let mut data = Vec::new();
        make_room(&mut data, usize::try_from(self.bytes).map_err(|_| PackError::NoRoom)?)?;
        for (at, range) in self.ranges(page_size).into_iter().enumerate() {
            if range.bytes == 0 {
                continue;
            }
            let bytes = read(range).ok_or(missing.clone())?;
            if at == 0 {
                data.extend_from_slice(bytes);
                continue;
            }
            for page in bytes.chunks((page_size as usize).max(1)) {
                data.extend_from_slice(
                    page.split_first_chunk::<LINK>()
                        .map(|(_, content)| content)
                        .unwrap_or_default(),
                );
            }
        }
        if data.len() as u64 != self.bytes {
            return Err(missing);
        }
        let Self { rows, raw_bytes, crc32, .. } = *self;
        Ok(EncodedPack { rows, raw_bytes, crc32, data })
    }
}

/// Looks at all places of a file, which together take no more bytes than it has.
///
/// # Errors
/// [`OutOfBounds`] names the pack and the number.
pub fn check(places: &[PackPlace], file: &SnapshotFile) -> Result<(), OutOfBounds> {
    places.iter().try_for_each(|place| place.check(file))?;
    let all = places.iter().fold(0_u64, |all, place| all.saturating_add(place.bytes));
    within("bytes of all packs", all, 0..=file.bytes)
}

/// Ranges that hold all of these, those close to each other as one.
pub fn together(mut ranges: Vec<ByteRange>, gap: u64) -> Vec<ByteRange> {
    ranges.sort_unstable();
    let mut merged: Vec<ByteRange> = Vec::new();
    for range in ranges.into_iter().filter(|range| range.bytes > 0) {
        match merged.last_mut() {
            Some(last) if range.at <= last.end().saturating_add(gap) => {
                last.bytes = range.end().max(last.end()).saturating_sub(last.at);
            }
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Publishing;

    fn place() -> PackPlace {
        PackPlace {
            name: "windows".to_owned(),
            block: 3,
            rows: 1,
            raw_bytes: 2,
            crc32: 3,
            bytes: 2 + 6 + 6 + 5,
            head: (10, 2),
            runs: vec![(4, 2), (9, 1)],
        }
    }

    #[test]
    fn a_pack_is_put_together_from_its_pieces() {
        // Pages of ten bytes: 4 and 5 follow one another, 9 is filled in part.
        let file: Vec<u8> = (0..100).collect();
        let place = place();
        let ranges = place.ranges(10);
        let range = |at, bytes| ByteRange { at, bytes };
        assert_eq!(ranges, [range(10, 2), range(30, 20), range(80, 9)]);
        let read = |range: ByteRange| file.get(range.at as usize..range.end() as usize);
        let pack = place.gather(10, read).unwrap();
        let expected = [10, 11].into_iter().chain(34..40).chain(44..50).chain(84..89);
        assert_eq!(pack.data, expected.collect::<Vec<u8>>());
        assert!(place.gather(10, |_| None).is_err());
        assert!(place.gather(10, |range| file.get(range.at as usize..range.at as usize)).is_err());
    }

    type Spoil = fn(&mut PackPlace);

    fn file() -> SnapshotFile {
        let publishing = Publishing::Single { path: String::new() };
        let (sha256, places) = (String::new(), None);
        SnapshotFile { publishing, bytes: 100, sha256, page_size: 10, places }
    }

    #[test]
    fn a_place_that_cannot_be_is_named() {
        let all = [place()];
        assert_eq!(check(&all, &file()), Ok(()));
        let spoiled: [(Spoil, &str); 8] = [
            (
                |place| place.head.0 = 3_000_000_000,
                "place of pack windows 3 is 3000000002, it must be 0 to 100",
            ),
            (|place| place.head.0 = u64::MAX, "place of pack windows 3 is"),
            (|place| place.runs[1].0 = 11, "place of pack windows 3 is"),
            (|place| place.runs[1].0 = 0, "page of pack windows 3 is 0"),
            (|place| place.runs[0].1 = u32::MAX, "pages of pack windows 3 is 4294967295"),
            (
                |place| place.bytes = 21,
                "bytes in place of pack windows 3 is 20, it must be 21 to 21",
            ),
            (|place| place.raw_bytes = 3_000_000_000, "raw_bytes of pack windows 3 is 3000000000"),
            (|place| place.rows = u32::MAX, "rows of pack windows 3 is"),
        ];
        for (spoil, words) in spoiled {
            let mut bad = place();
            spoil(&mut bad);
            let error = check(&[bad], &file()).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        let error = check(&vec![place(); 6], &file()).unwrap_err().to_string();
        assert_eq!(error, "bytes of all packs is 114, it must be 0 to 100");
    }

    #[test]
    fn a_range_is_cut_into_parts_of_chunks() {
        let range = |at, bytes| ByteRange { at, bytes };
        let parts = |at, bytes| {
            let parts = chunk_parts(range(at, bytes), 40, 100);
            parts.map(|part| (part.number, part.length, part.inside)).collect::<Vec<_>>()
        };
        assert_eq!(parts(10, 5), [(0, 40, range(10, 5))]);
        assert_eq!(
            parts(30, 70),
            [(0, 40, range(30, 10)), (1, 40, range(0, 40)), (2, 20, range(0, 20))]
        );
        assert_eq!(parts(90, u64::MAX), [(2, 20, range(10, 10))]);
        assert_eq!((parts(100, 5), parts(5, 0)), (vec![], vec![]));
    }

    #[test]
    fn a_place_is_written_as_a_list() {
        let text = serde_json::to_string(&place()).unwrap();
        assert_eq!(text, r#"["windows",3,1,2,3,19,[10,2],[[4,2],[9,1]]]"#);
        assert_eq!(serde_json::from_str::<PackPlace>(&text).unwrap(), place());
    }

    #[test]
    fn ranges_close_to_each_other_are_one() {
        let range = |at, bytes| ByteRange { at, bytes };
        let merged = together(vec![range(50, 5), range(0, 10), range(12, 3), range(13, 1)], 2);
        assert_eq!(merged, [range(0, 15), range(50, 5)]);
    }
}
