//! What trends compare with, as a list of three.

use facts::Compare;
use filters::Step;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::provider::Filters;
use crate::ui::Select;

const ALL: [Compare; 3] = [Compare::Previous, Compare::YearBefore, Compare::None];

/// The list.
pub fn compare_list(filters: &Filters) -> Html {
    let Some(view) = filters.view() else { return html! {} };
    let (current, filters) = (view.compare, filters.clone());
    let chosen = Callback::from(move |at: usize| {
        if let Some(&compare) = ALL.get(at) {
            filters.apply(Step::Compare(compare));
        }
    });
    let option = |compare: &Compare| match compare {
        Compare::Previous => say!("vs previous period"),
        Compare::YearBefore => say!("vs last year"),
        Compare::None => names::compare(*compare),
    };
    let active = current != view.kind.compared_with();
    html! {
        <Select
            options={ALL.iter().map(option).collect::<Vec<_>>()}
            at={ALL.iter().position(|compare| *compare == current).unwrap_or_default()}
            {chosen}
            name={say!("Compare with")}
            classes={classes!("filter-select", active.then_some("filter-select--active"))}
        />
    }
}
