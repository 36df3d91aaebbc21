//! Amounts that stand on each line of an order again: those of the whole order.

use super::Tried;
use crate::guess::build::Purchases;
use crate::guess::column::Column;
use crate::guess::count::Count;
use crate::guess::draft::Draft;
use crate::guess::levels::Level;
use crate::guess::money::Way;
use crate::guess::source::Source;
use crate::guess::trial::{self, Trial};
use crate::guess::unused;
use crate::import::mapping::AmountOf;

/// Lets an amount count once an order where it is the same on all lines of each that has several,
/// which differ otherwise; unless rows could not be read so that can be read as lines. Where lines
/// do not differ in anything they may be two sales, so that it is asked. Lines of several days, or of
/// which one was given back, have amounts of their own.
pub fn settle(
    source: &dyn Source,
    found: &Purchases<'_>,
    levels: &[Level],
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Some(Way::Total(at)) = found.way() else { return };
    let look = found.choosing.look;
    if look.export.is_some() || levels.get(at) != Some(&Level::Repeated) {
        return;
    }
    let mut once = draft.clone();
    let Some(table) = once.purchases_mut() else { return };
    if table.column("order_id").is_none() || table.column("amount").is_none() {
        return;
    }
    table.amount_of = Some(AmountOf::Order);
    let before = tried.as_ref().map_or(u64::MAX, Trial::rejected);
    let differs = |at: usize| levels.get(at) == Some(&Level::Line);
    let is_other_day = found.choosing.at("transaction_date").is_some_and(differs);
    let is_back = |column: &&Column| differs(column.at) && unused::is_of_kinds(look, column);
    let is_own = is_other_day || look.columns.iter().any(|column| is_back(&column));
    let is_told = levels.contains(&Level::Line) && !is_own;
    match trial::of(source, &once, count()) {
        Ok(trial) if is_told && trial.rejected() <= before => (*draft, *tried) = (once, Ok(trial)),
        _ => {
            if let Some(table) = draft.purchases_mut() {
                table.amount_of = Some(AmountOf::Line);
            }
        }
    }
}
