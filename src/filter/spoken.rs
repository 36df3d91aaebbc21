//! After each step, one sentence for those who listen: what the revenue is now, and of what.

use facts::{Part, View};
use snapshot::Meta;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::provider::use_filters;
use crate::host::shared::Shared;
use crate::session::data::Data;
use crate::session::store::use_store;

/// The sentence, silent until the first step.
#[component(Spoken)]
pub fn spoken() -> Html {
    let (store, filters) = (use_store(), use_filters());
    let (view, asked) = (filters.view(), filters.query().to_owned());
    let known = use_mut_ref(|| None::<(String, Shared<View>)>);
    let sentence = use_mut_ref(String::new);
    if let (Some(data), Some(view)) = (store.data(), view) {
        let before = known.borrow().clone();
        // A day more, as orders come in, is no step of the reader's.
        let is_step = |(query, shown): &(String, Shared<View>)| *query != asked && *shown != view;
        let said = before.as_ref().filter(|before| is_step(before)).map(|_| say_of(data, &view));
        if let Some(Some(said)) = &said {
            sentence.replace(said.clone());
        }
        if said != Some(None) {
            known.replace(Some((asked, view)));
        }
    }
    let said = sentence.borrow().clone();
    html! { <p class="sr-only" role="status">{ said }</p> }
}

/// None until the revenue is known.
fn say_of(data: &Data, view: &View) -> Option<String> {
    let meta: &Meta = data.facts.meta();
    let totals = data.facts.totals(&view.scope, &[Part::Sales]).ready()?;
    let described = names::described(view, meta).into_iter().map(|(_, value)| value);
    // Period, then the values chosen; what it is compared with is not part of it.
    let parts: Vec<String> =
        described.enumerate().filter(|(at, _)| *at != 1).map(|(_, v)| v).collect();
    Some(say!(
        "Revenue now {revenue} for {parts}.",
        revenue = names::format(meta).money(totals.revenue),
        parts = parts.join(", ")
    ))
}
