//! Orders of which several files have lines that differ, and numbers that begin anew.

use snapshot::meta::WarningKind;

use super::Tried;
use crate::guess::count::Count;
use crate::guess::draft::Draft;
use crate::guess::source::Source;
use crate::guess::trial::{self, Trial};
use crate::import::file_names::OrdersAcross;

/// Orders of one file whose numbers come again from which on that is no slip of the pen.
const FEW: u64 = 3;

/// Such orders are other ones where they are of other customers or of quite another time; they are
/// as the last file has them where files overlap; else all of their lines count. Either is asked. In
/// one file, orders of a number that comes again much later may be others, too.
pub fn settle(
    source: &dyn Source,
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Ok(trial) = &*tried else { return };
    let across = trial.warned(WarningKind::OrdersAcross);
    let is_one = draft.purchases().is_some_and(|table| table.parts.is_empty());
    let has_orders = draft.purchases().is_some_and(|table| table.column("order_id").is_some());
    let (far, numbers) = (trial.count.anew.far, trial.count.anew.numbers() as u64);
    let is_rare = if is_one {
        !has_orders || far < FEW || far.saturating_mul(20) < numbers
    } else {
        across == 0
    };
    if is_rare {
        return;
    }
    let likely = if is_one {
        if far.saturating_mul(4) >= numbers { OrdersAcross::Apart } else { OrdersAcross::Add }
    } else if trial.another().saturating_mul(2) >= across {
        OrdersAcross::Apart
    } else if trial.again() > 0 {
        OrdersAcross::LastFile
    } else {
        OrdersAcross::Add
    };
    let before = trial.rejected();
    let mut other = draft.clone();
    let (Some(table), Some(now)) = (other.purchases_mut(), draft.purchases_mut()) else { return };
    (table.orders_across, now.orders_across) = (Some(likely), Some(OrdersAcross::Add));
    if likely == OrdersAcross::Add {
        return;
    }
    if let Ok(trial) = trial::of(source, &other, count())
        && trial.rejected() <= before
    {
        (*draft, *tried) = (other, Ok(trial));
    }
}

impl Trial {
    /// Orders of an earlier file's numbers that seem to be others.
    fn another(&self) -> u64 {
        self.imported.files.iter().map(|file| file.another).fold(0, u64::saturating_add)
    }
}
