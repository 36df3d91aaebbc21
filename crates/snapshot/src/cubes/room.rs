//! The room that cubes take, which grows with categories, classes of customers and, by its
//! square, with months.

use super::layer::{Layer, Place};
use super::shape::{Grain, Shape};
use super::spec::{CUBES, CubeSpec};
use crate::bounds::{MOST_CUBE_BYTES, MOST_LAYER_BYTES, MOST_PACK_BYTES, OutOfBounds};

/// Classes of segments and risks that are few; with more of them they are what takes the room.
const FEW_CLASSES: usize = 64;

impl Shape {
    /// Demands that the cubes can be made, one after the other, and held as they are read: the
    /// largest pack, the largest layer, and not too many of all.
    ///
    /// # Errors
    /// [`OutOfBounds`] names what there is too much of, and how much there may be.
    pub fn check(self) -> Result<(), OutOfBounds> {
        if self.fits() {
            return Ok(());
        }
        let most = |shape: &dyn Fn(usize) -> Self, now: usize| {
            // The greatest number that fits: those below it do, too.
            let (mut fits, mut not) = (0, now);
            while not.saturating_sub(fits) > 1 {
                let middle = fits.midpoint(not);
                if shape(middle).fits() { fits = middle } else { not = middle }
            }
            fits
        };
        let over = format!("over {} months with {} classes", self.months, self.classes_of_all());
        if self.segments.saturating_mul(self.risks) > FEW_CLASSES {
            let segments = most(&|segments| Self { segments, ..self }, self.segments);
            let must = format!("at most {segments} beside {} churn risks {over}", self.risks);
            return Err(OutOfBounds::new("the number of segments", self.segments, must));
        }
        let categories = most(&|categories| Self { categories, ..self }, self.categories);
        if categories > 0 {
            let must = format!("at most {categories} {over}");
            return Err(OutOfBounds::new("the number of categories", self.categories, must));
        }
        // Days go with the months, of which none has more than 31.
        let shorter =
            |months: usize| Self { months, days: self.days.min(months.saturating_mul(31)), ..self };
        let must = format!("at most {} with these categories", most(&shorter, self.months));
        Err(OutOfBounds::new("the number of months", self.months, must))
    }

    fn classes_of_all(self) -> usize {
        self.segments.saturating_mul(self.risks)
    }

    fn fits(self) -> bool {
        let coarse = CUBES.iter().filter(|spec| spec.grain == Grain::Coarse);
        coarse.fold(0, |all: u64, spec| all.saturating_add(self.bytes_of_all(spec)))
            <= MOST_CUBE_BYTES
            && CUBES.iter().all(|spec| {
                spec.bytes(self) <= MOST_PACK_BYTES.into()
                    && self.layer_bytes(Place::of(spec.id).layer()) <= MOST_LAYER_BYTES
            })
    }

    /// The room that a layer takes in memory, as far as it is known before.
    pub fn layer_bytes(self, layer: Layer) -> u64 {
        let lead = layer.lead();
        let read = CUBES.iter().filter(|spec| {
            spec.read_with == lead.cube && spec.variants(self).contains(&lead.variant)
        });
        let bytes = |spec: &CubeSpec| match layer.is_of_all_variants() {
            true => self.bytes_of_all(spec),
            false => spec.bytes(self),
        };
        read.map(bytes).fold(0, u64::saturating_add)
    }

    /// The room of all variants.
    fn bytes_of_all(self, spec: &CubeSpec) -> u64 {
        let variants = spec.variants(self);
        spec.bytes(self).saturating_mul(variants.end.saturating_sub(variants.start).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cubes::Grain;

    const SHAPE: Shape = Shape {
        segments: 3,
        risks: 3,
        categories: 8,
        rfm_segments: 11,
        months: 36,
        days: 1_096,
        aspects: 20,
        grain: Grain::Coarse,
        pairs: false,
    };

    fn refused(shape: Shape) -> String {
        shape.check().unwrap_err().to_string()
    }

    #[test]
    fn usual_shapes_fit() {
        for (categories, months) in [(0, 1), (8, 36), (1_000, 36), (50, 120), (100, 240)] {
            let shape = Shape { categories, months, days: 31 * months, ..SHAPE };
            assert_eq!(shape.check(), Ok(()), "{categories} categories, {months} months");
        }
    }

    #[test]
    fn what_there_is_too_much_of_is_named_with_what_there_may_be() {
        let many = Shape { categories: 5_213, ..SHAPE };
        let text = refused(many);
        assert!(
            text.starts_with("the number of categories is 5213, it must be at most "),
            "{text}"
        );
        let most: usize =
            text.split("at most ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!(Shape { categories: most, ..many }.check().is_ok());
        assert!(Shape { categories: most + 1, ..many }.check().is_err());
        let text = refused(Shape { months: 1_500, days: 45_650, ..SHAPE });
        assert!(text.starts_with("the number of months is 1500, it must be at most "), "{text}");
        let text = refused(Shape { segments: 200, risks: 150, ..SHAPE });
        assert!(text.starts_with("the number of segments is 200, it must be at most "), "{text}");
        let most = usize::MAX;
        assert!(
            Shape { segments: most, risks: most, categories: most, months: most, ..SHAPE }
                .check()
                .is_err()
        );
    }
}
