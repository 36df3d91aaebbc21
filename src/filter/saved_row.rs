//! One saved view: apply, rename, delete.

use web_sys::HtmlInputElement;
use words::say;
use yew::prelude::*;

use super::history::use_open;
use super::menu::use_close;
use super::provider::use_filters;
use crate::look::prefs::{LONGEST_NAME, PrefsChange, SavedView, use_prefs};
use crate::ui::{Icon, Route, give_focus};

/// The view, and who is told when it is to go.
#[derive(PartialEq, Properties)]
pub struct SavedRowProps {
    /// The view.
    pub view: SavedView,
    /// Told its name when the reader deletes it.
    pub forget: Callback<String>,
    /// Told its name when the reader is done with renaming it.
    pub renamed: Callback<String>,
}

/// A saved view in a list.
#[component(SavedRow)]
pub fn saved_row(props: &SavedRowProps) -> Html {
    let ((_, change), filters, close, open) = (use_prefs(), use_filters(), use_close(), use_open());
    let renaming = use_state(|| false);
    let view = &props.view;
    let apply = {
        let (view, change, filters) = (view.clone(), change.clone(), filters.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            if let Some(layout) = &view.layout {
                change.emit(PrefsChange::Layout(layout.clone()));
            }
            // Where nothing is filtered a view opens the dashboard.
            let query = filters.in_days(&view.query);
            if !filters.show(&query) {
                open.emit((Route::Dashboard, query));
            }
        })
    };
    let forget = {
        let (forget, name) = (props.forget.clone(), view.name.clone());
        Callback::from(move |_: MouseEvent| forget.emit(name.clone()))
    };
    if *renaming {
        let renamed = {
            let told = props.renamed.clone();
            Callback::from(move |name: String| {
                renaming.set(false);
                told.emit(name);
            })
        };
        return html! { <Rename view={view.clone()} {renamed} /> };
    }
    let rename = Callback::from(move |_: MouseEvent| renaming.set(true));
    let current = filters.view().is_some() && filters.written() == filters.in_days(&view.query);
    html! {
        <li class="saved__row" data-view={view.name.clone()}>
            <button
                class="preset"
                type="button"
                data-item=""
                aria-current={current.then_some("true")}
                onclick={apply}
            >
                <span class="saved__name">{ &view.name }</span>
            </button>
            { tool(Icon::Pencil, say!("Rename {name}", name = view.name), rename) }
            { tool(Icon::Bin, say!("Delete {name}", name = view.name), forget) }
        </li>
    }
}

fn tool(icon: Icon, label: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button class="icon-button" type="button" aria-label={label.clone()} title={label} {onclick}>
            { icon.small() }
        </button>
    }
}

#[derive(PartialEq, Properties)]
struct RenameProps {
    view: SavedView,
    /// Told the name that the view has then.
    renamed: Callback<String>,
}

/// The name as a field; Enter keeps it, Escape leaves it as it was.
#[component(Rename)]
fn rename(props: &RenameProps) -> Html {
    let (prefs, change) = use_prefs();
    let (field, problem) = (use_node_ref(), use_state(|| None::<String>));
    let written = use_state(|| props.view.name.clone());
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                give_focus(Some(field.clone().into()));
                field.select();
            }
        });
    }
    let keep = {
        let (written, view, renamed) = (written.clone(), props.view.clone(), props.renamed.clone());
        let problem = problem.clone();
        Callback::from(move |()| {
            let name = written.trim().to_owned();
            let taken = prefs.views.iter().any(|other| other.name == name && name != view.name);
            if name.is_empty() {
                problem.set(Some(say!("Give it a name.")));
            } else if taken {
                problem.set(Some(say!("Another view has this name.")));
            } else {
                renamed.emit(name.clone());
                change.emit(PrefsChange::RenameView(view.name.clone(), name));
            }
        })
    };
    let onkeydown = {
        let (keep, left) = (keep.clone(), props.renamed.clone());
        let name = props.view.name.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                keep.emit(());
            }
            "Escape" => {
                event.stop_propagation();
                left.emit(name.clone());
            }
            _ => {}
        })
    };
    let oninput = {
        let written = written.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            written.set(input.map(|input| input.value()).unwrap_or_default());
        })
    };
    html! {
        <li class="saved__row" {onkeydown}>
            <input
                ref={field}
                class="field"
                type="text"
                maxlength={LONGEST_NAME.to_string()}
                aria-label={say!("New name of {name}", name = props.view.name)}
                aria-invalid={problem.is_some().then_some("true")}
                value={(*written).clone()}
                {oninput}
            />
            <button class="button" type="button" onclick={keep.reform(|_: MouseEvent| ())}>{ say!("Rename") }</button>
            <p class="dates__problem" role="alert">{ for (*problem).clone() }</p>
        </li>
    }
}
