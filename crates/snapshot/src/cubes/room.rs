//! The room that cubes take, which grows with categories, classes of customers and, by its
//! square, with months.

use super::layer::Layer;
use super::shape::Shape;
use crate::bounds::{MOST_CUBE_BYTES, MOST_PACK_BYTES, OutOfBounds};

/// Bytes of a cell.
const CELL: u64 = 8;

/// Columns of sums over lines, of feedback, of scores, and of windows, coarse and fine.
const SALES: u64 = 4;
const VOICES: u64 = 7;
const SCORES: u64 = 5;
const WINDOWS: u64 = 5;
const FINE_WINDOWS: u64 = 7;

/// Classes of segments and risks that are few; with more of them they are what takes the room.
const FEW_CLASSES: usize = 64;

impl Shape {
    /// Demands that the cubes can be held: all coarse ones at once, the fine ones of all months,
    /// and the largest pack.
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
        let all = |bytes: u64| bytes.saturating_mul(self.categories as u64).saturating_add(1);
        let fine = self.fine();
        let coarse = [
            all(self.month_sales_bytes()),
            all(self.bytes(self.days, SALES)),
            all(self.windows_bytes(WINDOWS)),
            self.bytes(self.months, VOICES),
            self.bytes(self.days, VOICES),
            self.aspects_bytes(self.months),
            self.aspects_bytes(self.days),
        ];
        let largest = [
            self.aspects_bytes(self.days),
            fine.aspects_bytes(self.months),
            fine.bytes(self.days, VOICES),
            fine.windows_bytes(FINE_WINDOWS),
        ];
        coarse.into_iter().fold(0, u64::saturating_add) <= MOST_CUBE_BYTES
            && all(fine.month_sales_bytes()) <= MOST_CUBE_BYTES
            && largest.into_iter().all(|bytes| bytes <= MOST_PACK_BYTES.into())
    }

    /// The room that a layer takes in memory; none that is known before for those whose cells
    /// are sparse, and little for lists of customers.
    pub fn layer_bytes(self, layer: Layer) -> u64 {
        let fine = self.fine();
        let all = |bytes: u64| bytes.saturating_mul(self.categories as u64).saturating_add(1);
        match layer {
            Layer::Months => all(self.month_sales_bytes()),
            Layer::FineMonths => all(fine.month_sales_bytes()),
            Layer::Windows(_) => self.windows_bytes(WINDOWS),
            Layer::FineWindows(_) => fine.windows_bytes(FINE_WINDOWS),
            Layer::Days(_) => self.bytes(self.days, SALES),
            Layer::FineDays(_) => fine.bytes(self.days, SALES),
            Layer::Aspects => self.aspects_bytes(self.months),
            Layer::DayAspects => self.aspects_bytes(self.days),
            Layer::FineAspects => fine.aspects_bytes(self.months),
            Layer::Leaders
            | Layer::FineLeaders
            | Layer::Pool
            | Layer::VoiceGaps(_)
            | Layer::FineVoiceGaps(_)
            | Layer::NearVoices(..)
            | Layer::DayWindows(..) => 0,
        }
    }

    fn month_sales_bytes(self) -> u64 {
        self.bytes(self.months, SALES)
    }

    fn aspects_bytes(self, periods: usize) -> u64 {
        self.bytes(periods, SCORES).saturating_mul(self.aspects as u64)
    }

    fn windows_bytes(self, columns: u64) -> u64 {
        let months = self.months as u64;
        let windows = months.saturating_mul(months.saturating_add(1)) / 2;
        self.strata_wide().saturating_mul(windows).saturating_mul(columns).saturating_mul(CELL)
    }

    fn bytes(self, periods: usize, columns: u64) -> u64 {
        let rows = self.strata_wide().saturating_add(1);
        rows.saturating_mul(periods as u64).saturating_mul(columns).saturating_mul(CELL)
    }

    /// [`Shape::strata`] of any shape, one that does not fit among them.
    fn strata_wide(self) -> u64 {
        let classes = [self.segments, self.risks, self.rfm_classes()];
        classes.into_iter().fold(1, |strata: u64, classes| strata.saturating_mul(classes as u64))
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
    };

    fn refused(shape: Shape) -> String {
        shape.check().unwrap_err().to_string()
    }

    #[test]
    fn usual_shapes_fit() {
        for (categories, months) in [(0, 1), (8, 36), (1_000, 36), (50, 120), (8, 240)] {
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
