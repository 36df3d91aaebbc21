//! The filters in force, each removed by one press.

use facts::{Dimension, View};
use filters::Step;
use filters::span::DIMENSIONS;
use snapshot::Meta;
use web_sys::HtmlElement;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::provider::use_filters;
use crate::session::store::use_store;
use crate::ui::{Icon, give_focus};

/// So many values of a dimension have a chip each; more share one.
const APART: usize = 3;
/// So many of those that share a chip are named on it.
const NAMED: usize = 2;

/// A filter in force.
struct Chip {
    name: String,
    value: String,
    /// All that it stands for, where its value names only some.
    all: Option<String>,
    off: Step,
}

/// How many chips a view has.
pub fn active(view: &View, meta: &Meta) -> usize {
    chips(view, meta).len()
}

fn chips(view: &View, meta: &Meta) -> Vec<Chip> {
    let mut chips = Vec::new();
    if !view.same_period(&View::default_for(meta)) {
        chips.push(Chip {
            name: say!("Period"),
            value: names::range(view, meta),
            all: None,
            off: Step::ClearRange,
        });
    }
    for dimension in DIMENSIONS {
        chips.extend(of_dimension(view, meta, dimension));
    }
    let usual = view.kind.compared_with();
    if view.compare != usual {
        chips.push(Chip {
            name: say!("Compared with"),
            value: names::compare(view.compare),
            all: None,
            off: Step::Compare(usual),
        });
    }
    chips
}

fn of_dimension(view: &View, meta: &Meta, dimension: Dimension) -> Vec<Chip> {
    let codes = view.scope.set(dimension).codes();
    let name = names::dimension(dimension);
    if codes.len() > APART {
        let all: Vec<String> =
            codes.iter().map(|&code| names::value(meta, dimension, code)).collect();
        let value =
            say!("{names} and {n} more", names = all[..NAMED].join(", "), n = all.len() - NAMED);
        let all = Some(all.join(", "));
        return vec![Chip { name, value, all, off: Step::Clear(dimension) }];
    }
    let chip = |&code: &u16| Chip {
        name: name.clone(),
        value: names::value(meta, dimension, code),
        all: None,
        off: Step::Toggle(dimension, code),
    };
    codes.iter().map(chip).collect()
}

/// The chips, and the way back to the default.
#[component(Chips)]
pub fn chips_row() -> Html {
    let (store, filters) = (use_store(), use_filters());
    let node = use_node_ref();
    let removed = use_mut_ref(|| None::<u32>);
    {
        // A chip that goes takes the focus with it: the next one, or the page, gets it.
        let (node, removed) = (node.clone(), removed.clone());
        use_effect_with(filters.view(), move |_| {
            if let Some(at) = removed.take() {
                focus_near(&node, at);
            }
        });
    }
    let (Some(manifest), Some(view)) = (store.manifest(), filters.view()) else { return html! {} };
    let take = |at: u32, step: Step| {
        let (filters, removed) = (filters.clone(), removed.clone());
        Callback::from(move |_: MouseEvent| {
            removed.replace(Some(at));
            filters.apply(step.clone());
        })
    };
    let chips = chips(&view, &manifest.meta);
    let last = u32::try_from(chips.len()).unwrap_or_default();
    let item = |(at, Chip { name, value, all, off }): (u32, Chip)| {
        let label = say!("Remove filter {name}: {value}", name = name, value = value);
        html! {
            <li key={label.clone()}>
                <button class="chip" type="button" aria-label={label} title={all} onclick={take(at, off)}>
                    <span class="chip__name">{ name }</span>
                    { " " }
                    <bdi class="chip__value">{ value }</bdi>
                    { Icon::Close.small() }
                </button>
            </li>
        }
    };
    if chips.is_empty() {
        return html! {};
    }
    html! {
        <ul class="chips" aria-label={say!("Active filters")} ref={node}>
            { for (0..).zip(chips).map(item) }
            if view.scope.restricts_customers() {
                <li key="classes" class="chips__note">{ names::classes_note(&manifest.meta) }</li>
            }
            <li key="reset">
                <button class="button button--quiet chips__reset" type="button" onclick={take(last, Step::Reset)}>
                    { say!("Reset all") }
                </button>
            </li>
        </ul>
    }
}

fn focus_near(row: &NodeRef, at: u32) {
    let chips = row.cast::<HtmlElement>().and_then(|row| row.query_selector_all(".chip").ok());
    let left = chips.as_ref().map_or(0, web_sys::NodeList::length);
    let next = match chips.filter(|_| left > 0) {
        Some(chips) => chips.item(at.min(left - 1)),
        None => gloo::utils::document().get_element_by_id("main").map(Into::into),
    };
    give_focus(next.and_then(|next| wasm_bindgen::JsCast::dyn_into(next).ok()));
}
