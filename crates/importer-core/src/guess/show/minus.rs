//! Quantities below zero beside amounts above it.

use super::Tried;
use crate::guess::count::Count;
use crate::guess::draft::Draft;
use crate::guess::source::Source;
use crate::guess::trial;
use crate::import::mapping::NegativeQuantity;

/// Such lines are what was given back, unless they are most of all, as where a list tells what left
/// a store. Either is asked.
pub fn settle(
    source: &dyn Source,
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Ok(trial) = &*tried else { return };
    let (minus, lines) = (trial.count.minus, trial.count.lines);
    let Some(table) = draft.purchases_mut().filter(|_| minus > 0) else { return };
    if minus.saturating_mul(2) >= lines {
        table.negative_quantity = Some(NegativeQuantity::Sale);
        return;
    }
    table.negative_quantity = Some(NegativeQuantity::Return);
    *tried = trial::of(source, draft, count());
}
