//! What lives as long as the page and is shared by all of it: the ledger of work, whose turn it is, and
//! whether news keep coming.

use yew::prelude::*;

use super::calm::Calm;
use super::ready::Busy;
use super::turns::Turns;

/// Ledger and queue that live as long as the page.
#[derive(Clone, Default, PartialEq)]
pub struct Page {
    /// Work under way.
    pub busy: Busy,
    /// Who computes or draws next.
    pub turns: Turns,
    /// Calm while no events are laid over the data.
    pub calm: Calm,
}

/// What lives as long as the page.
#[hook]
pub fn use_page() -> Page {
    use_context::<Page>().unwrap_or_default()
}
