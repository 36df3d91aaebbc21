//! A look-up in the snapshot for a view: under way, found, or failed with a way to try again.

use std::future::Future;

use engine::EngineError;
use yew::prelude::*;

use crate::host::page::use_page;
use crate::host::shared::Shared;
use crate::host::task;
use crate::session::data::Data;
use crate::session::store::use_store;

/// How a look-up stands.
#[derive(Debug)]
pub enum Lookup<T> {
    /// Under way.
    Waiting,
    /// Found.
    Found(Shared<T>),
    /// Failed, and why.
    Failed(AttrValue),
}

impl<T> Clone for Lookup<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Waiting => Self::Waiting,
            Self::Found(found) => Self::Found(found.clone()),
            Self::Failed(reason) => Self::Failed(reason.clone()),
        }
    }
}

impl<T> PartialEq for Lookup<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Waiting, Self::Waiting) => true,
            (Self::Found(one), Self::Found(other)) => one == other,
            (Self::Failed(one), Self::Failed(other)) => one == other,
            _ => false,
        }
    }
}

/// Looks something up as soon as the snapshot can be asked, once a key and snapshot.
#[hook]
pub fn use_lookup<K, T, F>(key: K, ask: fn(Shared<Data>, K) -> F) -> (Lookup<T>, Callback<()>)
where
    K: Clone + PartialEq + 'static,
    T: 'static,
    F: Future<Output = Result<T, EngineError>> + 'static,
{
    let (store, page) = (use_store(), use_page());
    let lookup = use_state(|| Lookup::Waiting);
    let attempt = use_state(|| 0_u32);
    let snapshot = store.data().map(|data| data.facts.meta().snapshot_id.clone());
    {
        let (lookup, data) = (lookup.setter(), store.data().cloned());
        use_effect_with((key, snapshot, *attempt), move |(key, _, _)| {
            let task = data.map(|data| {
                lookup.set(Lookup::Waiting);
                let (asked, working) = (ask(data, key.clone()), page.busy.begin());
                task::start(async move {
                    let _working = working;
                    lookup.set(match asked.await {
                        Ok(found) => Lookup::Found(Shared::new(found)),
                        Err(error) => Lookup::Failed(error.to_string().into()),
                    });
                })
            });
            move || drop(task)
        });
    }
    let retry = {
        let attempt = attempt.clone();
        Callback::from(move |()| attempt.set(*attempt + 1))
    };
    // Without a snapshot nothing is under way; the notices above the view say why.
    let found = match (store.data(), &store.failure) {
        (None, Some(error)) => Lookup::Failed(error.to_string().into()),
        _ => (*lookup).clone(),
    };
    (found, retry)
}
