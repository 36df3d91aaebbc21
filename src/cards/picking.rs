//! What choosing a mark, a row or a card leads to: a step of the filter, or another view.

use facts::KpiId;
use widgets::Pick;
use words::say;
use yew::prelude::*;

use super::said::use_says;
use crate::filter::GoTo;
use crate::filter::{Step, use_filters, use_go, use_view};
use crate::host::task::{self, Task};
use crate::session::insist::note;
use crate::session::store::use_store;
use crate::ui::{Route, sentence};

/// Follows what the reader picks.
#[hook]
pub fn use_picking() -> Callback<Pick> {
    let (store, filters, go) = (use_store(), use_filters(), use_go());
    let looking = use_mut_ref(|| None::<Task>);
    let inputs = (store.data().cloned(), filters, go, use_says());
    use_callback(inputs, move |pick: Pick, (data, filters, go, says)| {
        says.emit(None);
        match pick {
            Pick::Code(dimension, code) => filters.apply(Step::Toggle(dimension, code)),
            Pick::Days(range) => filters.apply(Step::ToggleRange(range)),
            Pick::Kpi(id) => go.emit(kpi(id)),
            Pick::Satisfaction => go.emit(Route::Satisfaction),
            Pick::Customer(customer) => {
                let (data, go, says) = (data.clone(), go.clone(), says.clone());
                let task = task::start(async move {
                    let Some(data) = data else { return };
                    // Without an answer there is no address to go to.
                    if let Err(error) = data.know(&[customer]).await {
                        note(&error);
                        let reason = sentence(&error.to_string());
                        let told = say!("The customer could not be looked up. {reason}", reason);
                        return says.emit(Some(told.into()));
                    }
                    let id = data.with_people(|people| {
                        people.get(customer).map(|person| person.customer_id.clone())
                    });
                    id.into_iter().for_each(|id| go.emit(Route::Customer { id }));
                });
                looking.replace(Some(task));
            }
        }
    })
}

/// The view of a KPI.
pub fn kpi(id: KpiId) -> Route {
    Route::Kpi { id: id.def().key.to_owned() }
}

/// The view that a pick opens, if it opens one whose address is known.
#[hook]
pub fn use_target(pick: Option<Pick>) -> Option<Route> {
    let store = use_store();
    match pick? {
        Pick::Kpi(id) => Some(kpi(id)),
        Pick::Satisfaction => Some(Route::Satisfaction),
        Pick::Customer(customer) => store.data()?.with_people(|people| {
            let id = people.get(customer)?.customer_id.clone();
            Some(Route::Customer { id })
        }),
        Pick::Code(..) | Pick::Days(_) => None,
    }
}

/// What can be picked.
#[derive(PartialEq, Properties)]
pub struct PickedProps {
    /// What picking it leads to; nothing for plain content.
    pub pick: Option<Pick>,
    /// Classes of the link or button.
    #[prop_or_default]
    pub classes: Classes,
    /// Its content.
    pub children: Html,
}

/// Content that can be picked: a link where it opens a view, a button where it changes the filter.
#[component(Picked)]
pub fn picked(props: &PickedProps) -> Html {
    let (picking, target, view) = (use_picking(), use_target(props.pick), use_view());
    let children = props.children.clone();
    let classes = classes!("picked", props.classes.clone());
    let Some(pick) = props.pick else { return children };
    if let Some(to) = target {
        return html! { <GoTo {to} {classes}>{ children }</GoTo> };
    }
    let pressed = view.and_then(|view| match pick {
        Pick::Code(dimension, code) => {
            let set = view.scope.set(dimension);
            Some(!set.is_all() && set.allows(code))
        }
        Pick::Days(range) => Some(view.scope.range == range),
        _ => None,
    });
    let press = picking.reform(move |_: MouseEvent| pick);
    html! {
        <button
            class={classes}
            type="button"
            aria-pressed={pressed.map(|pressed| pressed.to_string())}
            onclick={press}
        >
            { children }
        </button>
    }
}
