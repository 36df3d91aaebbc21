//! Who the customers are, in packs: for lists and files that name many of them at once.
//!
//! Table `customer_360` has the same for single customers. Block k holds the customers from
//! [`BLOCK`] x k on, in the order of `ord`, which is that of their strata, so that those of a
//! segment lie together. Its raw bytes are their texts, customer by customer: id, first name, last
//! name and e-mail address, each closed by a byte that no text has. What the source did not have
//! is empty.

use crate::bounds::MOST_PEOPLE_BYTES;
use crate::pack::{EncodedPack, PackError, make_room, press, unpack};

/// Customers of a block; the last one has what is left of them.
///
/// A block takes some 25 KB packed: about as much as a page of a table and the way to it, so that
/// even a few customers of a block are better read here.
pub const BLOCK: u32 = 2_048;

/// Closes a text; UTF-8 has no such byte.
const END: u8 = 0xff;

/// Texts of a customer.
const TEXTS: usize = 4;

/// Who a customer is; what is not known is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names<'a> {
    /// The id in the source.
    pub customer_id: &'a str,
    /// First name.
    pub first_name: &'a str,
    /// Last name.
    pub last_name: &'a str,
    /// E-mail address.
    pub email: &'a str,
}

/// The block of a customer.
pub fn block_of(customer: u32) -> u32 {
    customer / BLOCK
}

/// Blocks of so many customers.
pub fn blocks(customers: u32) -> u32 {
    customers.div_ceil(BLOCK)
}

/// Customers in a block, of so many in all.
pub fn rows_of(block: u32, customers: u32) -> u32 {
    customers.saturating_sub(block.saturating_mul(BLOCK)).min(BLOCK)
}

/// Collects the customers of a block.
#[derive(Debug, Default)]
pub struct Writer {
    raw: Vec<u8>,
    rows: u32,
}

impl Writer {
    /// Appends a customer.
    pub fn push(&mut self, names: Names<'_>) {
        let Names { customer_id, first_name, last_name, email } = names;
        for text in [customer_id, first_name, last_name, email] {
            self.raw.extend_from_slice(text.as_bytes());
            self.raw.push(END);
        }
        self.rows = self.rows.saturating_add(1);
    }

    /// Customers so far.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Compresses what was collected.
    ///
    /// # Errors
    /// [`PackError::TooLarge`] beyond [`BLOCK`] customers or [`MOST_PEOPLE_BYTES`].
    pub fn finish(&self) -> Result<EncodedPack, PackError> {
        if self.rows > BLOCK || self.raw.len() as u64 > MOST_PEOPLE_BYTES.into() {
            return Err(PackError::TooLarge);
        }
        press(&self.raw, self.rows)
    }
}

/// The customers of a block, as they were unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    raw: Vec<u8>,
    /// Where each customer begins.
    starts: Vec<u32>,
}

impl Block {
    /// Reads a block that must have a number of customers.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the bytes are not those that were written, or no customers.
    pub fn decode(pack: &EncodedPack, rows: u32) -> Result<Self, PackError> {
        if pack.rows != rows {
            return Err(PackError::Damaged("it has another number of customers"));
        }
        if pack.raw_bytes > MOST_PEOPLE_BYTES {
            return Err(PackError::Damaged("it has more bytes than names take"));
        }
        let raw = unpack(pack)?;
        let mut starts = Vec::new();
        make_room(&mut starts, rows as usize)?;
        let (mut start, mut texts) = (0_u32, 0_usize);
        // What follows the last end would be a text that nobody closed.
        for text in raw.split_inclusive(|&byte| byte == END) {
            let Some((&END, text)) = text.split_last() else {
                return Err(PackError::Damaged("a name is cut"));
            };
            if std::str::from_utf8(text).is_err() {
                return Err(PackError::Damaged("a name is no text"));
            }
            if texts.is_multiple_of(TEXTS) {
                if starts.len() == rows as usize {
                    return Err(PackError::Damaged("it has more names than customers"));
                }
                starts.push(start);
            }
            texts = texts.saturating_add(1);
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            start = start.saturating_add(length).saturating_add(1);
        }
        if texts != (rows as usize).saturating_mul(TEXTS) {
            return Err(PackError::Damaged("names are missing"));
        }
        Ok(Self { raw, starts })
    }

