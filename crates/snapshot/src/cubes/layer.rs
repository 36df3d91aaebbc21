//! Places of cubes, and layers: the places that are read together, because they are of use together.

use std::collections::BTreeSet;
use std::fmt;

use super::shape::{Axis, Grain, Shape};
use super::spec::{CUBES, Chosen, CubeId, CubeSpec, Form, Urgency, Variants};
use crate::pack::PackError;

/// One block of one variant of a cube: what a pack holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The cube.
    pub cube: CubeId,
    /// All categories together (0), one of them (its code + 1), or two, see [`Shape::variant`].
    pub variant: u32,
    /// Which of its blocks, where it has several.
    pub block: u32,
}

/// Packs that are read together, by the place whose layer they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layer(Place);

/// Bits of the number of a block, where a variant has several.
const BLOCK_BITS: u32 = 16;

impl Place {
    /// The only block of a cube of all categories together.
    pub const fn of(cube: CubeId) -> Self {
        Self { cube, variant: 0, block: 0 }
    }

    /// The place of a pack with the number under which its block is stored, and which of the
    /// place's packs it is; none for columns and packs of other names.
    pub fn of_pack(name: &str, number: u32) -> Option<(Self, usize)> {
        let (cube, part) = CubeId::of_pack(name)?;
        let (variant, block) = match cube.spec().has_blocks() {
            true => (number >> BLOCK_BITS, number & ((1 << BLOCK_BITS) - 1)),
            false => (number, 0),
        };
        Some((Self { cube, variant, block }, part))
    }

    /// The number under which the block is stored.
    pub fn number(self) -> u32 {
        match self.cube.spec().has_blocks() {
            true => self.variant << BLOCK_BITS | self.block,
            false => self.variant,
        }
    }

    /// By this the packs of a cube lie in the file: those of a variant together, but windows of
    /// days that begin in one block, which are asked for in all categories at once.
    pub fn in_file(self) -> impl Ord {
        let Self { cube, variant, block } = self;
        match cube {
            CubeId::DayWindows | CubeId::FineDayWindows => (variant != 0, block, variant),
            _ => (false, variant, block),
        }
    }

    /// The layer with which it is read.
    pub fn layer(self) -> Layer {
        let lead = self.cube.spec().read_with;
        let layer = Layer(Self { cube: lead, ..self });
        if layer.is_of_all_variants() { Layer(Self::of(lead)) } else { layer }
    }

    /// Demands that a snapshot of some shape has the place.
    pub(super) fn check(self, shape: Shape) -> Result<(), PackError> {
        let spec = self.cube.spec();
        if spec.made_in() == Variants::Pairs {
            match spec.variants(shape).contains(&self.variant) {
                true => Ok(()),
                false => Err(PackError::Damaged("a block of no pair of categories")),
            }
        } else if (self.variant as usize) >= shape.variants() {
            Err(PackError::Damaged("a block past the last category"))
        } else if self.variant > 0 && spec.made_in() == Variants::Together {
            Err(PackError::Damaged("a second block where there is one"))
        } else {
            Ok(())
        }
    }
}

impl Layer {
    /// The layer that a pack belongs to; none for columns and packs of other names.
    pub fn of(name: &str, number: u32) -> Option<Self> {
        Place::of_pack(name, number).map(|(place, _)| place.layer())
    }

    /// The layers that most of a default view needs.
    pub fn opening() -> BTreeSet<Self> {
        let soon =
            |spec: &&CubeSpec| matches!(spec.urgency, Urgency::Opening | Urgency::DefaultView);
        CUBES.iter().filter(soon).map(|spec| Place::of(spec.id).layer()).collect()
    }

    /// The place whose layer it is; others may be read with it.
    pub fn lead(self) -> Place {
        self.0
    }

    /// The places of the layer in a snapshot of some shape: all are there, if the layer is, or it
    /// answers nothing.
    pub fn places(self, shape: Shape) -> impl Iterator<Item = Place> {
        let with = CUBES.iter().filter(move |spec| spec.read_with == self.0.cube);
        with.flat_map(move |spec| {
            let variants = spec.variants(shape);
            let variants = match self.is_of_all_variants() {
                true => variants,
                false if variants.contains(&self.0.variant) => {
                    self.0.variant..self.0.variant.saturating_add(1)
                }
                false => 0..0,
            };
            variants.map(move |variant| Place { cube: spec.id, variant, ..self.0 })
        })
    }

