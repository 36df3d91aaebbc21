//! Feedback and contacts in sparse cells, of which a cube of any kind can be made.

use super::sparse::SparseColumn;
use crate::pack::{EncodedPack, PackError, PackReader, PackWriter};

/// How many rows of each kind lie in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SparseVoices {
    /// Scores of 1, 2, 3, 4 and 5.
    pub scores: [SparseColumn; 5],
    /// Campaign contacts.
    pub contacts: SparseColumn,
    /// Contacts that were answered.
    pub responses: SparseColumn,
}

impl SparseVoices {
    /// The columns: scores of 1 to 5, contacts, responses.
    pub fn columns(&self) -> impl Iterator<Item = &SparseColumn> {
        self.scores.iter().chain([&self.contacts, &self.responses])
    }

    /// The same, to be filled.
    pub fn columns_mut(&mut self) -> impl Iterator<Item = &mut SparseColumn> {
        self.scores.iter_mut().chain([&mut self.contacts, &mut self.responses])
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> u64 {
        self.columns().map(SparseColumn::bytes).sum()
    }

    /// Encodes all cells.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self) -> Result<EncodedPack, PackError> {
        let mut pack = PackWriter::default();
        for column in self.columns() {
            column.write(&mut pack);
        }
        pack.finish()
    }

    /// Reads a pack whose cells must be below a number.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn decode(pack: &EncodedPack, below: u64) -> Result<Self, PackError> {
        let (mut reader, mut read) = (PackReader::open(pack)?, Self::default());
        for column in read.columns_mut() {
            *column = SparseColumn::read(&mut reader, below)?;
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_round_trip_and_have_a_shape() {
        let mut voices = SparseVoices::default();
        voices.scores[4].push(95, 7);
        voices.responses.push(0, 1);
        let pack = voices.encode().unwrap();
        assert_eq!(SparseVoices::decode(&pack, 96), Ok(voices));
        assert!(SparseVoices::decode(&pack, 95).is_err());
    }
}