    /// Number of customers.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// True if it has none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.raw.len().saturating_add(self.starts.len().saturating_mul(size_of::<u32>()))
    }

    /// A customer of the block, by the number within it.
    pub fn get(&self, row: usize) -> Option<Names<'_>> {
        let start = usize::try_from(*self.starts.get(row)?).ok()?;
        let mut texts = self.raw.get(start..)?.splitn(TEXTS.saturating_add(1), |&it| it == END);
        let mut text = || std::str::from_utf8(texts.next()?).ok();
        let (customer_id, first_name) = (text()?, text()?);
        Some(Names { customer_id, first_name, last_name: text()?, email: text()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(texts: &[String; 4]) -> Names<'_> {
        let [customer_id, first_name, last_name, email] = texts.each_ref().map(String::as_str);
        Names { customer_id, first_name, last_name, email }
    }

    fn write(people: &[[String; 4]]) -> EncodedPack {
        let mut writer = Writer::default();
        people.iter().for_each(|person| writer.push(names(person)));
        assert_eq!(writer.rows() as usize, people.len());
        writer.finish().unwrap()
    }

    /// A pack of any bytes, with the right checksum.
    fn sealed(raw: &[u8], rows: u32) -> EncodedPack {
        press(raw, rows).unwrap()
    }

    fn refused(pack: &EncodedPack, rows: u32) -> String {
        Block::decode(pack, rows).unwrap_err().to_string()
    }

    proptest! {
        #[test]
        fn names_round_trip(people in proptest::collection::vec(any::<[String; 4]>(), 0..60)) {
            let block = Block::decode(&write(&people), people.len() as u32).unwrap();
            prop_assert_eq!((block.len(), block.is_empty()), (people.len(), people.is_empty()));
            for (row, person) in people.iter().enumerate() {
                prop_assert_eq!(block.get(row), Some(names(person)));
            }
            prop_assert_eq!(block.get(people.len()), None);
        }

        #[test]
        fn whatever_is_read_is_whole(raw in proptest::collection::vec(any::<u8>(), 0..200), rows in 0u32..9) {
            if let Ok(block) = Block::decode(&sealed(&raw, rows), rows) {
                prop_assert!((0..rows as usize).all(|row| block.get(row).is_some()));
            }
        }
    }

    #[test]
    fn what_is_no_block_of_names_is_named() {
        let pack = write(&[["C1", "Ann", "Ash", "a@x"].map(str::to_owned)]);
        assert!(refused(&pack, 2).contains("another number of customers"));
        assert!(refused(&sealed(b"C1\xffAnn\xff", 1), 1).contains("names are missing"));
        assert!(refused(&sealed(b"1\xff2\xff3\xff4\xff5\xff", 1), 1).contains("more names"));
        assert!(refused(&sealed(b"1\xff2\xff3\xff4", 1), 1).contains("a name is cut"));
        assert!(refused(&sealed(b"1\xff2\xff\xc3\xff4\xff", 1), 1).contains("no text"));
        let wide = EncodedPack { raw_bytes: MOST_PEOPLE_BYTES + 1, ..pack.clone() };
        assert!(refused(&wide, 1).contains("more bytes than names take"));
        let spoiled = EncodedPack { crc32: pack.crc32 ^ 1, ..pack };
        assert!(refused(&spoiled, 1).contains("checksum"));
    }

    #[test]
    fn nothing_larger_is_written_than_is_read() {
        let mut writer = Writer::default();
        (0..BLOCK).for_each(|_| writer.push(Names::default()));
        assert!(Block::decode(&writer.finish().unwrap(), BLOCK).is_ok());
        writer.push(Names::default());
        assert_eq!(writer.finish().unwrap_err(), PackError::TooLarge);
        let mut writer = Writer::default();
        let long = "x".repeat(MOST_PEOPLE_BYTES as usize);
        writer.push(Names { customer_id: &long, ..Names::default() });
        assert_eq!(writer.finish().unwrap_err(), PackError::TooLarge);
    }

    #[test]
    fn blocks_hold_all_customers_once() {
        for customers in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, u32::MAX] {
            let first = (0..blocks(customers)).take(4).map(|block| rows_of(block, customers));
            assert!(first.clone().all(|rows| (1..=BLOCK).contains(&rows)));
            if customers < 4 * BLOCK {
                assert_eq!(first.sum::<u32>(), customers);
            }
            assert_eq!(rows_of(blocks(customers), customers), 0);
        }
        assert_eq!([0, BLOCK - 1, BLOCK].map(block_of), [0, 0, 1]);
    }
}
