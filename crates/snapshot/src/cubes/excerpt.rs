//! Some customers with their lines, so that they can be asked like all customers.

use crate::columns::{CustomerColumns, PurchaseColumns};
use crate::pack::{EncodedPack, PackError, PackReader, PackWriter, Step};

/// Some customers with their lines, by customer number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Number of each customer, ascending; none where nobody asks who they are.
    pub numbers: Vec<u32>,
    /// The customers.
    pub customers: CustomerColumns,
    /// Their lines, and those of guests where these belong to it.
    pub purchases: PurchaseColumns,
}

impl Excerpt {
    /// Encodes its parts, as many as there are packs: customers, lines and numbers.
    pub(super) fn encode(&self, packs: usize) -> Result<Vec<EncodedPack>, PackError> {
        let numbers = self.numbers.iter().map(|&number| i64::from(number));
        let numbers = PackWriter::default().column(Step::Difference, numbers).finish()?;
        let mut parts = vec![self.customers.encode()?, self.purchases.encode()?, numbers];
        parts.truncate(packs);
        Ok(parts)
    }

    /// Takes in one of its parts.
    pub(super) fn take(&mut self, part: usize, pack: &EncodedPack) -> Result<(), PackError> {
        match part {
            0 => self.customers.append(pack),
            1 => self.purchases.append(pack),
            _ => PackReader::open(pack)?.column(&mut self.numbers),
        }
    }
}
