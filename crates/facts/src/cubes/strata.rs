//! Which strata a scope takes in, and what they are.

use snapshot::Meta;
use snapshot::cubes::{Grain, Shape};

use crate::scope::{Dimension, Scope};

/// The strata of customers in a scope's segments, churn risks and RFM segments.
pub(super) struct Strata {
    shape: Shape,
    segments: Vec<bool>,
    risks: Vec<bool>,
    rfm: Vec<bool>,
}

impl Strata {
    pub fn new(shape: Shape, scope: &Scope) -> Self {
        let mut rfm = match shape.grain {
            Grain::Coarse => Vec::new(),
            Grain::Fine => scope.rfm.mask(shape.rfm_segments),
        };
        // The last class are the unscored, which no choice of RFM segments takes in.
        rfm.push(scope.rfm.is_all());
        let (segments, risks) =
            (scope.segments.mask(shape.segments), scope.churn.mask(shape.risks));
        Self { shape, segments, risks, rfm }
    }

    /// True if customers of a stratum can be in scope.
    pub fn allows(&self, stratum: usize) -> bool {
        let (segment, risk, rfm) = self.shape.classes(stratum);
        self.segments[segment] && self.risks[risk] && self.rfm[rfm]
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = usize> {
        (0..self.shape.strata()).filter(|&stratum| self.allows(stratum))
    }
}

/// The strata that know what a scope and a grouping ask for.
pub(super) fn grain_for(scope: &Scope, by: Option<Dimension>) -> Grain {
    match scope.rfm.is_all() && by != Some(Dimension::Rfm) {
        true => Grain::Coarse,
        false => Grain::Fine,
    }
}

/// The shape of a snapshot's cubes of some strata.
pub(super) fn shape_of(meta: &Meta, grain: Grain) -> Shape {
    Shape { grain, ..Shape::of(meta) }
}

/// How many values a customer dimension has; `None` for categories.
pub(super) fn values(shape: Shape, dimension: Dimension) -> Option<usize> {
    match dimension {
        Dimension::Segment => Some(shape.segments),
        Dimension::Churn => Some(shape.risks),
        Dimension::Rfm => Some(shape.rfm_segments),
        Dimension::Category => None,
    }
}

/// A stratum's value of a customer dimension.
pub(super) fn value_of(shape: Shape, dimension: Dimension, stratum: usize) -> usize {
    let (segment, risk, rfm) = shape.classes(stratum);
    match dimension {
        Dimension::Segment => segment,
        Dimension::Churn => risk,
        Dimension::Rfm | Dimension::Category => rfm,
    }
}
