//! Orders of which several files have lines that differ.

use snapshot::meta::WarningKind;

use super::Tried;
use crate::guess::count::Count;
use crate::guess::draft::Draft;
use crate::guess::source::Source;
use crate::guess::trial::{self, Trial};
use crate::import::file_names::OrdersAcross;

/// Such orders are other ones where they are of other customers or of quite another time; they are
/// as the last file has them where files overlap; else all of their lines count. Either is asked.
pub fn settle(
    source: &dyn Source,
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) {
    let Ok(trial) = &*tried else { return };
    let across = trial.warned(WarningKind::OrdersAcross);
    if across == 0 {
        return;
    }
    let likely = if trial.another().saturating_mul(2) >= across {
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
