//! All changes: how far each has come, which do not stand, and the ways to take them back or away.

use facts::Overlay;
use widgets::shown;
use words::say;
use yew::prelude::*;

use super::editor::{Editor, use_editor};
use super::file::save_edits;
use super::mark::{mark, reason};
use super::names::use_names;
use crate::export::not_saved;
use crate::filter::GoTo;
use crate::session::edits::{Edited, Ledger, Refused, use_ledger};
use crate::session::store::use_store;
use crate::ui::{Icon, Route};

/// Changes that are listed; the file has them all.
const LISTED: usize = 100;

/// The panel below the button.
#[component(Panel)]
pub fn panel() -> Html {
    let (ledger, editor, store) = (use_ledger(), use_editor(), use_store());
    let (name, saved) = (use_names(), use_state(|| None::<String>));
    let overlay = store.data().and_then(|data| Overlay::of(&data.facts));
    let one = |(id, edited): (&String, &Edited)| changed(id, edited, &name(id), overlay, &editor);
    let take = {
        let (ledger, saved) = (ledger.clone(), saved.setter());
        Callback::from(move |_: MouseEvent| {
            saved.set(Some(match save_edits(&ledger.edits) {
                Ok(()) => say!("Saved"),
                Err(_) => not_saved(),
            }));
        })
    };
    let withdraw = {
        let editor = editor.clone();
        Callback::from(move |_: MouseEvent| editor.withdraw_all())
    };
    html! {
        <div class="edits__panel" id="edits-panel" role="group" aria-label={say!("Changes of segments")}>
            <p class="edits__state">{ about(&ledger, &editor) }</p>
            if ledger.is_unkept() {
                <p class="quiet">
                    { say!("This browser does not keep them: they last as long as this page.") }
                </p>
            }
            if !ledger.edits.is_empty() {
                <ul class="edits__list" aria-label={say!("Changes of segments")}>
                    { for ledger.edits.iter().take(LISTED).map(one) }
                </ul>
                if ledger.edits.len() > LISTED {
                    <p class="quiet">{ say!("and {n} more", n = ledger.edits.len() - LISTED) }</p>
                }
                <div class="edits__all">
                    <button class="button" type="button" onclick={take}>
                        { Icon::Download.small() }
                        { say!("Download as CSV") }
                    </button>
                    <button class="button" type="button" onclick={withdraw}>{ say!("Withdraw all") }</button>
                    <span role="status" class="quiet">{ for (*saved).clone() }</span>
                </div>
            }
            if !ledger.refused.is_empty() {
                <h3>{ say!("These do not stand") }</h3>
                <ul class="edits__list">
                    { for ledger.refusals().into_iter().map(|(key, it)| refused(key, it, &name(&it.customer), &editor)) }
                </ul>
            }
        </div>
    }
}

/// What becomes of changes.
fn about(ledger: &Ledger, editor: &Editor) -> String {
    if ledger.edits.is_empty() {
        say!("Nothing is changed.")
    } else if editor.is_local {
        say!(
            "These changes are in this browser alone. The file can be given to whoever builds the data."
        )
    } else {
        say!("These changes count here already, and for everybody as soon as they are sent.")
    }
}

fn link(id: &str, name: &str) -> Html {
    html! { <GoTo to={Route::Customer { id: id.to_owned() }}>{ name }</GoTo> }
}

fn changed(
    id: &str,
    edited: &Edited,
    name: &str,
    overlay: Option<&Overlay>,
    editor: &Editor,
) -> Html {
    let mark = mark(id, edited, overlay);
    let label = |segment: Option<&str>| segment.map(shown::label).unwrap_or_default();
    let (before, after) = (label(edited.before()), label(edited.segment()));
    let withdraw = {
        let (editor, id) = (editor.clone(), id.to_owned());
        Callback::from(move |_: MouseEvent| editor.withdraw(id.clone()))
    };
    html! {
        <li key={id.to_owned()} class="edits__item" data-edit={mark.key} data-customer={id.to_owned()}>
            <span class="edits__what">{ link(id, name) }</span>
            <span class="edits__change" dir="auto">
                { say!("{before} → {after}", before = before, after = after) }
            </span>
            <span class="quiet edits__stands" title={mark.sentence}>{ mark.label }</span>
            <button
                class="button edits__withdraw"
                type="button"
                aria-label={say!("Withdraw the change of {name}", name = name)}
                onclick={withdraw}
            >
                { say!("Withdraw") }
            </button>
        </li>
    }
}

fn refused(key: &str, refused: &Refused, name: &str, editor: &Editor) -> Html {
    let (editor, of) = (editor.clone(), key.to_owned());
    html! {
        <li key={key.to_owned()} class="edits__item" data-edit="refused" data-customer={refused.customer.clone()}>
            <span class="edits__what">{ link(&refused.customer, name) }</span>
            <span class="edits__change" dir="auto">
                { say!("not {segment}, but {stands}", segment = shown::label(&refused.segment), stands = shown::label(&refused.stands)) }
            </span>
            <span class="edits__why">{ reason(refused) }</span>
            <button class="button edits__withdraw" type="button" onclick={move |_: MouseEvent| editor.dismiss(of.clone())}>
                { say!("Understood") }
            </button>
        </li>
    }
}
