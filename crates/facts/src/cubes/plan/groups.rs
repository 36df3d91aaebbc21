//! From a scope and a grouping to the strata, the variant and the days of each group.

use std::sync::Arc;

use snapshot::Meta;
use snapshot::cubes::{Axis, Chosen, Grain, Shape};

use crate::cubes::span::{self, Periods};
use crate::cubes::strata::{Strata, grain_for, shape_of, value_of, values};
use crate::measure::{Grouping, Part};
use crate::period::DayRange;
use crate::scope::{Dimension, Scope};

/// What makes up one group.
pub(super) struct Group {
    pub strata: Arc<[usize]>,
    pub variant: u32,
    pub range: DayRange,
}

/// All groups, with the cubes' shape that tells them apart.
pub(super) struct Groups {
    pub grain: Grain,
    pub shape: Shape,
    /// How many categories their cubes count at once.
    pub chosen: Chosen,
    pub all: Vec<Group>,
}

impl Groups {
    /// The groups of a grouping, or `None` where cubes cannot tell customers apart.
    pub fn of(meta: &Meta, scope: &Scope, by: Grouping, part: Part) -> Option<Self> {
        let grain = grain_for(scope, by.dimension());
        let shape = shape_of(meta, grain);
        let nobody = part != Part::Customers && !scope.restricts_customers();
        let variant = shape.variant(scope.categories.codes());
        let apart = by.dimension() == Some(Dimension::Category);
        let chosen = match scope.categories.codes() {
            [_, _] if !apart => Chosen::Two,
            _ => Chosen::AllOrOne,
        };
        let range = scope.range;
        let group = |strata: &Arc<[usize]>, variant, range| Group {
            strata: strata.clone(),
            variant,
            range,
        };
        let strata = strata_of(shape, scope, nobody && !is_by_customer(by));
        let all = match by {
            // Only scores are grouped so, and by a cube of their own.
            Grouping::Of(_) => return None,
            Grouping::Whole => vec![group(&strata, variant?, range)],
            Grouping::Over(_) | Grouping::Beside(..) => {
                let variant = variant?;
                let buckets = by.cut().map(|cut| cut.buckets(range)).unwrap_or_default();
                buckets.iter().map(|bucket| group(&strata, variant, bucket.range)).collect()
            }
            Grouping::By(Dimension::Category) => {
                let none: Arc<[usize]> = Arc::default();
                let chosen = |code: usize| {
                    let allowed =
                        u16::try_from(code).is_ok_and(|code| scope.categories.allows(code));
                    if allowed { &strata } else { &none }
                };
                let codes = (0..shape.categories).zip(1..);
                codes.map(|(code, variant)| group(chosen(code), variant, range)).collect()
            }
            Grouping::By(dimension) => {
                let variant = variant?;
                let of = |code| {
                    let has = |&&stratum: &&usize| value_of(shape, dimension, stratum) == code;
                    strata.iter().filter(has).copied().collect()
                };
                (0..values(shape, dimension)?)
                    .map(|code| group(&of(code), variant, range))
                    .collect()
            }
        };
        Some(Self { grain, shape, chosen, all })
    }

    /// The periods of each group, if they are whole ones of an axis.
    pub fn periods(&self, meta: &Meta, axis: Axis) -> Option<Vec<Periods>> {
        self.all.iter().map(|group| span::periods(meta, axis, group.range)).collect()
    }

    /// Months where they will do for every group, else days, with each group's.
    pub fn narrowest(&self, meta: &Meta) -> Option<(Axis, Vec<Periods>)> {
        let of = |axis| Some((axis, self.periods(meta, axis)?));
        of(Axis::Month).or_else(|| of(Axis::Day))
    }
}

/// True if groups are customers' classes, to none of which nobody known belongs.
fn is_by_customer(by: Grouping) -> bool {
    by.dimension().is_some_and(|dimension| dimension != Dimension::Category)
}

/// The strata of a scope, that of nobody known among them or not.
pub(super) fn strata_of(shape: Shape, scope: &Scope, nobody: bool) -> Arc<[usize]> {
    let nobody = nobody.then_some(shape.strata());
    Strata::new(shape, scope).all().chain(nobody).collect()
}
