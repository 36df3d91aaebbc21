//! A look-up in the snapshot for a view: under way, found, or failed with a way to try again.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use engine::EngineError;
use yew::prelude::*;

use super::coming::{Comes, use_coming};
use crate::host::page::use_page;
use crate::host::shared::Shared;
use crate::host::task;
use crate::session::data::Data;
use crate::session::insist::insist;
use crate::session::state::{Action, Report};
use crate::session::store::use_store;
use crate::session::why;

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

impl<T> Lookup<T> {
    /// What was found, if it was.
    pub fn found(&self) -> Option<&Shared<T>> {
        match self {
            Self::Found(found) => Some(found),
            _ => None,
        }
    }
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

/// A look-up, and of what it is one.
struct Looked<K, T> {
    snapshot: String,
    key: K,
    lookup: Lookup<T>,
}

impl<K: PartialEq, T> Looked<K, T> {
    fn is_of(&self, snapshot: Option<&str>, key: &K) -> bool {
        snapshot == Some(self.snapshot.as_str()) && self.key == *key
    }
}

/// Looks something up as soon as the snapshot can be asked, once a key and snapshot; what failed is
/// looked up again by itself. The one that is coming is asked as well, so that the answer is there
/// when it takes over.
#[hook]
pub fn use_lookup<K, T, F>(key: K, ask: fn(Shared<Data>, K) -> F) -> (Lookup<T>, Callback<()>)
where
    K: Clone + PartialEq + 'static,
    T: 'static,
    F: Future<Output = Result<T, EngineError>> + 'static,
{
    let (store, page) = (use_store(), use_page());
    let looked = use_state(|| None::<Looked<K, T>>);
    let next = use_mut_ref(|| None::<Looked<K, T>>);
    let attempt = use_state(|| 0_u32);
    let snapshot = store.data().map(|data| data.id().to_owned());
    use_beside(&key, ask, &next);
    {
        let (looked, next) = (looked.setter(), next.clone());
        let data = store.data().cloned();
        use_effect_with((key.clone(), snapshot.clone(), *attempt), move |(key, snapshot, _)| {
            let found = next.borrow_mut().take_if(|next| next.is_of(snapshot.as_deref(), key));
            let is_found = found.is_some();
            if is_found {
                looked.set(found);
            }
            let task = data.filter(|_| !is_found).map(|data| {
                looked.set(None);
                let (key, mut working) = (key.clone(), Some(page.busy.begin()));
                task::start(async move {
                    let told = |lookup: Lookup<T>| {
                        let (snapshot, key) = (data.id().to_owned(), key.clone());
                        looked.set(Some(Looked { snapshot, key, lookup }));
                    };
                    let failed = |error: &EngineError| Lookup::Failed(why(error).into());
                    let asked = insist(
                        EngineError::is_tried_again,
                        async || ask(data.clone(), key.clone()).await,
                        |error| {
                            told(failed(error));
                            // As complete as it can be for now.
                            working.take();
                        },
                    );
                    told(match asked.await {
                        Ok(found) => Lookup::Found(Shared::new(found)),
                        Err(error) => failed(&error),
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
    let next = next.borrow();
    let known = next.iter().chain(looked.as_ref());
    let known = known.filter(|it| it.is_of(snapshot.as_deref(), &key)).map(|it| &it.lookup).next();
    // Without a snapshot nothing is under way; the notices above the view say why.
    let found = match (store.data(), &store.failure) {
        (None, Some(error)) => Lookup::Failed(why(error).into()),
        _ => known.cloned().unwrap_or(Lookup::Waiting),
    };
    (found, retry)
}

/// Looks the same up in the snapshot that is coming; one in which it cannot be found out does not
/// take over.
#[hook]
fn use_beside<K, T, F>(
    key: &K,
    ask: fn(Shared<Data>, K) -> F,
    next: &Rc<RefCell<Option<Looked<K, T>>>>,
) where
    K: Clone + PartialEq + 'static,
    T: 'static,
    F: Future<Output = Result<T, EngineError>> + 'static,
{
    let (store, coming) = (use_store(), use_coming());
    let snapshot = coming.as_ref().map(|coming| coming.data.id().to_owned());
    let next = next.clone();
    use_effect_with((key.clone(), snapshot), move |(key, _)| {
        let task = coming.map(|Comes { data, waits, .. }| {
            let (snapshot, key) = (data.id().to_owned(), key.clone());
            let (asked, wait) = (ask(data, key.clone()), waits.begin());
            task::start(async move {
                let _wait = wait;
                match asked.await {
                    Ok(found) => {
                        let lookup = Lookup::Found(Shared::new(found));
                        next.replace(Some(Looked { snapshot, key, lookup }));
                    }
                    Err(error) => store.dispatch(Action::Supply(snapshot, Report::Failed(error))),
                }
            })
        });
        move || drop(task)
    });
}
