//! Packs: integer columns as byte planes, deflated, with a checksum.
//!
//! A pack's raw bytes are `count` (varint) and then the columns one after another, each
//! `length` (varint), `step` (one byte: 0 values as they are, 1 differences to the value before),
//! `least` (zigzag varint), `width` (one byte, 0-8) and `width` planes of `length` bytes: plane k
//! holds byte k of `value - least`. High bytes repeat, so deflate comes close to the entropy.

use std::iter::once;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_slice_iter_to_slice;

use crate::bounds::{MOST_PACK_BYTES, MOST_ROWS, MOST_ROWS_ALIKE};
use crate::checksum::checksum;

/// Deflate effort; 9 is within a percent of 10 and much faster.
const DEFLATE_LEVEL: u8 = 8;

/// Deflate makes at most so many bytes of one.
pub(crate) const MOST_FOR_ONE: u64 = 1_032;

/// A pack as it lies in table `packs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedPack {
    /// Rows of its longest column.
    pub rows: u32,
    /// Length before compression, in bytes.
    pub raw_bytes: u32,
    /// CRC-32 (IEEE) of the raw bytes.
    pub crc32: u32,
    /// The raw bytes, deflated without a header.
    pub data: Vec<u8>,
}

/// Why a pack cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The compressed bytes are not what was written.
    #[error("a pack of this snapshot is damaged: {0}")]
    Damaged(&'static str),
    /// More than readers take.
    #[error("too many rows for one pack")]
    TooLarge,
    /// A pack that may be good, but does not fit into the memory there is.
    #[error("there is not enough memory to unpack this snapshot")]
    NoRoom,
}

/// Makes room for more; an error where a program would otherwise end.
pub(crate) fn make_room<T>(list: &mut Vec<T>, more: usize) -> Result<(), PackError> {
    list.try_reserve(more).map_err(|_| PackError::NoRoom)
}

/// Closes raw bytes of so many rows into a pack.
pub(crate) fn press(raw: &[u8], rows: u32) -> Result<EncodedPack, PackError> {
    let raw_bytes = u32::try_from(raw.len()).ok().filter(|&length| length <= MOST_PACK_BYTES);
    let raw_bytes = raw_bytes.ok_or(PackError::TooLarge)?;
    let (crc32, data) = (checksum(raw), compress_to_vec(raw, DEFLATE_LEVEL));
    Ok(EncodedPack { rows, raw_bytes, crc32, data })
}

/// The raw bytes of a pack, if they are those that were written.
pub(crate) fn unpack(pack: &EncodedPack) -> Result<Vec<u8>, PackError> {
    let broken = PackError::Damaged("it does not inflate");
    let length = pack.raw_bytes as usize;
    // Room is made once, and never more than such a pack can fill.
    if pack.raw_bytes > MOST_PACK_BYTES
        || u64::from(pack.raw_bytes) > (pack.data.len() as u64).saturating_mul(MOST_FOR_ONE)
    {
        return Err(broken);
    }
    let mut raw = Vec::new();
    make_room(&mut raw, length)?;
    raw.resize(length, 0);
    let written = decompress_slice_iter_to_slice(&mut raw, once(&pack.data[..]), false, true)
        .map_err(|_| broken)?;
    if written != length || checksum(&raw) != pack.crc32 {
        return Err(PackError::Damaged("its checksum is wrong"));
    }
    Ok(raw)
}

/// How a column's values are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// As they are.
    Plain,
    /// As the difference to the value before.
    Difference,
}

/// Collects columns and closes them into an [`EncodedPack`].
#[derive(Default)]
pub struct PackWriter {
    body: Vec<u8>,
    columns: u64,
    rows: usize,
}

