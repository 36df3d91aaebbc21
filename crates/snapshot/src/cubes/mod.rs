//! The cubes: sums a stratum and month (or day), and distinct counts a window of months or days.
//!
//! A *stratum* is (segment, churn risk), numbered `segment * risks + risk`; rows without a
//! customer are the last stratum. A *variant* is all categories together (0) or one category
//! (its code + 1). Cells lie stratum by stratum, period by period; periods count from the month
//! (or the day) of [`crate::Meta::first_day`] to that of [`crate::Meta::last_day`].

mod cells;
mod day_windows;
mod layer;
mod packs;
mod shape;
mod sparse;
mod voice_gaps;

pub use cells::{AspectCells, Cells, Census, SalesCells, VoiceCells, WindowCells};
pub use day_windows::{DayBlock, DayWindowCells};
pub use layer::Layer;
pub use packs::{CubeData, Leaders, NamedPack};
pub use shape::Shape;
pub use sparse::SparseColumn;
pub use voice_gaps::{Gap, VoiceGaps};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_numbered_without_gap() {
        let shape = Shape {
            segments: 3,
            risks: 3,
            categories: 8,
            rfm_segments: 11,
            months: 5,
            days: 150,
            aspects: 0,
        };
        let all = (0..5).flat_map(|first| (first..5).map(move |last| shape.window(first, last)));
        assert_eq!(all.collect::<Vec<_>>(), (0..shape.windows()).collect::<Vec<_>>());
    }

    #[test]
    fn cells_round_trip_and_have_a_shape() {
        let mut cells = WindowCells::zero(6);
        cells.repeat[4] = 9;
        let pack = cells.encode().unwrap();
        assert_eq!(WindowCells::decode(&pack, 6), Ok(cells));
        assert!(WindowCells::decode(&pack, 7).is_err());
    }
}
