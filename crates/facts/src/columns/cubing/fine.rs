//! The cubes of fine strata, made piece by piece because all of them would fill much memory.

use snapshot::cubes::{CubeData, FineData, Shape};

use super::Odd;
use super::category_voices::CategoryDays;
use crate::columns::Columns;

/// Customers kept of each fine stratum for top lists.
const FINE_LEADERS: usize = 24;

impl Columns {
    /// Hands over the cubes of fine strata in pieces, in the order in which they are stored:
    /// those of days by variant, gaps, aspects, those of months, windows by variant, leaders.
    ///
    /// # Errors
    /// Whatever `take` says first.
    pub fn each_fine<E>(&self, mut take: impl FnMut(CubeData) -> Result<(), E>) -> Result<(), E> {
        let shape = Shape::of(&self.meta).fine();
        let odd = Odd::find(self);
        let mut piece = |fine| take(CubeData { fine, ..CubeData::default() });
        let variants = || (0_u32..).zip(0..shape.variants());
        let day_voices = self.day_voices(shape);
        let mut months = FineData {
            month_voices: Some(self.by_month(shape, &day_voices)),
            ..FineData::default()
        };
        piece(FineData { day_voices: Some(day_voices), ..FineData::default() })?;
        for (block, variant) in variants() {
            let days = self.day_sales(shape, &odd, variant);
            months.month_sales.insert(block, self.by_month(shape, &days));
            piece(FineData { day_sales: [(block, days)].into(), ..FineData::default() })?;
        }
        for category in 0..u16::try_from(shape.categories).unwrap_or(u16::MAX) {
            let bought = CategoryDays::of(self, shape, category);
            let gaps = self.voice_gaps(shape, &bought);
            let voice_gaps = [(u32::from(category) + 1, gaps)].into();
            piece(FineData { voice_gaps, ..FineData::default() })?;
        }
        piece(FineData { month_aspects: self.month_aspects(shape), ..FineData::default() })?;
        piece(months)?;
        for (block, variant) in variants() {
            let windows = [(block, self.windows(shape, &odd, variant))].into();
            piece(FineData { windows, ..FineData::default() })?;
        }
        let leaders = Some(self.leaders(shape, FINE_LEADERS));
        piece(FineData { leaders, ..FineData::default() })
    }
}
