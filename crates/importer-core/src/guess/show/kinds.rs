//! Rows of orders that came to nothing, and of what was given back, by what a column says of them.

use super::Tried;
use crate::guess::build::Purchases;
use crate::guess::count::{Count, Watched};
use crate::guess::draft::Draft;
use crate::guess::lost;
use crate::guess::source::Source;
use crate::guess::trial::{self, Trial};

/// Leaves out what came to nothing, and takes off what was given back; either is asked. Gives what
/// all rows say in that column, those that do not count among them.
pub fn settle(
    source: &dyn Source,
    found: &Purchases<'_>,
    draft: &mut Draft,
    tried: &mut Tried,
    count: impl Fn() -> Count,
) -> Option<Watched> {
    let Ok(trial) = &*tried else { return None };
    let kinds = lost::kinds(found, &trial.count)?;
    let mut with = draft.clone();
    let table = with.purchases_mut()?;
    let look = found.choosing.look;
    let mut all = trial.count.watched.iter();
    let all = all.find(|known| look.column(known.at).name == kinds.column)?.clone();
    table.kinds = Some(kinds);
    let Ok(again) = trial::of(source, &with, count()) else { return None };
    (*draft, *tried) = (with, Ok(again));
    Some(all)
}

/// Lets the column that says of which kind rows are tell of all rows.
pub fn tell_all(trial: &mut Trial, all: Option<Watched>) {
    let Some(all) = all else { return };
    if let Some(known) = trial.count.watched.iter_mut().find(|known| known.at == all.at) {
        *known = all;
    }
}
