//! What newer data changed is pointed out for a moment.

use yew::prelude::*;

use crate::session::live::use_live;
use crate::session::newer::use_newer;

/// The class of what a newer snapshot, or what happened since, gave another value, until the next
/// change.
///
/// The style sheet shows it for a moment; two names in turn, so that it does so each time.
#[hook]
pub fn use_changed<T: Clone + PartialEq + 'static>(value: &T) -> Option<&'static str> {
    let swaps = use_newer().swaps.wrapping_add(use_live().turns);
    let before = use_mut_ref(|| (value.clone(), swaps, None));
    let mut before = before.borrow_mut();
    if before.0 != *value {
        let class = if swaps % 2 == 0 { "changed changed--again" } else { "changed" };
        *before = (value.clone(), swaps, (before.1 != swaps).then_some(class));
    } else if before.1 != swaps {
        (before.1, before.2) = (swaps, None);
    }
    before.2
}