impl PackWriter {
    /// Appends a column.
    pub fn column(&mut self, step: Step, values: impl IntoIterator<Item = i64>) -> &mut Self {
        let mut stored: Vec<i64> = values.into_iter().collect();
        if step == Step::Difference {
            let mut before = 0_i64;
            for value in &mut stored {
                (before, *value) = (*value, value.wrapping_sub(before));
            }
        }
        let least = stored.iter().copied().min().unwrap_or(0);
        let most = stored
            .iter()
            .map(|&value| value.wrapping_sub(least).cast_unsigned())
            .max()
            .unwrap_or(0);
        let bits = 64_u32.saturating_sub(most.leading_zeros());
        let width = u8::try_from(bits.div_ceil(8)).unwrap_or(8);
        put_varint(&mut self.body, stored.len() as u64);
        self.body.push(u8::from(step == Step::Difference));
        put_varint(&mut self.body, zigzag(least));
        self.body.push(width);
        for plane in 0..width {
            let byte = |&value: &i64| value.wrapping_sub(least).to_le_bytes()[usize::from(plane)];
            self.body.extend(stored.iter().map(byte));
        }
        self.columns = self.columns.saturating_add(1);
        self.rows = self.rows.max(stored.len());
        self
    }

    /// Compresses what was collected.
    ///
    /// # Errors
    /// [`PackError::TooLarge`] beyond [`MOST_PACK_BYTES`] or [`MOST_ROWS`].
    pub fn finish(&self) -> Result<EncodedPack, PackError> {
        let mut raw = Vec::with_capacity(self.body.len().saturating_add(2));
        put_varint(&mut raw, self.columns);
        raw.extend_from_slice(&self.body);
        let rows = u32::try_from(self.rows).ok().filter(|&rows| rows <= MOST_ROWS);
        press(&raw, rows.ok_or(PackError::TooLarge)?)
    }
}

/// Reads the columns of a pack in the order in which they were written.
pub struct PackReader {
    raw: Vec<u8>,
    at: usize,
    left: u64,
    /// Rows of the longest column.
    rows: usize,
}

impl PackReader {
    /// Inflates and checks a pack, which may have as many rows as it has bytes, and more where
    /// few rows are all alike.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the bytes are not those that were written.
    pub fn open(pack: &EncodedPack) -> Result<Self, PackError> {
        // A row has a byte, or is like all others.
        if pack.rows > pack.raw_bytes.max(MOST_ROWS_ALIKE) {
            return Err(PackError::Damaged("it has more rows than bytes"));
        }
        Self::inflate(pack)
    }

    /// As [`PackReader::open`], of a pack that must have a number of rows.
    ///
    /// # Errors
    /// As [`PackReader::open`].
    pub fn open_of(pack: &EncodedPack, rows: usize) -> Result<Self, PackError> {
        if pack.rows as usize != rows {
            return Err(PackError::Damaged("a cube of another shape"));
        }
        Self::inflate(pack)
    }

    fn inflate(pack: &EncodedPack) -> Result<Self, PackError> {
        let raw = unpack(pack)?;
        let mut reader = Self { raw, at: 0, left: 0, rows: pack.rows as usize };
        reader.left = reader.varint()?;
        Ok(reader)
    }

    /// The next column, each value converted, appended to `into`.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if there is none left or a value does not fit.
    pub fn column<T: TryFrom<i64> + Default>(
        &mut self,
        into: &mut Vec<T>,
    ) -> Result<(), PackError> {
        self.left = self.left.checked_sub(1).ok_or(PackError::Damaged("a column is missing"))?;
        let rows = usize::try_from(self.varint()?).unwrap_or(usize::MAX);
        let difference = self.byte()? != 0;
        let least = unzigzag(self.varint()?);
        let width = usize::from(self.byte()?);
        let size = rows.checked_mul(width).filter(|_| width <= 8);
        let end = size.and_then(|size| self.at.checked_add(size)).unwrap_or(usize::MAX);
        let planes = self.raw.get(self.at..end).ok_or(PackError::Damaged("a column is cut"))?;
        if rows > self.rows {
            return Err(PackError::Damaged("a column is longer than its pack says"));
        }
        make_room(into, rows)?;
        self.at = end;
        let stored = Stored { difference, least };
        let plane = |number: usize| {
            let start = number.saturating_mul(rows);
            &planes[start..start.saturating_add(rows)]
        };
        // Most columns are narrow, and millions of rows long.
        let fit = match width {
            0 => stored.append(std::iter::repeat_n(0, rows), into),
            1 => stored.append(plane(0).iter().map(|&low| low.into()), into),
            2 => {
                let pairs = plane(0).iter().zip(plane(1));
                stored.append(pairs.map(|(&a, &b)| u16::from_le_bytes([a, b]).into()), into)
            }
            3 => {
                let triples = plane(0).iter().zip(plane(1)).zip(plane(2));
                let whole = |((&a, &b), &c)| u32::from_le_bytes([a, b, c, 0]).into();
                stored.append(triples.map(whole), into)
            }
            _ => {
                #[expect(clippy::arithmetic_side_effects, reason = "within planes, see `size`")]
                let byte = |row, number| u64::from(planes[number * rows + row]) << (8 * number);
                let whole = |row| (0..width).fold(0, |sum, number| sum | byte(row, number));
                stored.append((0..rows).map(whole), into)
            }
        };
        if fit { Ok(()) } else { Err(PackError::Damaged("a value is too large")) }
    }