    /// All packs of the layer, by name and block.
    pub fn packs(self, shape: Shape) -> impl Iterator<Item = (&'static str, u32)> {
        let packs =
            |place: Place| place.cube.spec().packs.iter().map(move |&name| (name, place.number()));
        self.places(shape).flat_map(packs)
    }

    /// True if all variants are read at once: sums by month are small.
    pub fn is_of_all_variants(self) -> bool {
        let spec = self.0.cube.spec();
        (spec.form, spec.axis, spec.chosen) == (Form::Sums, Axis::Month, Chosen::AllOrOne)
    }

    /// True for layers of fine strata.
    pub fn is_fine(self) -> bool {
        self.0.cube.spec().grain == Grain::Fine
    }

    /// True if it serves most questions of its kind, so that it is read before others.
    pub fn is_urgent(self) -> bool {
        let urgency = self.0.cube.spec().urgency;
        self.0.variant == 0 && matches!(urgency, Urgency::Opening | Urgency::Ahead)
    }
}

/// The name of its first pack, the variant and the block.
impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { cube, variant, block } = self.0;
        write!(f, "{}", cube.spec().packs[0])?;
        match cube.spec() {
            spec if spec.has_blocks() => write!(f, " {variant}.{block}"),
            spec if spec.made_in() == Variants::Together || self.is_of_all_variants() => Ok(()),
            _ => write!(f, " {variant}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_pack() {
        for cube in CubeId::all() {
            let block = if cube.spec().has_blocks() { 5 } else { 0 };
            let place = Place { cube, variant: 3, block };
            for (part, name) in cube.spec().packs.iter().enumerate() {
                assert_eq!(Place::of_pack(name, place.number()), Some((place, part)));
            }
        }
        assert_eq!(Place::of_pack("customers", 0), None);
    }

    #[test]
    fn each_pack_of_a_layer_belongs_to_it() {
        let shape = Shape {
            segments: 1,
            risks: 1,
            categories: 2,
            rfm_segments: 1,
            months: 1,
            days: 1,
            aspects: 1,
            grain: Grain::Coarse,
            pairs: true,
        };
        let packs = |cube, variant| {
            let layer = Place { cube, variant, block: 0 }.layer();
            let packs: Vec<_> = layer.packs(shape).collect();
            for &(name, number) in &packs {
                assert_eq!(Layer::of(name, number), Some(layer), "{name} {number}");
            }
            packs.len()
        };
        for cube in CubeId::all() {
            let mut variants = cube.spec().variants(shape);
            assert!(variants.all(|variant| packs(cube, variant) > 0), "{cube:?}");
        }
        assert_eq!([0, 1].map(|variant| packs(CubeId::DaySales, variant)), [2, 1]);
        assert_eq!([packs(CubeId::MonthSales, 0), packs(CubeId::Pool, 0)], [7, 3]);
        assert_eq!(packs(CubeId::Windows, 3), 0, "no such category");
    }

    #[test]
    fn what_is_of_use_together_is_one_layer() {
        let of = |name, number| Layer::of(name, number).unwrap();
        for name in ["month_sales", "month_feedback", "headcount", "irregular_lines"] {
            assert_eq!(of(name, 0), of("month_sales", 4));
        }
        assert_eq!(of("day_feedback", 0), of("day_sales", 0));
        assert_ne!(of("day_sales", 1), of("day_sales", 0));
        let named = [of("irregular_lines", 0), of("windows", 2), of("near_feedback", 2 << 16 | 1)];
        assert_eq!(
            named.map(|layer| layer.to_string()),
            ["month_sales", "windows 2", "near_feedback 2.1"]
        );
        let opening: Vec<_> = Layer::opening().iter().map(Layer::to_string).collect();
        assert_eq!(opening, ["month_sales", "windows 0", "leaders"]);
        assert!(of("fine_windows", 0).is_urgent() && !of("windows", 1).is_urgent());
    }
}
