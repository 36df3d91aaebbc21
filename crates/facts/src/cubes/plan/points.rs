//! Points of a scatter: from the pool of customers who may be drawn, with everybody counted.

use std::collections::BTreeSet;

use snapshot::Meta;
use snapshot::cubes::{CubeId, Grain, Place, Shape};

use super::groups::Groups;
use super::sums::of_window;
use crate::cubes::strata::{Strata, shape_of};
use crate::cubes::terms::Term;
use crate::measure::{Grouping, Part};
use crate::sample;
use crate::scope::{Dimension, Scope};

/// How the customers beside the points are counted.
pub(in crate::cubes) enum Drawn {
    /// All are in the pool.
    All,
    /// By segment and RFM segment, and from those who are in no cube.
    Counted(Vec<(usize, usize, Term)>),
}

impl Drawn {
    pub(super) fn tell(&self, places: &mut BTreeSet<Place>) {
        places.extend([CubeId::Headcount, CubeId::Pool].map(Place::of));
        if let Self::Counted(terms) = self {
            places.insert(Place::of(CubeId::Irregular));
            places.extend(terms.iter().map(|(.., term)| term.place));
        }
    }
}

/// Points of scored customers with a line in scope, where the pool has all of them, or everybody
/// is counted in the scope's window.
pub(in crate::cubes) fn points(meta: &Meta, headcount: &[i64], scope: &Scope) -> Option<Drawn> {
    let shape = shape_of(meta, Grain::Fine);
    if is_complete(headcount, shape, scope) {
        return Some(Drawn::All);
    }
    let by = Grouping::By(Dimension::Rfm);
    let groups = Groups::of(meta, scope, by, Part::Customers)?;
    let mut terms = Vec::new();
    for group in &groups.all {
        let Some((place, window)) = of_window(meta, &groups, group)? else { continue };
        for &stratum in &*group.strata {
            let (segment, _, rfm) = shape.classes(stratum);
            let term = Term::of(place, window, &[stratum].into());
            terms.extend(term.map(|term| (segment, rfm, term)));
        }
    }
    Some(Drawn::Counted(terms))
}

/// True if all customers of the strata that a scope takes in are in the pool.
fn is_complete(headcount: &[i64], shape: Shape, scope: &Scope) -> bool {
    let mut sizes = vec![vec![0_i64; shape.rfm_segments]; shape.segments];
    let mut taken = vec![vec![false; shape.rfm_segments]; shape.segments];
    let strata = Strata::new(shape, scope);
    for (stratum, &customers) in headcount.iter().enumerate() {
        let (segment, _, rfm) = shape.classes(stratum);
        if let Some(size) = sizes[segment].get_mut(rfm) {
            *size = customers.saturating_add(*size);
            taken[segment][rfm] |= customers > 0 && strata.allows(stratum);
        }
    }
    let places = sample::places(&sizes).concat();
    let rows = sizes.concat().into_iter().zip(places).zip(taken.concat());
    rows.into_iter().all(|((size, place), taken)| !taken || place == size)
}
