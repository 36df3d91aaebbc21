//! Views with a name: the filter on screen, kept in this browser, one press away.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use words::say;
use yew::prelude::*;

use super::menu::use_close;
use super::provider::use_filters;
use super::saved_row::SavedRow;
use crate::look::prefs::{
    LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS, PrefsChange, SavedView, use_prefs,
};
use crate::ui::give_focus;

/// The saved views as a list; also part of the settings.
#[component(SavedViews)]
pub fn saved_views() -> Html {
    let (prefs, change) = use_prefs();
    let gone = use_state(|| None::<(usize, SavedView)>);
    let (node, next) = (use_node_ref(), use_state(|| None::<Next>));
    {
        // What was pressed has gone or changed: the focus goes on with what came of it.
        let (node, next) = (node.clone(), next.clone());
        use_effect_with((*next).clone(), move |wanted| {
            if let Some(wanted) = wanted {
                wanted.focus(&node);
                next.set(None);
            }
        });
    }
    let undo = {
        let (gone, change, next) = (gone.clone(), change.clone(), next.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some((at, view)) = (*gone).clone() {
                next.set(Some(Next::Row(view.name.clone(), "preset")));
                change.emit(PrefsChange::PutView(at, view));
            }
            gone.set(None);
        })
    };
    let renamed = {
        let next = next.clone();
        Callback::from(move |name: String| next.set(Some(Next::Row(name, "icon-button"))))
    };
    let forget = {
        let (gone, prefs) = (gone.clone(), prefs.clone());
        Callback::from(move |name: String| {
            next.set(Some(Next::Undo));
            let at = prefs.views.iter().position(|view| view.name == name);
            gone.set(at.map(|at| (at, prefs.views[at].clone())));
            change.emit(PrefsChange::ForgetView(name));
        })
    };
    let row = |view: &SavedView| {
        html! {
            <SavedRow
                key={view.name.clone()}
                view={view.clone()}
                forget={forget.clone()}
                renamed={renamed.clone()}
            />
        }
    };
    html! {
        <div ref={node}>
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
        </div>
    }
}

/// What gets the focus once the list has changed.
#[derive(Clone, PartialEq)]
enum Next {
    /// The button of a class in the row of a view.
    Row(String, &'static str),
    /// The way back from what was deleted.
    Undo,
}

impl Next {
    fn focus(&self, list: &NodeRef) {
        let class = match self {
            Self::Row(_, class) => format!(".saved .{class}"),
            Self::Undo => ".saved__gone button".to_owned(),
        };
        let found = list.cast::<Element>().and_then(|list| list.query_selector_all(&class).ok());
        let Some(found) = found else { return };
        let mut buttons =
            (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok());
        let fits = |button: &HtmlElement| match self {
            Self::Row(name, _) => button
                .closest("[data-view]")
                .ok()
                .flatten()
                .is_some_and(|row| row.get_attribute("data-view").as_ref() == Some(name)),
            Self::Undo => true,
        };
        give_focus(buttons.find(fits));
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
            let is_new = prefs.views.iter().all(|view| view.name != text);
            if is_new && prefs.views.len() >= MOST_VIEWS {
                problem.set(Some(say!(
                    "{n} views are kept at most: delete one first.",
                    n = MOST_VIEWS
                )));
                return;
            }
            let keeps = with_layout.cast::<HtmlInputElement>().is_some_and(|field| field.checked());
            let layout = keeps.then(|| prefs.layout.clone());
            let query = filters.written_to_keep();
            if query.len() > LONGEST_QUERY {
                problem.set(Some(say!("These are too many filters to be kept.")));
                return;
            }
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
                    maxlength={LONGEST_NAME.to_string()}
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
