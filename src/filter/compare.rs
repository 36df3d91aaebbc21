//! What trends compare with, as a list of three.

use facts::Compare;
use filters::Step;
use web_sys::HtmlSelectElement;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::provider::Filters;

const ALL: [Compare; 3] = [Compare::Previous, Compare::YearBefore, Compare::None];

/// The list.
pub fn compare_list(filters: &Filters) -> Html {
    let Some(view) = filters.view() else { return html! {} };
    let (current, filters) = (view.compare, filters.clone());
    let onchange = Callback::from(move |event: Event| {
        let list = event.target_dyn_into::<HtmlSelectElement>();
        let at = list.and_then(|list| usize::try_from(list.selected_index()).ok());
        if let Some(&compare) = at.and_then(|at| ALL.get(at)) {
            filters.apply(Step::Compare(compare));
        }
    });
    let option = |&compare: &Compare| {
        let name = match compare {
            Compare::Previous => say!("vs previous period"),
            Compare::YearBefore => say!("vs last year"),
            Compare::None => names::compare(compare),
        };
        html! { <option selected={compare == current}>{ name }</option> }
    };
    let active = current != view.kind.compared_with();
    html! {
        <select
            class={classes!("select", "filter-select", active.then_some("filter-select--active"))}
            aria-label={say!("Compare with")}
            {onchange}
        >
            { for ALL.iter().map(option) }
        </select>
    }
}