    /// True if there is another column.
    pub fn has_more(&self) -> bool {
        self.left > 0
    }

    fn byte(&mut self) -> Result<u8, PackError> {
        let byte = self.raw.get(self.at).copied().ok_or(PackError::Damaged("it ends early"))?;
        self.at = self.at.saturating_add(1);
        Ok(byte)
    }

    fn varint(&mut self) -> Result<u64, PackError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(PackError::Damaged("a number does not end"))
    }
}

/// How the values of a column were made the offsets in its planes.
struct Stored {
    difference: bool,
    least: i64,
}

impl Stored {
    /// Appends the values behind the offsets; false if one does not fit.
    fn append<T: TryFrom<i64> + Default>(
        &self,
        offsets: impl Iterator<Item = u64>,
        into: &mut Vec<T>,
    ) -> bool {
        let mut fit = true;
        let mut narrow = |value: i64| {
            // To look at the end whether all fitted keeps the loop free of exits.
            T::try_from(value).unwrap_or_else(|_| {
                fit = false;
                T::default()
            })
        };
        let values = offsets.map(|offset| self.least.wrapping_add(offset.cast_signed()));
        if self.difference {
            let mut before = 0_i64;
            into.extend(values.map(|value| {
                before = before.wrapping_add(value);
                narrow(before)
            }));
        } else {
            into.extend(values.map(narrow));
        }
        fit
    }
}

fn put_varint(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    into.push(value.to_le_bytes()[0]);
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ (value & 1).cast_signed().wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pack: &EncodedPack) -> Result<Vec<i64>, PackError> {
        let mut values = Vec::new();
        PackReader::open(pack)?.column(&mut values)?;
        Ok(values)
    }

    proptest! {
        #[test]
        fn columns_round_trip(values: Vec<i64>, small in proptest::collection::vec(-300i64..300, 0..500)) {
            for step in [Step::Plain, Step::Difference] {
                let pack = PackWriter::default()
                    .column(step, values.iter().copied())
                    .column(step, small.iter().copied())
                    .finish()
                    .unwrap();
                let mut reader = PackReader::open(&pack).unwrap();
                let (mut first, mut second) = (Vec::<i64>::new(), Vec::<i64>::new());
                reader.column(&mut first).unwrap();
                reader.column(&mut second).unwrap();
                prop_assert_eq!((&first, &second), (&values, &small));
                prop_assert!(reader.column(&mut first).is_err());
            }
        }

        #[test]
        fn damage_is_noticed(flip in 0usize..60, bit in 0u8..8) {
            let mut pack = PackWriter::default().column(Step::Plain, (0..900).map(|n| n * n)).finish().unwrap();
            let whole = read(&pack).unwrap();
            let at = flip * pack.data.len() / 60;
            pack.data[at] ^= 1 << bit;
            prop_assert!(read(&pack).map_or(true, |values| values == whole));
        }
    }

    #[test]
    fn constants_cost_nothing_and_bad_fits_are_errors() {
        let pack = PackWriter::default().column(Step::Plain, vec![7; 100_000]).finish().unwrap();
        assert!(pack.data.len() < 20, "{}", pack.data.len());
        let big = PackWriter::default().column(Step::Plain, [300]).finish().unwrap();
        assert!(PackReader::open(&big).unwrap().column(&mut Vec::<u8>::new()).is_err());
    }
}
