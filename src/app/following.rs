//! What is newer than the open snapshot: looked for, answered beside, and put in its place.

use std::pin::pin;

use futures::future::select;
use gloo::timers::future::TimeoutFuture;
use yew::prelude::*;
use yew_router::prelude::*;

use super::held::Held;
use super::living::use_living;
use crate::filter::use_filters;
use crate::host::brought::{self, Drag};
use crate::host::keeper;
use crate::host::shared::Shared;
use crate::host::task;
use crate::host::unsaved::{self, Unsaved};
use crate::session::follow::{Followed, Memory, follow};
use crate::session::newer::{News, use_newer};
use crate::session::state::{Action, Setup};
use crate::session::store::use_store;
use crate::session::supply::{Served, serve};
use crate::ui::Route;

/// What the view needs, and whether the reader may have it.
#[derive(Clone, Copy, PartialEq, Properties)]
pub struct FollowingProps {
    /// True if the view shows facts.
    pub needs_data: bool,
    /// True if the snapshot may be read.
    pub lets_in: bool,
}

/// Follows the data for as long as it stands; shows nothing.
#[component(Following)]
pub fn following(props: &FollowingProps) -> Html {
    use_newest(props.needs_data, props.lets_in);
    use_beside();
    use_swap();
    use_standing();
    use_living(props.lets_in);
    use_dropping();
    use_leaving();
    html! {}
}

/// Looks for something newer than what is open, again and again.
#[hook]
fn use_newest(needs_data: bool, lets_in: bool) {
    let (store, newer, filters) = (use_store(), use_newer(), use_filters());
    let memory = (*use_memo((), |()| Memory::default())).clone();
    let pinned = filters.pinned().filter(|id| newer.gone.as_ref() != Some(id));
    let open = store.open.as_ref().map(|open| open.id().to_owned());
    let is_asked = match (&pinned, &open) {
        (Some(id), Some(open)) => **id != **open,
        _ => newer.offered.is_some(),
    } && newer.coming.is_none();
    // Nobody publishes anything newer of what is the reader's own.
    let setup = store.setup.clone().filter(|setup| lets_in && !setup.config.is_own);
    let wanted = open.zip(setup).map(|(open, setup)| Wish {
        setup,
        open,
        pinned,
        needs_data,
        looks: newer.looks,
        is_asked,
    });
    use_effect_with(wanted, move |wish| {
        let task = wish.clone().map(|wish| {
            let Wish { setup, open, pinned, needs_data, is_asked, .. } = wish;
            let coming = newer.coming.as_ref().map(|coming| coming.open.id().to_owned());
            task::start(follow(Followed {
                dispatch: store.dispatcher(),
                setup,
                open,
                coming,
                pinned,
                needs_data,
                failures: newer.failures,
                is_asked,
                memory,
            }))
        });
        move || drop(task)
    });
}

/// Files that are dropped anywhere are looked at in the view of the reader's own data.
#[hook]
fn use_dropping() {
    let navigator = use_navigator();
    use_effect_with((), move |()| {
        let listening = brought::listen(move |drag| {
            if let (Drag::Dropped, Some(navigator)) = (drag, &navigator) {
                navigator.push(&Route::Own);
            }
        });
        move || drop(listening)
    });
}

/// Whoever leaves the page is asked first, while something is open that lies nowhere else.
#[hook]
fn use_leaving() {
    let own = use_store().own;
    use_effect_with(own.is_some(), |&is_open| {
        // Addresses of views have ids and filters in them: nobody is told from which one is asked.
        let quiet = is_open.then(silent).flatten();
        move || {
            if let Some(quiet) = quiet {
                quiet.remove();
            }
        }
    });
    use_effect_with(own.is_some(), |&is_open| unsaved::mark(Unsaved::Data, is_open));
}

/// From now on no request says from which address it comes, until this is removed.
fn silent() -> Option<web_sys::Element> {
    let document = gloo::utils::document();
    let rule = document.create_element("meta").ok()?;
    rule.set_attribute("name", "referrer").ok()?;
    rule.set_attribute("content", "no-referrer").ok()?;
    document.head()?.append_child(&rule).ok()?;
    Some(rule)
}

/// What is to be looked for next.
#[derive(Clone, PartialEq)]
struct Wish {
    setup: Shared<Setup>,
    open: String,
    pinned: Option<AttrValue>,
    needs_data: bool,
    looks: u32,
    is_asked: bool,
}

/// Longest wait for answers from the snapshot that is coming, in milliseconds: what has none by
/// then is shown as being read.
const ANSWERS_WITHIN: u32 = 60_000;

/// Puts the snapshot that is coming in the place of the open one, when all that is on screen has an
/// answer from it.
#[hook]
fn use_swap() {
    let (store, newer) = (use_store(), use_newer());
    let coming = newer.coming.map(|coming| (coming.open.id().to_owned(), coming.waits));
    use_effect_with(coming, move |coming| {
        let task = coming.clone().map(|(id, waits)| {
            task::start(async move {
                select(pin!(waits.over()), TimeoutFuture::new(ANSWERS_WITHIN)).await;
                store.dispatch(Action::Newer(News::Swap(id)));
            })
        });
        move || drop(task)
    });
}

/// Tells who keeps for later visits on which snapshot this page stands.
#[hook]
fn use_standing() {
    let store = use_store();
    let kept = store.open.as_ref().filter(|_| store.own.is_none());
    let standing = kept.map(|open| (open.id().to_owned(), open.whole));
    use_effect_with(standing, |standing| match standing {
        Some((id, true)) => {
            keeper::opened(id);
            keeper::stand(id);
        }
        Some((id, false)) => keeper::opened(id),
        None => {}
    });
}

/// Keeps the supply of the snapshot that is coming answering; nobody is told that something is under
/// way.
#[hook]
fn use_beside() {
    let (store, newer) = (use_store(), use_newer());
    let data = newer.coming.and_then(|coming| coming.open.data.clone());
    let supply = data.map(|data| Held(data.supply().clone()));
    use_effect_with(supply, move |held| {
        let task = held.clone().map(|Held(supply)| {
            let served = Served::new(store.dispatcher(), supply, None);
            task::start(async move {
                serve(&served).await;
            })
        });
        move || drop(task)
    });
}
