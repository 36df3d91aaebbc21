//! After each step, one sentence for those who listen: what the revenue is now, and of what.

use facts::{Part, View};
use snapshot::Meta;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::provider::use_filters;
use crate::session::data::Data;
use crate::session::store::use_store;

/// The sentence, silent until the first step.
#[component(Spoken)]
pub fn spoken() -> Html {
    let (store, view) = (use_store(), use_filters().view());
    let first = use_mut_ref(|| None);
    let sentence = use_mut_ref(String::new);
    if let (Some(data), Some(view)) = (store.data(), &view) {
        let known = first.borrow().clone();
        match known {
            None => drop(first.replace(Some(view.clone()))),
            Some(shown) if shown == *view => {}
            Some(_) => {
                if let Some(said) = say_of(data, view) {
                    sentence.replace(said);
                    first.replace(Some(view.clone()));
                }
            }
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
