//! Views with a name: the filter on screen, kept in this browser, one press away.

use web_sys::HtmlInputElement;
use words::say;
use yew::prelude::*;

use super::menu::use_close;
use super::provider::use_filters;
use super::saved_row::SavedRow;
use crate::prefs::{PrefsChange, SavedView, use_prefs};

/// The longest name.
const LONGEST: &str = "60";

/// The saved views as a list; also part of the settings.
#[component(SavedViews)]
pub fn saved_views() -> Html {
    let (prefs, change) = use_prefs();
    let gone = use_state(|| None::<(usize, SavedView)>);
    let undo = {
        let (gone, change) = (gone.clone(), change.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some((at, view)) = (*gone).clone() {
                change.emit(PrefsChange::PutView(at, view));
            }
            gone.set(None);
        })
    };
    let forget = {
        let (gone, prefs) = (gone.clone(), prefs.clone());
        Callback::from(move |name: String| {
            let at = prefs.views.iter().position(|view| view.name == name);
            gone.set(at.map(|at| (at, prefs.views[at].clone())));
            change.emit(PrefsChange::ForgetView(name));
        })
    };
    let row = |view: &SavedView| {
        html! { <SavedRow key={view.name.clone()} view={view.clone()} forget={forget.clone()} /> }
    };
    html! {
        <>
            if prefs.views.is_empty() && gone.is_none() {
                <p class="menu__none">
                    { say!("No saved views yet. Save the filters on screen under a name, and they are one press away.") }
                </p>
            }
            <ul class="saved">{ for prefs.views.iter().map(row) }</ul>
            if let Some((_, view)) = &*gone {
                <div class="saved__gone" role="status">
                    <span>{ say!("\u{201c}{name}\u{201d} was deleted.", name = view.name) }</span>
                    <button class="button button--quiet" type="button" onclick={undo}>{ say!("Undo") }</button>
                </div>
            }
        </>
    }
}

/// Keeps what is on screen under a name.
#[component(SaveForm)]
pub fn save_form() -> Html {
    let ((prefs, change), filters, close) = (use_prefs(), use_filters(), use_close());
    let (name, with_layout) = (use_node_ref(), use_node_ref());
    let problem = use_state(|| None::<String>);
    let save = {
        let (name, with_layout, problem) = (name.clone(), with_layout.clone(), problem.clone());
        Callback::from(move |()| {
            let text = name.cast::<HtmlInputElement>().map(|field| field.value());
            let text = text.unwrap_or_default().trim().to_owned();
            if text.is_empty() {
                problem.set(Some(say!("Give it a name.")));
                return;
            }
            let keeps = with_layout.cast::<HtmlInputElement>().is_some_and(|field| field.checked());
            let layout = keeps.then(|| prefs.layout.clone());
            let query = filters.written_to_keep();
            change.emit(PrefsChange::SaveView(SavedView { name: text, query, layout }));
            close.emit(());
        })
    };
    let press = save.reform(|_: MouseEvent| ());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && event.target_dyn_into::<HtmlInputElement>().is_some() {
            event.prevent_default();
            save.emit(());
        }
    });
    html! {
        <div class="save" {onkeydown}>
            <label class="date">
                <span>{ say!("Save this view as") }</span>
                <input
                    ref={name}
                    class="field"
                    type="text"
                    maxlength={LONGEST}
                    autocomplete="off"
                    aria-invalid={problem.is_some().then_some("true")}
                    aria-describedby="save-view-problem"
                />
            </label>
            <button class="button" type="button" onclick={press}>{ say!("Save") }</button>
            <label class="value save__layout">
                <input ref={with_layout} type="checkbox" />
                <span>{ say!("With the layout of the dashboard") }</span>
            </label>
            <p id="save-view-problem" class="dates__problem" role="alert">{ for (*problem).clone() }</p>
        </div>
    }
}
