//! Amounts of discounts and refunds that stand in columns of their own.

use super::Tried;
use crate::guess::build::Purchases;
use crate::guess::count::Count;
use crate::guess::draft::Draft;
use crate::guess::lost;
use crate::guess::meanings::Meaning;
use crate::guess::money::Way;
use crate::guess::source::Source;
use crate::guess::trial;
use crate::import::mapping::AmountOf;

/// Takes off what stands as refunded beside the amounts of a plain list, where it is no more than
/// these. Of discounts, and in exports that are known, it is asked alone: a price may be
/// without them already, and a refund have tax and postage in it that the lines have not.
pub fn settle(
    source: &dyn Source,
    found: &Purchases<'_>,
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Ok(trial) = &*tried else { return };
    let all = lost::less(found, draft, trial);
    let Some(table) = draft.purchases_mut().filter(|_| !all.is_empty()) else { return };
    if table.amount_of == Some(AmountOf::Order) {
        return;
    }
    table.less = Some(Vec::new());
    let look = found.choosing.look;
    let is_plain = matches!(found.way(), Some(Way::Total(_))) && look.export.is_none();
    let refunds = all.iter().filter(|less| less.meaning == Meaning::Refund);
    let refunds: Vec<_> = refunds.filter(|less| less.sum < trial.count.revenue).collect();
    let [refund] = refunds[..] else { return };
    if !is_plain {
        return;
    }
    let before = trial.rejected();
    let mut with = draft.clone();
    if let Some(table) = with.purchases_mut() {
        table.less = Some(vec![look.column(refund.at).name.clone()]);
    }
    match trial::of(source, &with, count()) {
        Ok(trial) if trial.rejected() <= before => (*draft, *tried) = (with, Ok(trial)),
        _ => {}
    }
}
