//! Distinct customers of windows of days.

use snapshot::cubes::{DayBlock, DayWindowCells, SparseColumn};

use super::Cubes;
use crate::measure::{Part, Totals};

impl Cubes {
    /// Distinct customers of some strata from one day to another, both included.
    pub(super) fn day_window(
        &self,
        variant: u32,
        strata: &[usize],
        days: (usize, usize),
    ) -> Option<Totals> {
        let (number, block) = self.shape.day_block(variant, days.0)?;
        let cells = self.shelf.day_windows(variant, number)?;
        let mut totals = Totals::default();
        for &stratum in strata {
            totals.add(Part::Audience, &window(cells, block, stratum, days));
        }
        Some(totals)
    }
}

fn window(cells: &DayWindowCells, block: DayBlock, stratum: usize, days: (usize, usize)) -> Totals {
    let rows = || (0..=days.0.saturating_sub(block.first)).map(|row| block.row(stratum, row, days));
    let sum =
        |column: &SparseColumn| rows().map(|row| column.sum(&row)).fold(0, i64::saturating_add);
    let values = rows().flat_map(|row| &cells.lifetime_value[cells.customers.places(&row)]);
    let customers = sum(&cells.customers);
    let ordering_customers = customers.saturating_add(sum(&cells.ordering));
    Totals {
        customers,
        lifetime_value: values.fold(0, |all, &value| value.saturating_add(all)),
        new_customers: sum(&cells.new_customers),
        ordering_customers,
        repeat_customers: sum(&cells.orders).saturating_sub(ordering_customers),
        ..Totals::default()
    }
}
