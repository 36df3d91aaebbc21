//! The values of a dimension as checkboxes, with the customers behind each.

use facts::{Dimension, Grouping, Part};
use filters::{Step, labels};
use web_sys::HtmlInputElement;
use widgets::shown;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::provider::{Filters, use_filters};
use crate::session::store::use_store;
use crate::ui::number;

/// Lists longer than this have a search box.
const SEARCHED_FROM: usize = 13;

/// Which dimension.
#[derive(PartialEq, Properties)]
pub struct ValuesProps {
    /// The dimension.
    pub dimension: Dimension,
}

/// The panel: a checkbox a value.
#[component(Values)]
pub fn values(props: &ValuesProps) -> Html {
    let (store, filters) = (use_store(), use_filters());
    let wanted = use_state(String::new);
    let dimension = props.dimension;
    let counts = use_memo((store.data().cloned(), filters.view()), |(data, view)| {
        let (data, view) = data.as_ref().zip(view.as_ref())?;
        if !data.facts.meta().has_customers() {
            return None;
        }
        let scope = view.scope.without(dimension);
        let groups =
            data.facts.groups(&scope, Grouping::By(dimension), &[Part::Customers]).ready()?;
        let format = names::format(data.facts.meta());
        let text = |count: i64| (format.count(count), count.to_string());
        Some(groups.iter().map(|group| text(group.customers)).collect::<Vec<_>>())
    });
    let (Some(manifest), Some(view)) = (store.manifest(), filters.view()) else { return html! {} };
    let labels = labels(&manifest.meta, dimension);
    let chosen = view.scope.set(dimension).clone();
    let search = wanted.to_lowercase();
    let row = |(code, label): (u16, &String)| {
        let name = shown::label(label);
        let fits = search.is_empty() || name.to_lowercase().contains(&search);
        let count = (*counts).as_ref().and_then(|counts| counts.get(usize::from(code)));
        fits.then(|| {
            html! {
                <Value
                    key={code}
                    {dimension}
                    {code}
                    {name}
                    checked={chosen.codes().contains(&code)}
                    count={count.cloned()}
                />
            }
        })
    };
    let rows: Vec<Html> = (0..).zip(labels).filter_map(row).collect();
    let clear = step(&filters, Step::Clear(dimension));
    html! {
        <>
            if labels.len() >= SEARCHED_FROM {
                <SearchBox wanted={wanted.clone()} />
            }
            if rows.is_empty() {
                <p class="menu__none">{ say!("No value with this name") }</p>
            }
            <ul class="values">{ for rows }</ul>
            <div class="menu__foot">
                <span class="quiet">
                    if manifest.meta.has_customers() { { say!("Customers in this selection") } }
                </span>
                <button
                    class="button button--quiet"
                    type="button"
                    data-item=""
                    // Not `disabled`: pressed, it would lose the focus.
                    aria-disabled={chosen.is_all().then_some("true")}
                    onclick={clear}
                >
                    { say!("Clear") }
                </button>
            </div>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct SearchBoxProps {
    wanted: UseStateHandle<String>,
}

#[component(SearchBox)]
fn search_box(props: &SearchBoxProps) -> Html {
    let oninput = {
        let wanted = props.wanted.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            wanted.set(input.map(|input| input.value()).unwrap_or_default());
        })
    };
    html! {
        <input
            class="field"
            type="search"
            data-search=""
            aria-label={say!("Find a value")}
            placeholder={say!("Find a value")}
            value={(*props.wanted).clone()}
            {oninput}
        />
    }
}

#[derive(PartialEq, Properties)]
struct ValueProps {
    dimension: Dimension,
    code: u16,
    name: String,
    checked: bool,
    count: Option<(String, String)>,
}

/// One value.
#[component(Value)]
fn value(props: &ValueProps) -> Html {
    let filters = use_filters();
    let onchange = {
        let step = Step::Toggle(props.dimension, props.code);
        Callback::from(move |_: Event| filters.apply(step.clone()))
    };
    html! {
        <li>
            <label class="value">
                <input type="checkbox" data-item="" checked={props.checked} {onchange} />
                <span class="value__name" dir="auto">{ &props.name }</span>
                if let Some((text, exact)) = &props.count {
                    <span class="value__count">{ number(text, Some(exact)) }</span>
                }
            </label>
        </li>
    }
}

/// A press that takes a step.
fn step(filters: &Filters, step: Step) -> Callback<MouseEvent> {
    let filters = filters.clone();
    Callback::from(move |_| filters.apply(step.clone()))
}
