//! The filter bar under the header; where it is narrow, a sheet behind one button.

use facts::Dimension;
use filters::span::DIMENSIONS;
use words::{count, say};
use yew::prelude::*;

use super::chips;
use super::compare::compare_list;
use super::parts::{FilterPart, PARTS};
use super::period::period_menu;
use super::provider::{Filters, use_filters};
use super::saved_menu::saved_menu;
use super::share::share_menu;
use super::values::values_menu;
use crate::session::store::{Store, use_store};
use crate::ui::{Icon, Later, PRESSED, give_focus, use_outside};

/// The bar.
#[component(FilterBar)]
pub fn filter_bar() -> Html {
    let (store, filters) = (use_store(), use_filters());
    let unfolded = use_state(|| false);
    let button = use_node_ref();
    let node = use_node_ref();
    let shut = {
        let unfolded = unfolded.clone();
        Callback::from(move |()| unfolded.set(false))
    };
    use_outside(*unfolded, &node, PRESSED, shut);
    let fold = {
        let (unfolded, button) = (unfolded.clone(), button.clone());
        Callback::from(move |()| {
            unfolded.set(false);
            give_focus(button.cast());
        })
    };
    let done = fold.reform(|_: MouseEvent| ());
    let onkeydown = {
        let unfolded = unfolded.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *unfolded {
                fold.emit(());
            }
        })
    };
    let menu = |&dimension: &Dimension| values_menu(&store, &filters, dimension);
    let sheet = classes!("filters__sheet", unfolded.then_some("filters__sheet--open"));
    html! {
        <section id="filters" class="filters" aria-label={say!("Filters")} ref={node} {onkeydown}>
            <div class="filters__bar">
                { fold_button(&store, &filters, unfolded, button) }
                { period_menu(&store, &filters) }
                <div class={sheet} id="filters-sheet">
                    { compare_list(&filters) }
                    <span class="filters__rule" />
                    { for DIMENSIONS.iter().map(menu) }
                    <button class="button filters__done" type="button" onclick={done}>
                        { say!("Done") }
                    </button>
                </div>
                <div class="filters__end">
                    { steps(&filters) }
                    { saved_menu() }
                    { share_menu() }
                </div>
            </div>
            <Later part={PARTS.part(FilterPart::Spoken)} />
        </section>
    }
}

/// The one button that narrow pages show, with the number of filters in force.
fn fold_button(
    store: &Store,
    filters: &Filters,
    unfolded: UseStateHandle<bool>,
    node: NodeRef,
) -> Html {
    let expanded = unfolded.to_string();
    let known = store.manifest().zip(filters.view());
    let active = known.map_or(0, |(manifest, view)| chips::active(&view, &manifest.meta));
    let press = Callback::from(move |_: MouseEvent| unfolded.set(!*unfolded));
    let name = match active {
        0 => say!("Filters"),
        _ => count!(active, "Filters, 1 active", "Filters, {n} active"),
    };
    html! {
        <button
            ref={node}
            class={classes!("filter-button", "filters__fold", (active > 0).then_some("filter-button--active"))}
            type="button"
            aria-expanded={expanded}
            aria-controls="filters-sheet"
            aria-label={name}
            onclick={press}
        >
            { Icon::Filter.small() }
            <span class="filters__word">{ say!("Filters") }</span>
            { " " }
            if active > 0 {
                <span class="badge">{ active }</span>
            }
        </button>
    }
}

/// Undo and redo: the browser's Back and Forward, as far as they lead to other filters.
fn steps(filters: &Filters) -> Html {
    let reach = filters.reach();
    let undo = {
        let filters = filters.clone();
        Callback::from(move |_: MouseEvent| filters.undo())
    };
    let redo = {
        let filters = filters.clone();
        Callback::from(move |_: MouseEvent| filters.redo())
    };
    // Not `disabled`: a button that is pressed to its end would lose the focus.
    let button = |icon: Icon, name: String, possible: bool, onclick: Callback<MouseEvent>| {
        html! {
            <button
                class="icon-button"
                type="button"
                aria-disabled={(!possible).then_some("true")}
                aria-label={name.clone()}
                title={name}
                {onclick}
            >
                { icon.small() }
            </button>
        }
    };
    html! {
        <div class="filters__steps">
            { button(Icon::Undo, say!("Undo the last filter step"), reach.undo, undo) }
            { button(Icon::Redo, say!("Redo the filter step"), reach.redo, redo) }
        </div>
    }
}
