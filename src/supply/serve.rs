//! Answers what the page asked in vain, while it stands.

use std::collections::HashSet;
use std::rc::Rc;

use engine::EngineError;
use facts::Question;
use futures::StreamExt;
use gloo::timers::future::TimeoutFuture;
use yew::prelude::*;

use super::Supply;
use crate::data::Data;
use crate::ready::Busy;
use crate::shared::Shared;
use crate::state::{Action, Report, State, Step};
use crate::store::{use_page, use_store};
use crate::task;

/// Keeps the supply of the store's snapshot answering.
#[hook]
pub fn use_supply() {
    let (store, page) = (use_store(), use_page());
    let supply = store.data.as_ref().filter(|_| store.whole).map(|data| data.supply().clone());
    let inputs = (supply.map(Held), store.attempt);
    use_effect_with(inputs, move |(held, _)| {
        let task = held.clone().map(|Held(supply)| {
            let out = Out { dispatch: store.dispatcher(), supply: supply.clone() };
            task::start(async move { serve(&supply, &out, &page.busy).await })
        });
        move || drop(task)
    });
}

/// A supply, equal to itself alone.
#[derive(Clone)]
struct Held(Rc<Supply>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where answers and failures go.
struct Out {
    dispatch: UseReducerDispatcher<State>,
    supply: Rc<Supply>,
}

impl Out {
    fn more(&self) {
        self.dispatch.dispatch(Action::More(Shared::new(Data::of(self.supply.clone()))));
    }

    fn report(&self, report: Report) {
        self.dispatch.dispatch(Action::Supply(report));
    }
}

async fn serve(supply: &Supply, out: &Out, busy: &Busy) {
    // One task at a time; an earlier one may still be about to end.
    let mut questions = supply.questions.lock().await;
    loop {
        let mut wanted = supply.left.take();
        if wanted.is_empty() {
            let Some(first) = questions.next().await else { return };
            wanted.push(first);
        }
        let working = busy.begin();
        // Others ask in the same moment.
        TimeoutFuture::new(0).await;
        while let Ok(question) = questions.try_recv() {
            wanted.push(question);
        }
        match bring(supply, out, wanted.clone()).await {
            Ok(()) => {}
            Err(error) => {
                supply.left.replace(wanted);
                out.report(Report::Failed(error));
                // Another try begins another task.
                return;
            }
        }
        drop(working);
    }
}

/// Reads what the questions need, and shows it step by step.
async fn bring(supply: &Supply, out: &Out, mut wanted: Vec<Question>) -> Result<(), EngineError> {
    let mut seen = HashSet::new();
    wanted.retain(|question| seen.insert(question.clone()));
    loop {
        let facts = supply.facts();
        wanted.retain(|question| !facts.can_answer(question));
        if wanted.is_empty() {
            out.more();
            return Ok(());
        }
        match supply.needs(&wanted) {
            Ok(layers) => supply.read_layers(&layers).await?,
            Err(left) => {
                let progress = |progress| out.report(Report::Step(Step::Reading(progress)));
                supply.ask_columns(&left, progress).await?;
                out.report(Report::Idle);
                out.more();
                return Ok(());
            }
        }
        out.more();
    }
}
