//! How components reach the store.

use yew::prelude::*;

use crate::session::state::State;

/// The store as components hold it.
pub type Store = UseReducerHandle<State>;

/// The store.
///
/// # Panics
/// Outside of the app component, which provides it.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_store() -> Store {
    use_context::<Store>().expect("the app provides the store")
}
