//! The cubes: sums a stratum and month (or day), and distinct counts a window of months or days.
//!
//! A *stratum* is (segment, churn risk), numbered `segment * risks + risk`, or in fine cubes
//! (segment, churn risk, RFM segment), see [`Shape::stratum`]; rows without a customer are the
//! last stratum. A *variant* is all categories together (0) or one category
//! (its code + 1). Cells lie stratum by stratum, period by period; periods count from the month
//! (or the day) of [`crate::Meta::first_day`] to that of [`crate::Meta::last_day`]. Which cubes
//! there are says the table [`CUBES`].

mod blocks;
mod cube;
mod excerpt;
mod gaps;
mod layer;
mod near;
mod packs;
mod room;
mod shape;
mod sparse;
mod spec;
mod stretch;

pub use blocks::Block;
pub use blocks::NEAREST;
pub use cube::{Cube, SparseCube};
pub use excerpt::Excerpt;
pub use gaps::Gap;
pub use layer::{Layer, Place};
pub use near::Near;
pub use packs::{CubeData, NamedPack};
pub use shape::{Axis, Grain, Shape};
pub use sparse::SparseColumn;
pub use spec::{CUBES, Column, Counts, CubeId, CubeSpec, Form, Urgency, Variants};
pub use stretch::{Span, Stretch};

/// What tests of cubes count by, unless they need another length.
#[cfg(test)]
const SMALL: Shape = Shape {
    segments: 2,
    risks: 2,
    categories: 1,
    rfm_segments: 11,
    aspects: 0,
    grain: Grain::Coarse,
    months: 4,
    days: 100,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn shape() -> Shape {
        let grain = Grain::Coarse;
        Shape {
            segments: 3,
            risks: 3,
            categories: 8,
            rfm_segments: 11,
            months: 5,
            days: 150,
            aspects: 0,
            grain,
        }
    }

    #[test]
    fn strata_are_numbered_without_gap() {
        let shape = shape().fine();
        assert_eq!(shape.strata(), 108);
        for stratum in 0..shape.strata() {
            let (segment, risk, class) = shape.classes(stratum);
            assert_eq!(shape.stratum(segment, risk, Some(class).filter(|&c| c < 11)), stratum);
        }
    }

    #[test]
    fn windows_are_numbered_without_gap() {
        let shape = shape();
        let all = (0..5).flat_map(|first| (first..5).map(move |last| shape.window(first, last)));
        assert_eq!(all.collect::<Vec<_>>(), (0..shape.windows()).collect::<Vec<_>>());
    }
}
