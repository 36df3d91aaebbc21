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
use crate::ui::{Disclosure, Icon, Later, use_sheet};

/// The bar.
#[component(FilterBar)]
pub fn filter_bar() -> Html {
    let (store, filters) = (use_store(), use_filters());
    let fold = use_sheet();
    let done = {
        let fold = fold.clone();
        Callback::from(move |_: MouseEvent| fold.close())
    };
    let menu = |&dimension: &Dimension| values_menu(&store, &filters, dimension);
    let sheet = classes!("filters__sheet", fold.is_open().then_some("filters__sheet--open"));
    html! {
        <section id="filters" class="filters" aria-label={say!("Filters")} ref={&fold.root} onkeydown={fold.keys()}>
            <div class="filters__bar">
                { fold_button(&store, &filters, &fold) }
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
                    // A link to what is in this tab alone leads nowhere.
                    if store.own.is_none() { { share_menu() } }
                </div>
            </div>
            <Later part={PARTS.part(FilterPart::Spoken)} />
        </section>
    }
}

/// The one button that narrow pages show, with the number of filters in force.
fn fold_button(store: &Store, filters: &Filters, fold: &Disclosure) -> Html {
    let known = store.manifest().zip(filters.view());
    let active = known.map_or(0, |(manifest, view)| chips::active(&view, &manifest.meta));
    let name = match active {
        0 => say!("Filters"),
        _ => count!(active, "Filters, 1 active", "Filters, {n} active"),
    };
    html! {
        <button
            ref={&fold.button}
            class={classes!("filter-button", "filters__fold", (active > 0).then_some("filter-button--active"))}
            type="button"
            aria-expanded={fold.is_open().to_string()}
            aria-controls="filters-sheet"
            aria-label={name}
            onclick={fold.toggle()}
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
