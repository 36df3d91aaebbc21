//! What stands on the first line of each order only.

use super::Tried;
use crate::guess::build::Purchases;
use crate::guess::count::Count;
use crate::guess::draft::Draft;
use crate::guess::levels::Level;
use crate::guess::source::Source;
use crate::guess::trial;

/// Lets the lines of an order be as its first one in what is of the order, where fewer rows are refused
/// then, or fewer are of nobody.
pub fn settle(
    source: &dyn Source,
    found: &Purchases<'_>,
    levels: &[Level],
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Ok(trial) = &*tried else { return };
    let is_first = |field: &str| {
        found.choosing.at(field).is_some_and(|at| levels.get(at) == Some(&Level::First))
    };
    let refused = trial.rejected().saturating_sub(trial.never_counted());
    // Cells that were merged leave the order empty, too.
    let is_likely = is_first("transaction_date") || is_first("customer_id");
    if !is_likely && refused.saturating_mul(10) < trial.count.lines {
        return;
    }
    let mut with = draft.clone();
    let Some(table) = with.purchases_mut() else { return };
    if table.column("order_id").is_none() {
        return;
    }
    table.fill_down = true;
    with.remark(
        "fill_down",
        "lines that do not say when and whose their order is are as the line above them",
    );
    let Ok(other) = trial::of(source, &with, count()) else { return };
    let (before, after) = (trial.rejected(), other.rejected());
    let (guests, fewer) = (trial.count.guest_lines, other.count.guest_lines);
    if after <= before && (after < before || fewer < guests) {
        (*draft, *tried) = (with, Ok(other));
    }
}
