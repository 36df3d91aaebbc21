//! What cannot come, because nobody can be asked.

use yew::prelude::*;

use crate::host::keeper::use_host;

/// True if there is no answer, since the host is lost; and as long as that is so, while it is asked
/// again: what cannot come is not said to be on its way.
#[hook]
pub fn use_away(has_failed: bool, is_behind: bool) -> bool {
    let before = use_mut_ref(|| false);
    let mut before = before.borrow_mut();
    *before = use_host().is_lost() && (has_failed || *before && is_behind);
    *before
}
