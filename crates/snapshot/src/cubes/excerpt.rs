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
    /// Their satisfaction; none where nobody asks for it, or where the snapshot was made before it
    /// was kept.
    pub scores: Option<ScoreSums>,
}

/// Satisfaction scores of all time, added up for each of some customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoreSums {
    /// Sum of a customer's scores of 1 to 5.
    pub sum: Vec<u32>,
    /// How many these are.
    pub count: Vec<u32>,
}

impl Excerpt {
    /// Encodes its parts, as many as there are packs: customers, lines and numbers.
    pub(super) fn encode(&self, packs: usize) -> Result<Vec<EncodedPack>, PackError> {
        let whole = |column: &[u32]| column.iter().map(|&value| value.into()).collect::<Vec<_>>();
        let mut numbers = PackWriter::default();
        numbers.column(Step::Difference, whole(&self.numbers));
        if let Some(scores) = &self.scores {
            let (sum, count) = (whole(&scores.sum), whole(&scores.count));
            numbers.column(Step::Plain, sum).column(Step::Plain, count);
        }
        let mut parts = vec![self.customers.encode()?, self.purchases.encode()?, numbers.finish()?];
        parts.truncate(packs);
        Ok(parts)
    }

    /// Takes in one of its parts.
    pub(super) fn take(&mut self, part: usize, pack: &EncodedPack) -> Result<(), PackError> {
        match part {
            0 => self.customers.append(pack),
            1 => self.purchases.append(pack),
            _ => self.take_numbers(pack),
        }
    }

    fn take_numbers(&mut self, pack: &EncodedPack) -> Result<(), PackError> {
        let mut reader = PackReader::open(pack)?;
        reader.column(&mut self.numbers)?;
        if reader.has_more() {
            let ScoreSums { sum, count } = self.scores.get_or_insert_default();
            reader.column(sum)?;
            reader.column(count)?;
            if sum.len() != self.numbers.len() || count.len() != self.numbers.len() {
                return Err(PackError::Damaged("its columns differ in length"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(excerpt: &Excerpt) -> Excerpt {
        let (mut read, packs) = (Excerpt::default(), excerpt.encode(3).unwrap());
        for (part, pack) in packs.iter().enumerate() {
            read.take(part, pack).unwrap();
        }
        read
    }

    #[test]
    fn scores_come_with_the_numbers_where_they_are_kept() {
        let plain = Excerpt { numbers: vec![3, 70_000], ..Default::default() };
        assert_eq!(read(&plain), plain);
        let scores = ScoreSums { sum: vec![9, 0], count: vec![2, 0] };
        let rated = Excerpt { scores: Some(scores), ..plain };
        assert_eq!(read(&rated), rated);
    }

    #[test]
    fn scores_of_fewer_customers_are_damage() {
        let scores = ScoreSums { sum: vec![9], count: vec![2] };
        let odd = Excerpt { numbers: vec![3, 4], scores: Some(scores), ..Default::default() };
        let packs = odd.encode(3).unwrap();
        assert!(Excerpt::default().take(2, &packs[2]).is_err());
    }
}
