//! What a widget's card knows: computed in its turn, kept while something newer is on its way.

use std::cell::RefCell;
use std::rc::Rc;

use engine::EngineError;
use facts::View;
use widgets::{ChartKind, Figure, Outcome, Rendered};
use yew::prelude::*;

use crate::ask::{Known, compute};
use crate::filter::use_view;
use crate::host::near::use_near;
use crate::host::page::{Page, use_page};
use crate::host::plotly::PlotError;
use crate::host::ready::Working;
use crate::host::shared::Shared;
use crate::host::signal::Signal;
use crate::host::task::{self, Task};
use crate::look::Look;
use crate::session::data::Data;
use crate::session::store::{use_looks, use_store};

/// What a card knows, and what it is told.
pub struct Content {
    /// Why the newest try failed.
    pub problem: Option<AttrValue>,
    /// What this browser cannot draw.
    pub limit: Option<&'static str>,
    /// The day the data is of, in words.
    pub updated: Option<String>,
    /// True while what is shown belongs to the view before.
    pub updating: bool,
    /// True if data is missing because reading the snapshot failed.
    pub failed: bool,
    /// To be told that the figure will be drawn when it is near.
    pub waits: Callback<()>,
    /// To be told when the figure stands.
    pub drawn: Callback<Result<(), PlotError>>,
    /// To be told when the reader wants another try.
    pub retry: Callback<MouseEvent>,
    computed: Option<Computed>,
}

#[derive(Clone, PartialEq)]
struct Computed {
    /// The snapshot that it is of.
    snapshot: String,
    outcome: Shared<Outcome>,
    rendered: Option<Shared<Rendered>>,
    figure: Option<Shared<Figure>>,
}

impl Content {
    /// What was computed last.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.computed.as_ref().map(|computed| &*computed.outcome)
    }

    /// What was computed last, if there was something to show.
    pub fn rendered(&self) -> Option<Shared<Rendered>> {
        self.computed.as_ref()?.rendered.clone()
    }

    /// The figure in it.
    pub fn figure(&self) -> Option<Shared<Figure>> {
        self.computed.as_ref()?.figure.clone()
    }

    /// True before anything is known.
    pub fn is_pending(&self) -> bool {
        let nothing = matches!(self.outcome(), None | Some(Outcome::Loading(_)));
        nothing && self.problem.is_none() && !self.failed
    }
}

/// Where the work on a card reports.
#[derive(Clone)]
struct Slots {
    computed: UseStateHandle<Option<Computed>>,
    problem: UseStateHandle<Option<AttrValue>>,
    updating: UseStateHandle<bool>,
    /// True once there is something to keep.
    filled: Rc<RefCell<bool>>,
    /// What stands on the page as it should; none while something is to be drawn or failed.
    standing: Rc<RefCell<Option<Shared<Outcome>>>>,
    working: Rc<RefCell<Option<Working>>>,
}

/// Computes a widget whenever data, theme or kind change.
#[hook]
pub fn use_content(widget: Known, node: &NodeRef, kind: Option<ChartKind>) -> Content {
    let (store, page, near) = (use_store(), use_page(), use_near(node));
    let attempt = use_state(|| 0_u32);
    let slots = Slots {
        computed: use_state(|| None),
        problem: use_state(|| None),
        updating: use_state(|| false),
        filled: use_mut_ref(|| false),
        standing: use_mut_ref(|| None),
        working: use_mut_ref(|| None),
    };
    let drawable = use_memo(widget, |widget| widget.drawable());
    let kind = kind.or(drawable.0.first().copied());
    let failed = store.failure.is_some();
    let inputs =
        (store.data().cloned(), use_view(), use_looks().is_dark(), kind, (*attempt, failed));
    {
        let slots = slots.clone();
        use_effect_with(inputs, move |(data, view, dark, kind, (_, failed))| {
            let work = data.clone().zip(view.clone()).map(|(data, view)| {
                let look = Look::new(data.facts.meta(), *dark);
                work(
                    Job { widget, data, view, look, kind: *kind, failed: *failed },
                    &page,
                    near,
                    slots,
                )
            });
            move || drop(work)
        });
    }
    let retry = {
        let attempt = attempt.clone();
        Callback::from(move |_| attempt.set(*attempt + 1))
    };
    let shown = store.open.as_ref().map(|open| open.id());
    let updated = store.data().map(|data| {
        let meta = data.facts.meta();
        Look::new(meta, false).format.day(meta.as_of)
    });
    Content {
        problem: (*slots.problem).clone(),
        limit: drawable.1,
        updated,
        updating: *slots.updating,
        failed,
        waits: waits(&slots),
        drawn: drawn(&slots),
        retry,
        // What is of another snapshot is not kept.
        computed: slots
            .computed
            .as_ref()
            .filter(|computed| shown == Some(computed.snapshot.as_str()))
            .cloned(),
    }
}

