//! The search in the header: type-ahead over names, e-mail addresses and ids of customers.

mod finder;
mod found;
mod parts;
mod popup;
mod shortcut;
mod since;
mod standing;

use std::cell::Cell;
use std::rc::Rc;

use engine::EngineError;
use facts::Overlay;
use finder::Finder;
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use snapshot::search::{fold, is_long_enough};
use web_sys::{HtmlElement, HtmlInputElement};
use words::say;
use yew::prelude::*;

use self::found::{Found, Hit};
pub use self::parts::{PARTS, part};
use self::popup::{Popup, option_id};
use self::since::with_new;
use self::standing::Standing;
use crate::filter::use_go;
use crate::host::page::use_page;
use crate::host::task;
use crate::session::insist::insist;
use crate::session::state::Action;
use crate::session::store::use_store;
use crate::session::why;
use crate::ui::{Icon, Route};

/// Wait after a key before anything is asked, in milliseconds.
const PAUSE_MS: u32 = 140;

/// The search box and its suggestions.
#[component(Search)]
pub fn search() -> Html {
    let (input, opener) = (use_node_ref(), use_node_ref());
    let text = use_state(String::new);
    let open = use_state(|| false);
    let on_phone = use_state(|| false);
    let active = use_state(|| 0_usize);
    let attempt = use_state(|| 0_u32);
    let folded = fold(&text);
    let found = use_standing(&folded, *attempt);
    let standing = use_with_new(found, &folded);
    let go = use_go();
    shortcut::use_slash(&input, &on_phone);
    {
        let active = active.clone();
        use_effect_with((*text).clone(), move |_| active.set(0));
    }
    use_wish(*open);

    let close = {
        let (open, on_phone) = (open.clone(), on_phone.clone());
        Callback::from(move |()| {
            open.set(false);
            on_phone.set(false);
        })
    };
    let choose = {
        let (text, close, go, input) = (text.clone(), close.clone(), go, input.clone());
        Callback::from(move |hit: Hit| {
            text.set(String::new());
            if let Some(input) = input.cast::<HtmlElement>() {
                // An element that left the page has no focus to lose.
                let _ = input.blur();
            }
            close.emit(());
            go.emit(Route::Customer { id: hit.id });
        })
    };
    let at_once = use_enter(&standing, &choose);
    let hits = standing.hits().to_vec();
    let at = (*active).min(hits.len().saturating_sub(1));
    let shown = *open && standing != Standing::Idle;
    let typed = {
        let (text, open, at_once) = (text.clone(), open.clone(), at_once.clone());
        Callback::from(move |event: InputEvent| {
            at_once.set(false);
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                text.set(input.value());
                open.set(true);
            }
        })
    };
    let pressed = {
        let (active, open, text) = (active.clone(), open.clone(), text.clone());
        let (choose, close, hits, opener) =
            (choose.clone(), close.clone(), hits.clone(), opener.clone());
        let phone = *on_phone;
        let searching = matches!(standing, Standing::Searching(_));
        let at_once = at_once.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            // Whatever key comes after Enter, the reader has gone on.
            at_once.set(false);
            let step = |by: usize| active.set((at + by) % hits.len().max(1));
            match event.key().as_str() {
                "ArrowDown" if shown => step(1),
                "ArrowUp" if shown => step(hits.len().saturating_sub(1)),
                "ArrowDown" | "ArrowUp" => open.set(true),
                "Enter" if searching => at_once.set(true),
                "Enter" => match hits.get(at).filter(|_| shown) {
                    Some(hit) => choose.emit(hit.clone()),
                    None => return,
                },
                "Escape" if shown => open.set(false),
                "Escape" if !text.is_empty() => text.set(String::new()),
                "Escape" if phone => {
                    close.emit(());
                    focus(&opener);
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let left = {
        let open = open.clone();
        Callback::from(move |_: FocusEvent| {
            at_once.set(false);
            open.set(false);
        })
    };
    let entered = {
        let open = open.clone();
        Callback::from(move |_: FocusEvent| open.set(true))
    };
    let unfold = {
        let (on_phone, input) = (on_phone.clone(), input.clone());
        Callback::from(move |_: MouseEvent| {
            on_phone.set(true);
            // Only what is on screen can be focused.
            let input = input.clone();
            Timeout::new(0, move || focus(&input)).forget();
        })
    };
    let fold_up = {
        let (close, opener) = (close.clone(), opener.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            focus(&opener);
        })
    };
    let retry = {
        let (attempt, input) = (attempt.clone(), input.clone());
        Callback::from(move |()| {
            attempt.set(*attempt + 1);
            focus(&input);
        })
    };
    let label = say!("Search customers by name, e-mail or id");
    html! {
        <>
            <button
                class="icon-button search__opener"
                type="button"
                aria-label={say!("Search customers")}
                ref={opener}
                onclick={unfold}
            >
                { Icon::Search.html() }
            </button>
            <div class={classes!("search", on_phone.then_some("search--open"))} role="search">
                <div class="search__box">
                    { Icon::Search.small() }
                    <input
                        class="search__input"
                        type="text"
                        role="combobox"
                        ref={input}
                        value={(*text).clone()}
                        placeholder={say!("Search customers")}
                        aria-label={label}
                        aria-expanded={shown.to_string()}
                        aria-controls="search-list"
                        aria-autocomplete="list"
                        aria-activedescendant={(shown && !hits.is_empty()).then(|| option_id(at))}
                        aria-keyshortcuts="/"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        enterkeyhint="search"
                        oninput={typed}
                        onkeydown={pressed}
                        onfocus={entered}
                        onblur={left}
                    />
                    <kbd class="search__key" aria-hidden="true">{ "/" }</kbd>
                    <button
                        class="icon-button search__close"
                        type="button"
                        aria-label={say!("Close the search")}
                        onclick={fold_up}
                    >
                        { Icon::Close.small() }
                    </button>
                </div>
                <Popup {standing} text={(*text).clone()} active={at} hidden={!shown} {choose} {retry} />
            </div>
        </>
    }
}

/// A search may be wanted on a view that needs no data: then it is read now.
#[hook]
fn use_wish(open: bool) {
    let store = use_store();
    use_effect_with(open, move |&open| {
        if open && !store.wanted {
            store.dispatch(Action::Want);
        }
    });
}

/// What was found, with whom events call something: put together while drawing.
#[hook]
fn use_with_new(standing: Standing, folded: &str) -> Standing {
    let data = use_store().data().cloned();
    let of = (standing, folded.to_owned(), data);
    let merged = use_memo(of, |(standing, folded, data)| {
        let Some(data) = data else { return standing.clone() };
        let person = |number| data.with_people(|people| people.get(number).cloned());
        let merged = |found| with_new(found, folded, Overlay::of(&data.facts), person).shown();
        match standing {
            Standing::Found(found) => Standing::Found(merged(found.clone())),
            Standing::Searching(hits) => {
                let found = Found { suggestions: hits.clone(), total: None };
                Standing::Searching(merged(found).suggestions)
            }
            Standing::Idle | Standing::Failed(_) => standing.clone(),
        }
    });
    (*merged).clone()
}

/// Searches a while after the last change; stale searches are dropped.
#[hook]
fn use_standing(folded: &str, attempt: u32) -> Standing {
    let (store, page) = (use_store(), use_page());
    let standing = use_state(Standing::default);
    let snapshot = store.data().map(|data| data.facts.meta().snapshot_id.clone());
    let finder = use_memo(snapshot.clone(), |_| Finder::default());
    let wish = (folded.to_owned(), snapshot, attempt);
    {
        let (standing, data) = (standing.clone(), store.data().cloned());
        use_effect_with(wish, move |(folded, _, _)| {
            let folded = folded.clone();
            let known = finder.known(&folded).filter(|_| is_long_enough(&folded));
            let task = match (known, data) {
                _ if !is_long_enough(&folded) => {
                    standing.set(Standing::Idle);
                    None
                }
                (Some(found), _) => {
                    standing.set(Standing::Found(found));
                    None
                }
                (None, None) => {
                    standing.set(Standing::Searching(Vec::new()));
                    None
                }
                (None, Some(data)) => {
                    standing.set(Standing::Searching(standing.hits().to_vec()));
                    let mut working = Some(page.busy.begin());
                    Some(task::start(async move {
                        TimeoutFuture::new(PAUSE_MS).await;
                        let failed = |error: &EngineError| Standing::Failed(why(error).into());
                        let asked = insist(
                            EngineError::is_tried_again,
                            async || finder.find(&data, &folded).await,
                            |error| {
                                standing.set(failed(error));
                                working.take();
                            },
                        );
                        standing.set(match asked.await {
                            Ok(found) => Standing::Found(found),
                            Err(error) => failed(&error),
                        });
                    }))
                }
            };
            move || drop(task)
        });
    }
    (*standing).clone()
}

/// Enter before the answer is there chooses the first suggestion as soon as it comes, unless the
/// reader has typed on, closed the list or left in the meantime: then the wish is taken back.
#[hook]
fn use_enter(standing: &Standing, choose: &Callback<Hit>) -> Rc<Cell<bool>> {
    let at_once = (*use_memo((), |()| Rc::new(Cell::new(false)))).clone();
    {
        let (at_once, choose) = (at_once.clone(), choose.clone());
        use_effect_with(standing.clone(), move |standing| {
            if matches!(standing, Standing::Searching(_)) {
                return;
            }
            let wanted = at_once.replace(false);
            if let Some(hit) = standing.hits().first().filter(|_| wanted) {
                choose.emit(hit.clone());
            }
        });
    }
    at_once
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // An element that left the page cannot be focused, nor need it be.
        let _ = element.focus();
    }
}
