//! The cubes that were read so far, by their places.

use std::collections::BTreeMap;
use std::sync::Arc;

use snapshot::Meta;
use snapshot::cubes::{Counts, Cube, CubeData, CubeId, Excerpt, Place};

use super::leaders::LeaderBoard;
use super::pool::Pool;
use crate::columns::{Columns, FactsError};

/// What was read, shared with the caches made of this one.
#[derive(Clone, Debug, Default)]
pub(super) struct Cache(BTreeMap<Place, Held>);

/// A cube, or customers who can be asked.
#[derive(Clone, Debug)]
enum Held {
    Cube(Arc<Cube>),
    Leaders(Arc<LeaderBoard>),
    Pool(Arc<Pool>),
    Irregular(Arc<Columns>),
}

impl Held {
    fn of(meta: &Arc<Meta>, place: Place, cube: Cube) -> Result<Self, FactsError> {
        let (spec, meta) = (place.cube.spec(), meta.clone());
        Ok(match (cube, spec.counts) {
            (Cube::Rows(rows), Counts::Leaders) => {
                Self::Leaders(Arc::new(LeaderBoard::new(meta, spec.grain, *rows)?))
            }
            (Cube::Rows(rows), Counts::Pool) => Self::Pool(Arc::new(Pool::new(meta, *rows)?)),
            (Cube::Rows(rows), _) => {
                let Excerpt { customers, purchases, .. } = *rows;
                Self::Irregular(Arc::new(Columns::new(meta, customers, purchases, None, None)?))
            }
            (cube, _) => Self::Cube(Arc::new(cube)),
        })
    }
}

impl Cache {
    /// This cache with more on it.
    pub fn with(&self, meta: &Arc<Meta>, more: CubeData) -> Result<Self, FactsError> {
        let mut cache = self.clone();
        for (place, cube) in more.0 {
            cache.0.insert(place, Held::of(meta, place, cube)?);
        }
        Ok(cache)
    }

    /// Bytes that all cubes take, lists of customers left out.
    pub fn bytes(&self) -> u64 {
        let bytes = |held: &Held| if let Held::Cube(cube) = held { cube.bytes() } else { 0 };
        self.0.values().map(bytes).fold(0, u64::saturating_add)
    }

    /// True if something was read.
    pub fn has(&self, place: Place) -> bool {
        self.0.contains_key(&place)
    }

    /// The cells of a place.
    pub fn cube(&self, place: Place) -> Option<&Cube> {
        if let Held::Cube(cube) = self.0.get(&place)? { Some(cube) } else { None }
    }

    /// How many customers each fine stratum has.
    pub fn headcount(&self) -> Option<&[i64]> {
        match self.cube(Place::of(CubeId::Headcount))? {
            Cube::Dense(columns) => columns.first().map(Vec::as_slice),
            Cube::Sparse(_) | Cube::Rows(_) => None,
        }
    }

    /// The most valuable customers.
    pub fn leaders(&self, place: Place) -> Option<&LeaderBoard> {
        if let Held::Leaders(leaders) = self.0.get(&place)? { Some(leaders) } else { None }
    }

    /// The customers who may be drawn as points.
    pub fn pool(&self) -> Option<&Pool> {
        if let Held::Pool(pool) = self.0.get(&Place::of(CubeId::Pool))? { Some(pool) } else { None }
    }

    /// Customers who are in no cube.
    pub fn irregular(&self) -> Option<&Columns> {
        if let Held::Irregular(irregular) = self.0.get(&Place::of(CubeId::Irregular))? {
            Some(irregular)
        } else {
            None
        }
    }
}
