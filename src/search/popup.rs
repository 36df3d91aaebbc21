//! What drops down from the search box: suggestions, or why there are none.

use widgets::shown::shown;
use words::{count, say};
use yew::prelude::*;

use super::found::{Found, Hit};
use super::standing::Standing;
use crate::ask::use_format;
use crate::ui::{initials, sentence};

/// The search and where the keyboard stands in it.
#[derive(PartialEq, Properties)]
pub struct PopupProps {
    /// How the search stands.
    pub standing: Standing,
    /// What was typed.
    pub text: String,
    /// The suggestion that Enter chooses.
    pub active: usize,
    /// True while nothing is to be shown.
    pub hidden: bool,
    /// Told which suggestion was chosen.
    pub choose: Callback<Hit>,
    /// Told when the reader wants another try.
    pub retry: Callback<()>,
}

/// Name of a suggestion in the markup.
pub fn option_id(at: usize) -> String {
    format!("search-option-{at}")
}

/// The list and the lines around it; a screen reader is told how the search stands.
#[component(Popup)]
pub fn popup(props: &PopupProps) -> Html {
    let hits = props.standing.hits();
    let option = |(at, hit): (usize, &Hit)| option(props, at, hit);
    // Focus stays in the box while the list is pressed.
    let keep = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <>
            <div class="search__popup" hidden={props.hidden} onmousedown={keep}>
                <ul
                    id="search-list"
                    class="search__list"
                    role="listbox"
                    aria-label={say!("Customers found")}
                    hidden={hits.is_empty()}
                >
                    { for hits.iter().enumerate().map(option) }
                </ul>
                <Below
                    standing={props.standing.clone()}
                    text={props.text.clone()}
                    retry={props.retry.clone()}
                />
            </div>
            <p class="sr-only" role="status">
                if !props.hidden { { spoken(&props.standing) } }
            </p>
        </>
    }
}

fn option(props: &PopupProps, at: usize, hit: &Hit) -> Html {
    let chosen = at == props.active;
    let press = {
        let (choose, hit) = (props.choose.clone(), hit.clone());
        Callback::from(move |_: MouseEvent| choose.emit(hit.clone()))
    };
    let below = match hit.term.contains('@') {
        true => format!("{} · {}", shown(&hit.id), hit.term),
        false => shown(&hit.id).into_owned(),
    };
    html! {
        <li
            key={hit.customer}
            id={option_id(at)}
            class="search__option"
            role="option"
            aria-selected={chosen.to_string()}
            onclick={press}
        >
            <span class="person__avatar" aria-hidden="true">{ initials(&hit.label) }</span>
            <span class="person__text">
                <span class="person__name" dir="auto">{ &hit.label }</span>
                <span class="person__below" dir="auto">{ below }</span>
            </span>
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct BelowProps {
    standing: Standing,
    text: String,
    retry: Callback<()>,
}

/// The line below the list.
#[component(Below)]
fn below(props: &BelowProps) -> Html {
    let format = use_format();
    let line = |text: String| html! { <p class="search__line">{ text }</p> };
    match &props.standing {
        Standing::Idle => html! {},
        Standing::Searching(_) => line(say!("Searching…")),
        Standing::Found(found) if found.suggestions.is_empty() => html! {
            <p class="search__line">
                { say!("No customer begins with “{text}”.", text = props.text.trim()) }
                <span class="quiet">{ say!(" Names, e-mail addresses and ids are searched.") }</span>
            </p>
        },
        Standing::Found(Found { suggestions, total }) => match total {
            Some(total) if *total > suggestions.len() as i64 => {
                let total =
                    format.as_ref().map_or(total.to_string(), |format| format.count(*total));
                line(say!(
                    "The {shown} most valuable of {total}: type more to narrow.",
                    shown = suggestions.len(),
                    total = total
                ))
            }
            None => line(say!("There are more: type on to narrow.")),
            _ => html! {},
        },
        Standing::Failed(reason) => {
            let again = props.retry.reform(|_: MouseEvent| ());
            html! {
                <div class="search__line search__line--failed" role="alert">
                    <span>{ sentence(reason) }</span>
                    <button class="button" type="button" onclick={again}>{ say!("Try again") }</button>
                </div>
            }
        }
    }
}

fn spoken(standing: &Standing) -> String {
    match standing {
        Standing::Idle | Standing::Failed(_) => String::new(),
        Standing::Searching(_) => say!("Searching…"),
        Standing::Found(found) => match found.suggestions.len() {
            0 => say!("Nothing found"),
            shown => count!(shown, "1 suggestion", "{n} suggestions"),
        },
    }
}
