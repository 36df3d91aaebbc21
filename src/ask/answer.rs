//! The one way in which a view asks the facts: the answer, what is kept of the one before, and how
//! to ask again.

use facts::{Answer, View};
use words::say;
use yew::prelude::*;

use super::coming::use_answered;
use crate::filter::use_view;
use crate::host::shared::Shared;
use crate::host::stands::use_stands;
use crate::session::data::Data;
use crate::session::state::Action;
use crate::session::store::use_store;
use crate::session::why;
use crate::ui::{Icon, Skeleton, sentence};

/// How an answer stands.
pub struct Asked<T> {
    /// The answer to what is asked now.
    pub now: Option<Shared<T>>,
    /// What is shown: the answer, or until it comes the one before it of the same snapshot.
    pub kept: Option<Shared<T>>,
    /// True while what is shown is the answer to another view, and the right one is on its way.
    pub updating: bool,
    /// True once the answer stands on the page with all its parts.
    pub stands: bool,
    /// Why there is no answer to what is asked now.
    pub problem: Option<AttrValue>,
    /// To be told when the reader wants another try.
    pub retry: Callback<MouseEvent>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        Self {
            now: self.now.clone(),
            kept: self.kept.clone(),
            updating: self.updating,
            stands: self.stands,
            problem: self.problem.clone(),
            retry: self.retry.clone(),
        }
    }
}

impl<T> Asked<T> {
    /// True if what is shown is not the answer to what is asked.
    pub fn is_old(&self) -> bool {
        self.now.is_none() && self.kept.is_some()
    }

    /// The class of a card that shows what is old.
    pub fn class(&self) -> Option<&'static str> {
        self.is_old().then_some("widget--updating")
    }

    /// `aria-busy` of the card.
    pub fn busy(&self) -> Option<&'static str> {
        (self.now.is_none() && self.problem.is_none() || !self.stands).then_some("true")
    }

    /// The content of a card: what there is to show, else why there is nothing yet.
    pub fn show(&self, content: impl FnOnce(&T) -> Html) -> Html {
        match (&self.kept, &self.problem) {
            (Some(kept), _) => content(kept),
            (None, Some(reason)) => html! {
                <div class="state">
                    { Icon::Warning.html() }
                    <p class="state__text">{ sentence(reason) }</p>
                    { self.again("button") }
                </div>
            },
            (None, None) => html! { <Skeleton /> },
        }
    }

    /// Beside the content: that it is old, or why nothing newer came and the way to ask again. The
    /// notice above the view has told it to those who listen.
    pub fn mark(&self) -> Html {
        match &self.problem {
            _ if self.updating => {
                html! { <p class="card__updating" role="status">{ say!("Updating") }</p> }
            }
            Some(reason) if self.is_old() => html! {
                <div class="kept">
                    <span>{ sentence(reason) }</span>
                    { self.again("button button--quiet") }
                </div>
            },
            _ => html! {},
        }
    }

    fn again(&self, class: &'static str) -> Html {
        html! {
            <button {class} type="button" onclick={self.retry.clone()}>{ say!("Try again") }</button>
        }
    }
}

/// An answer, and of what it is one.
struct Kept<K, T> {
    snapshot: String,
    key: K,
    answer: Shared<T>,
}

/// Asks the facts under the view on screen, anew whenever they know more; `key` is all else that
/// the answer depends on.
///
/// An answer that says the same as the one before is the one before, so that nothing is drawn anew.
#[hook]
pub fn use_ask<K, T, F>(key: K, ask: F) -> Asked<T>
where
    F: Fn(&Data, &View, &K) -> Answer<T>,
    K: Clone + PartialEq + 'static,
    T: PartialEq + 'static,
{
    let (store, view) = (use_store(), use_view());
    let kept = use_mut_ref(|| None::<Kept<K, T>>);
    use_answered(key.clone(), |data, view, key| ask(data, view, key).ready().is_some());
    let now = {
        let kept = kept.clone();
        use_memo((store.data().cloned(), view, key.clone()), move |(data, view, key)| {
            let (data, view) = data.as_ref().zip(view.as_ref())?;
            let Answer::Ready(answer) = ask(data, view, key) else { return None };
            let before = kept.borrow().as_ref().map(|kept| kept.answer.clone());
            let answer = match before {
                Some(before) if *before == answer => before,
                _ => Shared::new(answer),
            };
            kept.replace(Some(Kept {
                snapshot: data.id().to_owned(),
                key: key.clone(),
                answer: answer.clone(),
            }));
            Some(answer)
        })
    };
    let now = (*now).clone();
    let shown = store.open.as_ref().map(|open| open.id());
    let is_other = |kept: &Kept<K, T>| kept.key != key || shown != Some(kept.snapshot.as_str());
    let mut kept = kept.borrow_mut();
    if kept.as_ref().is_some_and(is_other) {
        *kept = None;
    }
    let kept = kept.as_ref().map(|kept| kept.answer.clone());
    let failure = store.failure.as_ref().filter(|_| now.is_none());
    let problem = failure.map(|error| AttrValue::from(why(error)));
    let updating = now.is_none() && kept.is_some() && problem.is_none();
    let stands = use_stands(kept.clone());
    let retry = Callback::from(move |_: MouseEvent| store.dispatch(Action::Retry));
    Asked { now, kept, updating, stands, problem, retry }
}
