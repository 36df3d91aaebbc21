//! How components reach the store and what else is shared by all of them.

use yew::prelude::*;

use crate::ready::Busy;
use crate::state::State;
use crate::turns::Turns;

/// The store as components hold it.
pub type Store = UseReducerHandle<State>;

/// Ledger and queue that live as long as the page.
#[derive(Clone, Default, PartialEq)]
pub struct Page {
    /// Work under way.
    pub busy: Busy,
    /// Who draws next.
    pub turns: Turns,
}

/// The store.
///
/// # Panics
/// Outside of the app component, which provides it.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_store() -> Store {
    use_context::<Store>().expect("the app provides the store")
}

/// What lives as long as the page.
#[hook]
pub fn use_page() -> Page {
    use_context::<Page>().unwrap_or_default()
}
