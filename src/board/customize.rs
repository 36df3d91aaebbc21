//! Choosing and ordering key figures and cards: lists for the settings, and a dialog on the dashboard.

use facts::{KPIS, KpiId};
use web_sys::{HtmlDialogElement, HtmlInputElement};
use words::say;
use yew::prelude::*;

use super::order::moved_by;
use crate::ask::Known;
use crate::look::prefs::{Layout, PrefsChange, shown_kpis, use_prefs};
use crate::session::store::use_store;
use crate::ui::Icon;

/// A list of all key figures: a tick shows one, buttons move it.
#[component(KpiChooser)]
pub fn kpi_chooser() -> Html {
    let (prefs, change) = use_prefs();
    let store = use_store();
    let manifest = store.manifest();
    let has =
        |id: KpiId| manifest.is_none_or(|manifest| facts::kpi::counted_in(&manifest.meta, id));
    let shown = shown_kpis(prefs.layout.kpis.as_deref(), has);
    let rest = KPIS.iter().map(|def| def.id).filter(|id| has(*id) && !shown.contains(id));
    let set = {
        let layout = prefs.layout.clone();
        Callback::from(move |kpis: Vec<KpiId>| {
            change.emit(PrefsChange::Layout(Layout { kpis: Some(kpis), ..layout.clone() }));
        })
    };
    let item = |id: KpiId| {
        let def = id.def();
        let at = shown.iter().position(|known| *known == id);
        let tick = {
            let shown = shown.clone();
            set.reform(move |event: Event| {
                let on = event
                    .target_dyn_into::<HtmlInputElement>()
                    .is_some_and(|input| input.checked());
                let mut kpis: Vec<KpiId> =
                    shown.iter().copied().filter(|known| *known != id).collect();
                kpis.extend(on.then_some(id));
                kpis
            })
        };
        // A row without any figure is no choice.
        let last = at.is_some() && shown.len() == 1;
        let by = {
            let shown = shown.clone();
            set.reform(move |by: isize| moved_by(&shown, id, by))
        };
        html! {
            <li class="order__item" key={def.key}>
                <label class="order__label">
                    <input type="checkbox" checked={at.is_some()} disabled={last} onchange={tick} />
                    <span>
                        { words::say(def.label) }
                        <small class="order__text">{ words::say(def.definition) }</small>
                    </span>
                </label>
                { for at.map(|at| movers(&words::say(def.label), at, shown.len(), by)) }
            </li>
        }
    };
    html! { <ul class="order">{ for shown.iter().copied().chain(rest).map(item) }</ul> }
}

/// A list of all cards, with buttons that move them.
#[component(CardOrder)]
pub fn card_order() -> Html {
    let (prefs, change) = use_prefs();
    let store = use_store();
    let meta = store.manifest().map(|manifest| &manifest.meta);
    let order = prefs.layout.ordered(Known::there(meta).map(|widget| widget.id()));
    let item = |(at, id): (usize, &&'static str)| {
        let id = *id;
        let title = words::say(widgets::by_id(id)?.title());
        let by = {
            let (order, layout) = (order.clone(), prefs.layout.clone());
            change.reform(move |by: isize| {
                let cards = Some(moved_by(&order, id, by));
                PrefsChange::Layout(Layout { cards, ..layout.clone() })
            })
        };
        let buttons = movers(&title, at, order.len(), by);
        Some(html! {
            <li class="order__item" key={id}><span class="order__label">{ &title }</span>{ buttons }</li>
        })
    };
    html! { <ol class="order">{ for order.iter().enumerate().filter_map(item) }</ol> }
}

/// The buttons that move one of a list.
fn movers(name: &str, at: usize, count: usize, by: Callback<isize>) -> Html {
    let earlier = by.reform(|_: MouseEvent| -1);
    let later = by.reform(|_: MouseEvent| 1);
    html! {
        <span class="order__movers">
            <button
                class="icon-button"
                type="button"
                aria-label={say!("Move {name} earlier", name = name)}
                aria-disabled={(at == 0).to_string()}
                onclick={earlier}
            >
                { Icon::Earlier.small() }
            </button>
            <button
                class="icon-button"
                type="button"
                aria-label={say!("Move {name} later", name = name)}
                aria-disabled={(at + 1 >= count).to_string()}
                onclick={later}
            >
                { Icon::Later.small() }
            </button>
        </span>
    }
}

/// The button on the dashboard, and the dialog it opens.
#[component(CustomizeButton)]
pub fn customize_button() -> Html {
    let (prefs, change) = use_prefs();
    let dialog = use_node_ref();
    let open = use_state(|| false);
    let show = {
        let (dialog, open) = (dialog.clone(), open.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(true);
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                // Refused only when it is open already.
                let _ = dialog.show_modal();
            }
        })
    };
    let close = {
        let dialog = dialog.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |_: Event| open.set(false))
    };
    let reset = change.reform(|_: MouseEvent| PrefsChange::Layout(Layout::default()));
    let untouched = prefs.layout == Layout::default();
    html! {
        <>
            <button class="button page-head__tool" type="button" onclick={show} title={say!("Customize")}>
                { Icon::Settings.small() }
                <span>{ say!("Customize") }</span>
            </button>
            <dialog class="dialog" ref={dialog} aria-labelledby="customize-title" {onclose}>
                <header class="dialog__head">
                    <h2 id="customize-title">{ say!("Customize the dashboard") }</h2>
                    <button class="icon-button" type="button" aria-label={say!("Close")} onclick={close.clone()}>
                        { Icon::Close.small() }
                    </button>
                </header>
                if *open {
                    <div class="dialog__body">
                        <h3>{ say!("Key figures") }</h3>
                        <KpiChooser />
                        <h3>{ say!("Order of the cards") }</h3>
                        <CardOrder />
                    </div>
                }
                <footer class="dialog__foot">
                    <button class="button" type="button" aria-disabled={untouched.then_some("true")} onclick={reset}>
                        { say!("Reset layout") }
                    </button>
                    <button class="button button--primary" type="button" onclick={close}>{ say!("Done") }</button>
                </footer>
            </dialog>
        </>
    }
}
