//! What lives as long as the page and is shared by all of it: the ledger of work, and whose turn it is.

use yew::prelude::*;

use super::ready::Busy;
use super::turns::Turns;

/// Ledger and queue that live as long as the page.
#[derive(Clone, Default, PartialEq)]
pub struct Page {
    /// Work under way.
    pub busy: Busy,
    /// Who draws next.
    pub turns: Turns,
}

/// What lives as long as the page.
#[hook]
pub fn use_page() -> Page {
    use_context::<Page>().unwrap_or_default()
}
