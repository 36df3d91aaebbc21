//! The checksum of packs and of files beside a snapshot, which gzip has, too: CRC-32.
//!
//! On machines it is another's, by their processors. That one brings its tables along, which a browser
//! would have to fetch, so that it makes them there.

#[cfg(not(target_arch = "wasm32"))]
pub use crc32fast::{Hasher as Checksum, hash as checksum};

#[cfg(target_arch = "wasm32")]
pub use made::{Checksum, checksum};

#[cfg(any(test, target_arch = "wasm32"))]
mod made {
    use std::sync::LazyLock;

    /// What a byte does to the sum, with so many bytes behind it as the table's number.
    type Tables = [[u32; 256]; 8];

    static TABLES: LazyLock<Tables> = LazyLock::new(tables);

    /// The polynomial, its lowest power in the highest bit.
    const POLYNOMIAL: u32 = 0xedb8_8320;

    fn tables() -> Tables {
        let mut tables = [[0; 256]; 8];
        for (byte, sum) in (0_u32..).zip(&mut tables[0]) {
            *sum = (0..8).fold(byte, |sum, _| (sum >> 1) ^ (POLYNOMIAL & (sum & 1).wrapping_neg()));
        }
        for behind in 1..8_usize {
            for byte in 0..256 {
                let before = tables[behind.wrapping_sub(1)][byte];
                tables[behind][byte] = (before >> 8) ^ tables[0][low(before)];
            }
        }
        tables
    }

    fn low(sum: u32) -> usize {
        usize::from(sum.to_le_bytes()[0])
    }

    /// The checksum of bytes that come in pieces.
    #[derive(Clone, Debug, Default)]
    pub struct Checksum(u32);

    impl Checksum {
        /// Of nothing yet.
        pub fn new() -> Self {
            Self::default()
        }

        /// Takes the next bytes.
        pub fn update(&mut self, bytes: &[u8]) {
            let tables = &*TABLES;
            let (eights, rest) = bytes.as_chunks::<8>();
            let sum = eights.iter().fold(!self.0, |sum, eight| {
                let [a, b, c, d] = sum.to_le_bytes();
                let begun = [eight[0] ^ a, eight[1] ^ b, eight[2] ^ c, eight[3] ^ d];
                let bytes = begun.iter().chain(&eight[4..]);
                bytes
                    .zip(tables.iter().rev())
                    .fold(0, |sum, (&byte, table)| sum ^ table[usize::from(byte)])
            });
            let sum = rest
                .iter()
                .fold(sum, |sum, &byte| (sum >> 8) ^ tables[0][low(sum ^ u32::from(byte))]);
            self.0 = !sum;
        }

        /// What it is.
        pub fn finalize(self) -> u32 {
            self.0
        }
    }

    /// The checksum of bytes.
    pub fn checksum(bytes: &[u8]) -> u32 {
        let mut sum = Checksum::new();
        sum.update(bytes);
        sum.finalize()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::made::{Checksum, checksum};

    proptest! {
        #[test]
        fn it_is_the_known_one_in_whatever_pieces(
            bytes in prop::collection::vec(any::<u8>(), 0..300),
            cut in 0_usize..300,
        ) {
            let (one, other) = bytes.split_at(cut.min(bytes.len()));
            let mut sum = Checksum::new();
            sum.update(one);
            sum.update(other);
            prop_assert_eq!(sum.finalize(), crc32fast::hash(&bytes));
            prop_assert_eq!(checksum(&bytes), crc32fast::hash(&bytes));
        }
    }
}
