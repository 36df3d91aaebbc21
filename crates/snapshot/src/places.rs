//! Where packs lie in the file, so that they can be read by byte ranges without a SQL engine.
//!
//! SQLite keeps a long value in pieces: its head in the leaf page of its row, the rest in
//! overflow pages, each with the number of the next in its first four bytes. The builder writes
//! a new file from front to back, so the overflow pages of a value follow one another, but for
//! the one page in a file that SQLite never uses.

use serde::{Deserialize, Serialize};

use crate::pack::{EncodedPack, PackError};

/// Bytes at the start of an overflow page that are not the value's.
const LINK_BYTES: u64 = 4;

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
        self.at + self.bytes
    }
}

impl PackPlace {
    /// The ranges that must be read, in the order of the pack's bytes.
    pub fn ranges(&self, page_size: u32) -> Vec<ByteRange> {
        let page = u64::from(page_size);
        let mut left = self.bytes.saturating_sub(self.head.1);
        let mut ranges = vec![ByteRange { at: self.head.0, bytes: self.head.1 }];
        for &(first, count) in &self.runs {
            let room = u64::from(count) * (page - LINK_BYTES);
            let taken = left.min(room);
            let pages = taken.div_ceil(page - LINK_BYTES);
            let at = u64::from(first).saturating_sub(1) * page;
            ranges.push(ByteRange { at, bytes: taken + pages * LINK_BYTES });
            left -= taken;
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
        let mut data = Vec::with_capacity(usize::try_from(self.bytes).unwrap_or(0));
        for (at, range) in self.ranges(page_size).into_iter().enumerate() {
            let bytes = read(range).ok_or(missing.clone())?;
            if at == 0 {
                data.extend_from_slice(bytes);
                continue;
            }
            for page in bytes.chunks(page_size as usize) {
                data.extend_from_slice(page.get(LINK_BYTES as usize..).unwrap_or_default());
            }
        }
        if data.len() as u64 != self.bytes {
            return Err(missing);
        }
        let Self { rows, raw_bytes, crc32, .. } = *self;
        Ok(EncodedPack { rows, raw_bytes, crc32, data })
    }
}

/// Ranges that hold all of these, those close to each other as one.
pub fn together(mut ranges: Vec<ByteRange>, gap: u64) -> Vec<ByteRange> {
    ranges.sort_unstable();
    let mut merged: Vec<ByteRange> = Vec::new();
    for range in ranges.into_iter().filter(|range| range.bytes > 0) {
        match merged.last_mut() {
            Some(last) if range.at <= last.end() + gap => {
                last.bytes = range.end().max(last.end()) - last.at;
            }
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

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
