//! What of the snapshot is read, when, and who answers what it leaves open.

use yew::prelude::*;

use super::held::Held;
use super::work;
use crate::host::keeper::Host;
use crate::host::media::use_narrow;
use crate::host::page::use_page;
use crate::host::{again, plotly, task};
use crate::session::load::{Line, Wanted};
use crate::session::state::Action;
use crate::session::store::{use_progress, use_store};
use crate::session::supply::Served;

/// What the view needs, and whether the reader may have it.
#[derive(PartialEq, Properties)]
pub struct LoadingProps {
    /// True if the view shows facts.
    pub needs_data: bool,
    /// True if the snapshot may be read.
    pub lets_in: bool,
}

/// Loads what is needed, for as long as it stands; shows nothing.
#[component(Loading)]
pub fn loading(props: &LoadingProps) -> Html {
    use_loading(props.needs_data, props.lets_in);
    use_supply();
    use_retries();
    html! {}
}

/// What is to be loaded next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Description,
    Data,
    Nothing,
}

/// Loads the description, then the data if the view needs it; cancels what is no longer wanted.
///
/// Before the reader is let in, only the configuration is read.
#[hook]
fn use_loading(needs_data: bool, lets_in: bool) {
    let (store, progress, page) = (use_store(), use_progress(), use_page());
    let generation = use_mut_ref(|| 0_u32);
    let next = match store.manifest() {
        _ if store.setup.is_some() && !lets_in => Next::Nothing,
        None => Next::Description,
        Some(_) if needs_data && !store.is_whole() => Next::Data,
        _ => Next::Nothing,
    };
    // The load of a snapshot that is not open any more ends.
    let open = store.open.as_ref().map(|open| open.id().to_owned());
    use_effect_with((next, open, progress.attempt), move |(next, _, _)| {
        let line = || {
            *generation.borrow_mut() += 1;
            Line::open(store.dispatcher(), *generation.borrow())
        };
        let task = match (next, store.setup.clone(), store.manifest().cloned()) {
            (Next::Data, Some(setup), Some(manifest)) => {
                let (line, working) = (line(), page.busy.begin());
                let known = store.data().cloned();
                Some(task::start(async move {
                    let _working = working;
                    work::load(Wanted { line, setup, manifest, known }).await;
                }))
            }
            (Next::Description, setup, _) => {
                let (line, working) = (line(), page.busy.begin());
                Some(task::start(async move {
                    let _working = working;
                    work::describe(line, setup).await;
                }))
            }
            _ => {
                // A page that has nothing to wait for is complete as soon as it is idle.
                drop(page.busy.begin());
                None
            }
        };
        move || drop(task)
    });
    // The script of the charts starts while the snapshot is being read; on a phone with the first
    // figure that is seen.
    let narrow = use_narrow();
    use_effect_with(needs_data && !narrow, |&needed| {
        let task = needed.then(|| task::start(plotly::preload()));
        move || drop(task)
    });
}

/// Tries again by itself after a failure that may pass, later each time.
#[hook]
fn use_retries() {
    let (store, progress, page) = (use_store(), use_progress(), use_page());
    let is_tried = progress.retry_after().is_some();
    use_effect_with((is_tried, progress.failures), move |(is_tried, failures)| {
        let waiting = is_tried.then(|| {
            // A page that everybody knows to be offline is as complete as it can be.
            let awaited = progress.is_waited_for() && !Host::now().is_lost();
            let working = awaited.then(|| page.busy.begin());
            let (store, failures) = (store.dispatcher(), *failures);
            task::start(async move {
                let _working = working;
                again::due(failures).await;
                store.dispatch(Action::Retry);
            })
        });
        move || drop(waiting)
    });
}

/// Keeps the supply of the store's snapshot answering.
#[hook]
fn use_supply() {
    let (store, progress, page) = (use_store(), use_progress(), use_page());
    let supply = store.data().filter(|_| store.is_whole()).map(|data| data.supply().clone());
    let inputs = (supply.map(Held), progress.attempt);
    use_effect_with(inputs, move |(held, _)| {
        let task = held.clone().map(|Held(supply)| {
            let served = Served::new(store.dispatcher(), supply, Some(page.busy.clone()));
            task::start(work::serve_page(served))
        });
        move || drop(task)
    });
}
