//! What became of the reader's last changes: that they can be taken back, and which do not stand.

use gloo::timers::callback::Timeout;
use widgets::shown;
use words::{count, say};
use yew::prelude::*;

use super::editor::{Editor, use_editor};
use super::mark::reason;
use super::names::use_names;
use crate::session::edits::{Refused, Undo, use_ledger};
use crate::session::store::use_store;
use crate::ui::Icon;

/// Milliseconds for which the last step is offered to be taken back.
const OFFERED: u32 = 12_000;

/// Refusals that are shown at once; the panel lists all.
const SHOWN: usize = 3;

/// The region at the lower edge of the page in which it is said.
#[component(Told)]
pub fn told() -> Html {
    let (ledger, editor) = (use_ledger(), use_editor());
    let name = use_names();
    html! {
        <div class="told">
            <div role="status">
                if let Some(undo) = &ledger.undo {
                    <Offer key={undo.place} undo={(**undo).clone()} editor={editor.clone()} />
                }
            </div>
            // An alert is heard when it comes; an empty one would say that something is wrong.
            if !ledger.refused.is_empty() {
                <div role="alert">
                    { for ledger.refusals().into_iter().take(SHOWN).map(|(key, it)| refused(key, it, &name(&it.customer), &editor)) }
                </div>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct OfferProps {
    undo: Undo,
    editor: Editor,
}

/// What was done, and the way back, for a while; whoever points at it or has the focus there has time.
#[component(Offer)]
fn offer(props: &OfferProps) -> Html {
    let OfferProps { undo, editor } = props;
    let held = use_state_eq(|| false);
    let is_own = use_store().own.is_some();
    {
        let (editor, place) = (editor.clone(), undo.place);
        use_effect_with(*held, move |&held| {
            let end = (!held).then(|| Timeout::new(OFFERED, move || editor.seen(place)));
            move || drop(end)
        });
    }
    let hold = |on: bool| {
        let held = held.setter();
        move || held.set(on)
    };
    let (enter, leave, focused, left) = (hold(true), hold(false), hold(true), hold(false));
    let (undone, seen) = (editor.clone(), editor.clone());
    let place = undo.place;
    let segment = undo.segment.as_deref().map(shown::label).unwrap_or_default();
    html! {
        <div
            class="told__one"
            data-told="changed"
            onmouseenter={move |_: MouseEvent| enter()}
            onmouseleave={move |_: MouseEvent| leave()}
            onfocusin={move |_: FocusEvent| focused()}
            onfocusout={move |_: FocusEvent| left()}
        >
            { Icon::Check.small() }
            <p class="told__text">
                { match &undo.name {
                    Some(name) => say!("{name} is {segment} now.", name = name, segment = segment),
                    None => count!(
                        undo.count() as i64,
                        "1 customer is {segment} now.",
                        "{n} customers are {segment} now.",
                        n = undo.count(),
                        segment = segment
                    ),
                } }
                if editor.is_local {
                    { " " }
                    { match is_own {
                        true => say!("Only in this tab: what is saved of your data does not have it."),
                        false => say!("Only in this browser."),
                    } }
                }
                if undo.left > 0 {
                    { " " }
                    { say!("There was no room for {n} more: download or withdraw some first.", n = undo.left) }
                }
            </p>
            if undo.count() > 0 {
                <button class="button" type="button" onclick={move |_: MouseEvent| undone.undo()}>
                    { Icon::Undo.small() }
                    { say!("Undo") }
                </button>
            }
            <button class="icon-button" type="button" aria-label={say!("Close")} onclick={move |_: MouseEvent| seen.seen(place)}>
                { Icon::Close.small() }
            </button>
        </div>
    }
}

fn refused(key: &str, refused: &Refused, name: &str, editor: &Editor) -> Html {
    let (editor, of) = (editor.clone(), key.to_owned());
    html! {
        <div class="told__one told__one--refused" data-told="refused" key={key.to_owned()}>
            { Icon::Warning.small() }
            <p class="told__text">
                { say!(
                    "{name} is not {segment}, but {stands}.",
                    name = name,
                    segment = shown::label(&refused.segment),
                    stands = shown::label(&refused.stands)
                ) }
                { " " }
                { reason(refused) }
            </p>
            <button class="button" type="button" onclick={move |_: MouseEvent| editor.dismiss(of.clone())}>
                { say!("Understood") }
            </button>
        </div>
    }
}
