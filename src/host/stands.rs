//! Whether what a component gave out last stands on the page whole.

use yew::prelude::*;

/// True as soon as what was drawn of `what` stands, with all the parts that are drawn by components
/// of their own.
///
/// Drawing may pause for a frame between a component and the parts inside it. Who takes a mark away
/// that says "not of this moment" waits for this: else old numbers would stand there unmarked.
#[hook]
pub fn use_stands<T: Clone + PartialEq + 'static>(what: Option<T>) -> bool {
    let standing = use_state_eq(|| None::<T>);
    let stands = *standing == what;
    use_effect_with(what, move |what| standing.set(what.clone()));
    stands
}