/// Numbers and table stand; the figure is drawn when somebody comes near.
fn waits(slots: &Slots) -> Callback<()> {
    let working = slots.working.clone();
    Callback::from(move |()| drop(working.take()))
}

/// The figure stands or failed: either way this card's work is done.
fn drawn(slots: &Slots) -> Callback<Result<(), PlotError>> {
    let slots = slots.clone();
    Callback::from(move |result: Result<(), PlotError>| {
        let problem = result.err().map(|error| AttrValue::from(error.to_string()));
        let computed = slots.computed.as_ref().filter(|_| problem.is_none());
        slots.standing.replace(computed.map(|computed| computed.outcome.clone()));
        if *slots.problem != problem {
            slots.problem.set(problem);
        }
        slots.working.take();
    })
}

struct Job {
    widget: Known,
    data: Shared<Data>,
    view: Shared<View>,
    look: Look,
    kind: Option<ChartKind>,
    /// True if nothing is on its way.
    failed: bool,
}

/// What a widget gives, with the names that it asks for.
async fn answered(job: &Job, data: &Data) -> Result<Outcome, EngineError> {
    let names = job.widget.people(&data.facts, &job.view);
    data.know(&names).await?;
    Ok(compute(&job.look, data, &job.view, *job.widget, job.kind))
}

fn work(job: Job, page: &Page, near: Rc<Signal>, slots: Slots) -> Task {
    slots.working.replace(Some(page.busy.begin()));
    let (turns, busy) = (page.turns.clone(), page.busy.clone());
    task::start(async move {
        turns.take(near.clone()).await;
        let failed = job.failed;
        let unheard = (!near.get()).then(|| job.data.unheard());
        let mut answer = answered(&job, unheard.as_ref().unwrap_or(&job.data)).await;
        if unheard.is_some() && matches!(answer, Ok(Outcome::Loading(_))) {
            // Nothing is fetched for what nobody sees.
            slots.updating.set(*slots.filled.borrow());
            slots.standing.take();
            slots.working.take();
            near.raised().await;
            slots.working.replace(Some(busy.begin()));
            answer = answered(&job, &job.data).await;
        }
        let outcome = match answer {
            Ok(outcome) => outcome,
            Err(error) => {
                slots.standing.take();
                slots.problem.set(Some(error.to_string().into()));
                slots.working.take();
                return;
            }
        };
        let waits = matches!(outcome, Outcome::Loading(_));
        let keeps = waits && *slots.filled.borrow();
        slots.updating.set(keeps);
        if keeps {
            // What was known stays on the page until the answer comes.
            slots.standing.take();
        }
        if waits {
            // The answer comes with other data, for which this begins anew.
            if failed {
                slots.working.take();
            }
            if keeps {
                return;
            }
        }
        slots.filled.replace(!waits);
        if slots.standing.borrow().as_ref().is_some_and(|standing| **standing == outcome) {
            // More data, same answer: nothing to draw again.
            slots.working.take();
            return;
        }
        let rendered = match &outcome {
            Outcome::Ready(rendered) => Some(Shared::new((**rendered).clone())),
            _ => None,
        };
        let figure =
            rendered.as_ref().and_then(|rendered| rendered.figure.clone()).map(Shared::new);
        let figure_follows = figure.is_some();
        let outcome = Shared::new(outcome);
        slots.problem.set(None);
        slots.standing.replace((!figure_follows).then(|| outcome.clone()));
        let snapshot = job.data.id().to_owned();
        slots.computed.set(Some(Computed { snapshot, outcome, rendered, figure }));
        if !figure_follows && !waits {
            slots.working.take();
        }
    })
}
