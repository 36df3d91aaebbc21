//! Cubes by their places, to and from named packs.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::cube::Cube;
use super::excerpt::Excerpt;
use super::layer::Place;
use super::shape::Shape;
use super::spec::Form;
use crate::pack::{EncodedPack, PackError};

/// Cubes by their places; what is not loaded is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CubeData(pub BTreeMap<Place, Cube>);

/// A pack with its place in table `packs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPack {
    /// Name of the pack.
    pub name: &'static str,
    /// Number of the block.
    pub block: u32,
    /// The block.
    pub pack: EncodedPack,
}

impl Cube {
    /// The packs of a place, encoded.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn packs(&self, place: Place) -> Result<Vec<NamedPack>, PackError> {
        let (spec, block) = (place.cube.spec(), place.number());
        let packs = spec.packs.iter().zip(self.encode(spec)?);
        Ok(packs.map(|(name, pack)| NamedPack { name, block, pack }).collect())
    }
}

impl CubeData {
    /// Takes in one pack, with its block's number. Packs of other names are left.
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub fn take(
        &mut self,
        shape: Shape,
        name: &str,
        block: u32,
        pack: &EncodedPack,
    ) -> Result<(), PackError> {
        let Some((place, part)) = Place::of_pack(name, block) else { return Ok(()) };
        place.check(shape)?;
        if place.cube.spec().form != Form::Rows {
            self.0.insert(place, Cube::decode(pack, shape, place)?);
            return Ok(());
        }
        let list = match self.0.entry(place) {
            Entry::Occupied(list) => list.into_mut(),
            Entry::Vacant(none) => none.insert(Cube::Rows(Box::<Excerpt>::default())),
        };
        list.rows_mut().map_or(Ok(()), |rows| rows.take(part, pack))
    }
}
