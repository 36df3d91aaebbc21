//! What a card will show when the snapshot that is coming takes over.

use std::rc::Rc;

use widgets::{ChartKind, Outcome};
use yew::prelude::*;

use super::computed::{Job, computed};
use super::slots::{Next, Slots};
use crate::ask::{Comes, Known, use_prepared};
use crate::host::page::use_page;
use crate::host::signal::Signal;
use crate::look::Look;

/// Computes the widget from the snapshot that is coming, which does not take over before; for a card
/// that nobody sees nothing is fetched.
#[hook]
pub fn use_next(
    widget: Known,
    kind: Option<ChartKind>,
    dark: bool,
    near: &Rc<Signal>,
    slots: &Slots,
) {
    let (near, slots, turns) = (near.clone(), slots.clone(), use_page().turns);
    use_prepared((dark, kind), move |Comes { data, view, .. }, &(dark, kind)| {
        let look = Look::new(data.facts.meta(), dark);
        let job = Job { widget, data, view, look, dark, kind, failed: false };
        // What was prepared for another view is none of it.
        slots.next.borrow_mut().take_if(|next| !next.is_for(&job));
        async move {
            turns.take(near.clone()).await;
            let is_near = near.get();
            let known = job.data.from_cache();
            let data = if is_near { &*job.data } else { &known };
            let names = widget.people(&data.facts, &job.view);
            if is_near {
                data.know(&names).await?;
            }
            let named = data.with_people(|people| people.missing(&names)).is_empty();
            let outcome = computed(&job, data);
            if !named || matches!(outcome, Outcome::Loading(_)) {
                return Ok(!is_near);
            }
            slots.next.replace(Some(Next::of(job, outcome, slots.computed.as_ref())));
            Ok(true)
        }
    });
}
