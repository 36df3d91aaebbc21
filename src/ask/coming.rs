//! Asking the snapshot that is coming what is on screen, before it takes over.

use std::future::Future;

use engine::EngineError;
use facts::View;
use yew::prelude::*;

use crate::filter::use_filters;
use crate::host::shared::Shared;
use crate::host::task;
use crate::session::data::Data;
use crate::session::newer::{Wait, Waits, use_newer};
use crate::session::state::{Action, Report};
use crate::session::store::use_store;

/// The snapshot that is coming, as whoever is on screen asks it.
#[derive(Clone, PartialEq)]
pub struct Comes {
    /// What is known of it.
    pub data: Shared<Data>,
    /// What the address stands for in it.
    pub view: Shared<View>,
    /// Where it is told that an answer is still to come.
    pub waits: Waits,
}

/// The snapshot that is about to take over, if there is one with facts.
#[hook]
pub fn use_coming() -> Option<Comes> {
    let (newer, filters) = (use_newer(), use_filters());
    let manifest = newer.coming.as_ref().map(|coming| coming.open.manifest.clone());
    let view = use_memo((manifest, filters.query().to_owned()), |(manifest, query)| {
        let manifest = manifest.as_ref()?;
        Some(Shared::new(filters::read(query, &manifest.meta).view))
    });
    let coming = newer.coming?;
    Some(Comes { data: coming.open.data.clone()?, view: (*view).clone()?, waits: coming.waits })
}

/// Keeps the snapshot that is coming from taking over as long as it has no answer; `key` is all
/// else that the answer depends on.
#[hook]
pub fn use_answered<K, F>(key: K, is_answered: F)
where
    F: FnOnce(&Data, &View, &K) -> bool,
    K: PartialEq + 'static,
{
    let coming = use_coming();
    let waits = use_memo((coming, key), |(coming, key)| {
        let coming = coming.as_ref()?;
        (!is_answered(&coming.data, &coming.view, key)).then(|| coming.waits.clone())
    });
    use_effect_with((*waits).clone(), |waits| {
        let wait = waits.as_ref().map(Waits::begin);
        move || drop(wait)
    });
}

/// Prepares something from the snapshot that is coming, anew whenever that knows more.
///
/// The snapshot waits for it. What is done gives false if the answer is to come with what else is
/// read; where it fails, the snapshot does not take over.
#[hook]
pub fn use_prepared<K, P, F>(key: K, prepare: P)
where
    P: FnOnce(Comes, &K) -> F + 'static,
    K: PartialEq + 'static,
    F: Future<Output = Result<bool, EngineError>> + 'static,
{
    let (store, coming) = (use_store(), use_coming());
    let held = use_mut_ref(|| None::<Wait>);
    use_effect_with((coming, key), move |(coming, key)| {
        // A wait goes on from one state of the snapshot to the next, so it ends after the next begins.
        let before = held.take();
        let task = coming.clone().map(|coming| {
            held.replace(Some(coming.waits.begin()));
            let (id, work) = (coming.data.id().to_owned(), prepare(coming, key));
            task::start(async move {
                match work.await {
                    Ok(true) => drop(held.take()),
                    Ok(false) => {}
                    Err(error) => store.dispatch(Action::Supply(id, Report::Failed(error))),
                }
            })
        });
        drop(before);
        move || drop(task)
    });
}
