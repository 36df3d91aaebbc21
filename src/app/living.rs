//! What has happened since the snapshot was made: followed for as long as the data is on screen.

use std::rc::Rc;

use yew::prelude::*;

use super::editing::use_editing;
use super::held::Held;
use crate::filter::use_filters;
use crate::host::page::use_page;
use crate::host::{place, task};
use crate::session::config::LiveConfig;
use crate::session::live::{Driver, LiveNews, Place, Teller, Told, connect, replay, teller};
use crate::session::newer::use_newer;
use crate::session::state::Action;
use crate::session::store::use_store;

/// Where events come from.
#[derive(Clone, PartialEq)]
enum Line {
    /// From an address.
    Address(String),
    /// From the recording of the demo that is open, of this id.
    Recording(String),
    /// From nowhere: only what the reader changes lies over the data.
    None,
}

/// Follows what happens.
#[hook]
pub fn use_living(lets_in: bool) {
    let told = use_driver(lets_in);
    use_places(told.as_ref());
    use_editing(lets_in, told.as_ref());
    use_line(told);
}

/// Starts what lays events over the data, as soon as there is data to lay them over.
#[hook]
fn use_driver(lets_in: bool) -> Option<Teller> {
    let store = use_store();
    let teller_now = use_state(|| None::<Teller>);
    // A link that keeps older data keeps it as it was.
    let is_pinned = use_filters().pinned().is_some();
    let calm = use_page().calm;
    let runs = lets_in && store.is_whole() && !is_pinned;
    {
        let slot = teller_now.setter();
        use_effect_with(runs, move |&runs| {
            let task = runs.then(|| {
                let (teller, told) = teller();
                store.dispatch(Action::Live(LiveNews::Begun(teller.clone())));
                slot.set(Some(teller));
                task::start(Driver::new(store.dispatcher(), told, calm).run())
            });
            let was_running = task.is_some();
            move || {
                drop(task);
                if was_running {
                    slot.set(None);
                    store.dispatch(Action::Live(LiveNews::Ended));
                }
            }
        });
    }
    (*teller_now).clone()
}

/// Tells over which snapshots events are to be laid.
#[hook]
fn use_places(teller: Option<&Teller>) {
    let (store, newer) = (use_store(), use_newer());
    let open = store.data().filter(|_| store.is_whole()).map(|data| Held(data.supply().clone()));
    let coming = newer
        .coming
        .and_then(|coming| Some((Held(coming.open.data.as_ref()?.supply().clone()), coming.waits)));
    use_effect_with((teller.cloned(), open, coming), |(teller, open, coming)| {
        let open = open.iter().map(|Held(supply)| Place { supply: supply.clone(), waits: None });
        let coming = coming.iter().map(|(Held(supply), waits)| Place {
            supply: supply.clone(),
            waits: Some(waits.clone()),
        });
        if let Some(teller) = teller {
            teller.tell(Told::Places(open.chain(coming).collect()));
        }
    });
}

/// Keeps the line open on which events come.
#[hook]
fn use_line(teller: Option<Teller>) {
    let store = use_store();
    let setup = store.setup.clone();
    let data = store.data().cloned();
    let recording = store.manifest().and_then(|manifest| {
        manifest
            .events
            .clone()
            .filter(|_| manifest.meta.demo)
            .map(|file| (manifest.meta.snapshot_id.clone(), file))
    });
    let line = match setup.map(|setup| setup.config.live.clone()) {
        None | Some(LiveConfig::Off) => Line::None,
        Some(LiveConfig::Address(address)) => Line::Address(address),
        Some(LiveConfig::Demo) => {
            recording.as_ref().map_or(Line::None, |(id, _)| Line::Recording(id.clone()))
        }
    };
    use_effect_with((teller, line), move |(teller, line)| {
        let task = teller.clone().and_then(|teller| match line {
            Line::Address(address) => Some(task::start(connect(place::socket(address), teller))),
            Line::Recording(_) => {
                let supply = Rc::clone(data?.supply());
                let (_, file) = recording?;
                Some(task::start(replay(supply, file, teller)))
            }
            Line::None => None,
        });
        move || drop(task)
    });
}
