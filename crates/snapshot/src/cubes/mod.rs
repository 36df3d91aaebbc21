//! The cubes: sums a stratum and month (or day), and distinct counts a window of months or days.
//!
//! A *stratum* is (segment, churn risk), numbered `segment * risks + risk`, or in fine cubes
//! (segment, churn risk, RFM segment), see [`Shape::stratum`]; rows without a customer are the
//! last stratum. A *variant* is all categories together (0), one category (its code + 1) or,
//! where categories are few, every two of them, see [`Shape::variant`]. Cells lie stratum by stratum, period by period; periods count from the month
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
pub use excerpt::{Excerpt, ScoreSums};
pub use gaps::Gap;
pub use layer::{Layer, Place};
pub use near::Near;
pub use packs::{CubeData, NamedPack};
pub use shape::{Axis, Choice, Grain, Shape};
pub use sparse::SparseColumn;
pub use spec::{CUBES, Chosen, Column, Counts, CubeId, CubeSpec, Form, Urgency, Variants};
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
    pairs: false,
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
            pairs: true,
        }
    }

    #[test]
    fn variants_are_numbered_without_gap() {
        let shape = shape();
        let singles = (0..8).map(|code| vec![code]);
        let pairs = (0..8).flat_map(|one| (one + 1..8).map(move |other| vec![one, other]));
        let all: Vec<Vec<u16>> = [vec![]].into_iter().chain(singles).chain(pairs).collect();
        assert_eq!(all.len(), shape.variants() + shape.pairs());
        for (number, codes) in (0..).zip(all) {
            assert_eq!(shape.variant(&codes), Some(number), "{codes:?}");
            assert_eq!(shape.choice(number).codes().collect::<Vec<_>>(), codes);
            let has = |category| codes.is_empty() || codes.contains(&category);
            assert!((0..8).all(|category| shape.choice(number).has(category) == has(category)));
        }
        for codes in [&[8][..], &[3, 8], &[1, 2, 3]] {
            assert_eq!(shape.variant(codes), None, "{codes:?}");
        }
        let many = Shape { categories: 11, ..shape };
        assert_eq!((many.pairs(), many.variant(&[0, 1])), (0, None));
        assert_eq!(Shape { pairs: false, ..shape }.variant(&[0, 1]), None);
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
