//! What the first drawing of a visit leaves to the moments after it: the numbers are on the page
//! sooner, and no single piece of work is long.

use std::cell::Cell;

use gloo::timers::future::TimeoutFuture;
use yew::prelude::*;

use crate::host::page::use_page;
use crate::host::task;

thread_local! {
    /// True as soon as a first drawing stands.
    static STANDS: Cell<bool> = const { Cell::new(false) };
}

/// False in the first drawing of a visit, true a moment later and in all others.
#[hook]
pub fn use_settled() -> bool {
    let (settled, page) = (use_state(|| STANDS.get()), use_page());
    let is_settled = *settled;
    use_effect_with((), move |()| {
        let task = (!is_settled).then(|| {
            let working = page.busy.begin();
            task::start(async move {
                let _working = working;
                TimeoutFuture::new(0).await;
                STANDS.set(true);
                settled.set(true);
            })
        });
        move || drop(task)
    });
    is_settled
}
