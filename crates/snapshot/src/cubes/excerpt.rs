//! Some customers with their lines, so that they can be asked like all customers.

use super::packs::NamedPack;
use crate::columns::{CustomerColumns, PurchaseColumns};
use crate::pack::{EncodedPack, PackError, PackReader, PackWriter, Step};

/// Some customers with their lines, by customer number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Number of each customer, ascending.
    pub numbers: Vec<u32>,
    /// The customers.
    pub customers: CustomerColumns,
    /// Their lines.
    pub purchases: PurchaseColumns,
}

impl Excerpt {
    /// Encodes it under three names: of customers, lines and numbers.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn packs(&self, names: [&str; 3]) -> Result<[NamedPack; 3], PackError> {
        let numbers = self.numbers.iter().map(|&number| i64::from(number));
        let numbers = PackWriter::default().column(Step::Difference, numbers).finish()?;
        let named = |name: &str, pack| NamedPack { name: name.to_owned(), block: 0, pack };
        Ok([
            named(names[0], self.customers.encode()?),
            named(names[1], self.purchases.encode()?),
            named(names[2], numbers),
        ])
    }

    /// Takes in one of its packs.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn take(
        &mut self,
        names: [&str; 3],
        name: &str,
        pack: &EncodedPack,
    ) -> Result<(), PackError> {
        match names.iter().position(|&known| known == name) {
            Some(0) => self.customers.append(pack),
            Some(1) => self.purchases.append(pack),
            Some(2) => PackReader::open(pack)?.column(&mut self.numbers),
            _ => Ok(()),
        }
    }
}
