//! Answers what the page asked in vain, while it stands.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use engine::EngineError;
use facts::{Lacking, Question};
use futures::StreamExt;
use gloo::timers::future::TimeoutFuture;
use yew::UseReducerDispatcher;

use super::Supply;
use crate::host::ready::Busy;
use crate::host::shared::Shared;
use crate::session::data::Data;
use crate::session::insist::note;
use crate::session::state::{Action, Report, State, Step};

/// A supply that answers, and where answers and failures go.
pub struct Served {
    dispatch: UseReducerDispatcher<State>,
    supply: Rc<Supply>,
    /// Where it is told that the reader waits; nowhere for what happens beside.
    busy: Option<Busy>,
}

impl Served {
    /// A supply, and where its answers and failures go.
    pub fn new(
        dispatch: UseReducerDispatcher<State>,
        supply: Rc<Supply>,
        busy: Option<Busy>,
    ) -> Self {
        Self { dispatch, supply, busy }
    }

    /// It cannot answer.
    pub fn fail(&self, error: EngineError) {
        note(&error);
        self.report(Report::Failed(error));
    }

    fn more(&self) {
        self.dispatch.dispatch(Action::More(Shared::new(Data::of(self.supply.clone()))));
    }

    fn report(&self, report: Report) {
        let id = self.supply.meta.snapshot_id.clone();
        self.dispatch.dispatch(Action::Supply(id, report));
    }
}

/// Answers questions as they are asked, until one cannot be answered: gives why, or nothing where
/// nobody will ask any more.
pub async fn serve(served: &Served) -> Option<EngineError> {
    let supply = &served.supply;
    // One task at a time; an earlier one may still be about to end.
    let mut questions = supply.questions.lock().await;
    loop {
        let mut wanted = supply.left.take();
        if wanted.is_empty() {
            wanted.push(questions.next().await?);
        }
        let working = served.busy.as_ref().map(Busy::begin);
        // Others ask in the same moment.
        TimeoutFuture::new(0).await;
        while let Ok(question) = questions.try_recv() {
            wanted.push(question);
        }
        match bring(served, wanted.clone()).await {
            Ok(()) => {}
            Err(error) => {
                supply.left.replace(wanted);
                served.fail(error.clone());
                // Another try begins another task.
                return Some(error);
            }
        }
        drop(working);
    }
}

/// Reads what the questions need, and shows it step by step.
async fn bring(out: &Served, mut wanted: Vec<Question>) -> Result<(), EngineError> {
    let supply = &out.supply;
    let mut seen = HashSet::new();
    wanted.retain(|question| seen.insert(question.clone()));
    let mut read = BTreeSet::new();
    loop {
        let facts = supply.published();
        wanted.retain(|question| !facts.can_answer(question));
        if wanted.is_empty() {
            out.more();
            return Ok(());
        }
        match supply.needs(&wanted)? {
            Lacking::Layers(layers) if layers.is_subset(&read) => {
                // What is still missed after it was read would be read for ever.
                let missing = format!("a pack of {layers:?} is missing");
                return Err(EngineError::Damaged(missing));
            }
            Lacking::Layers(layers) => {
                supply.read_layers(&layers).await?;
                read.extend(layers);
            }
            Lacking::Columns(left) => {
                let sums = supply.sums_of(&left).await?;
                if let Lacking::Layers(layers) = supply.needs(&sums)?
                    && !layers.is_subset(&read)
                {
                    supply.read_layers(&layers).await?;
                    read.extend(layers);
                    continue;
                }
                let progress = |progress| out.report(Report::Step(Step::Reading(progress)));
                supply.ask_columns(&left, &sums, progress).await?;
                out.report(Report::Idle);
                out.more();
                return Ok(());
            }
        }
        out.more();
    }
}
