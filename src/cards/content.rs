//! What a widget's card knows: computed in its turn, kept while something newer is on its way.

mod computed;
mod next;
mod slots;

use std::rc::Rc;

use engine::EngineError;
use facts::View;
use widgets::{ChartKind, Figure, Outcome, Rendered};
use yew::prelude::*;

use self::computed::{Computed, Job, computed};
use self::next::use_next;
use self::slots::{Next, Slots};
use super::away::use_away;
use crate::ask::Known;
use crate::filter::use_view;
use crate::host::faults;
use crate::host::keeper::use_host;
use crate::host::near::use_near;
use crate::host::page::{Page, use_page};
use crate::host::plotly::PlotError;
use crate::host::shared::Shared;
use crate::host::signal::Signal;
use crate::host::stands::use_stands;
use crate::host::task::{self, Task};
use crate::look::Look;
use crate::session::data::Data;
use crate::session::insist::insist;
use crate::session::state::Action;
use crate::session::store::{use_looks, use_store};

/// What a card knows, and what it is told.
pub struct Content {
    /// Why the newest try failed.
    pub problem: Option<AttrValue>,
    /// What this browser cannot draw.
    pub limit: Option<String>,
    /// The day the data is of, in words.
    pub updated: Option<String>,
    /// True while what is shown belongs to the view before, and what belongs to this one is awaited.
    pub updating: bool,
    /// True as soon as what is shown is not of this view, were it for a moment.
    pub behind: bool,
    /// The view that what is shown is of.
    pub of: Option<View>,
    /// True once what is shown stands on the page with all its parts.
    pub stands: bool,
    /// True if data is missing because reading the snapshot failed.
    pub failed: bool,
    /// True if data is missing because the host cannot be reached, and it was not kept.
    pub away: bool,
    /// To be told when the reader wants the snapshot to be read once more.
    pub again: Callback<MouseEvent>,
    /// To be told that the figure will be drawn when it is near.
    pub waits: Callback<()>,
    /// To be told when the figure stands.
    pub drawn: Callback<Result<(), PlotError>>,
    /// To be told when the reader wants another try.
    pub retry: Callback<MouseEvent>,
    computed: Option<Computed>,
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

    /// True if there is no answer to what is asked, and none can come: what is known is of another
    /// filter, and would be taken for this one's.
    pub fn is_missing(&self) -> bool {
        let nothing = matches!(self.outcome(), None | Some(Outcome::Loading(_)));
        self.away && (self.updating || self.behind || nothing)
    }

    /// True while what is shown is not, or not in all its parts, what is asked for.
    pub fn is_busy(&self) -> bool {
        let is_awaited = !self.away && self.problem.is_none();
        let is_old = self.updating || self.behind;
        self.is_pending() || !self.stands || (is_old && is_awaited)
    }

    /// True before anything is known.
    pub fn is_pending(&self) -> bool {
        let nothing = matches!(self.outcome(), None | Some(Outcome::Loading(_)));
        nothing && self.problem.is_none() && !self.failed
    }
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
        of: use_state_eq(|| None),
        filled: use_mut_ref(|| false),
        standing: use_mut_ref(|| None),
        working: use_mut_ref(|| None),
        next: use_mut_ref(|| None),
    };
    let drawable = use_memo(widget, |widget| widget.drawable());
    let kind = drawable.kind(kind);
    let (failed, dark) = (store.failure.is_some(), use_looks().is_dark());
    use_next(widget, kind, dark, &near, &slots);
    let host = use_host();
    let view = use_view();
    let behind = slots.of.as_ref().is_some_and(|of| view.as_deref() != Some(of));
    let away = use_away(failed || slots.problem.is_some(), *slots.updating || behind);
    let inputs = (store.data().cloned(), view, dark, kind, (*attempt, failed));
    {
        // What failed for want of a host is asked again as soon as it is back.
        let attempt = attempt.clone();
        let has_problem = slots.problem.is_some();
        use_effect_with(host.is_lost(), move |&lost| {
            if !lost && has_problem {
                attempt.set(*attempt + 1);
            }
        });
    }
    {
        let slots = slots.clone();
        use_effect_with(inputs, move |(data, view, dark, kind, (_, failed))| {
            let work = data.clone().zip(view.clone()).map(|(data, view)| {
                let look = Look::new(data.facts.meta(), *dark);
                work(
                    Job { widget, data, view, look, dark: *dark, kind: *kind, failed: *failed },
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
    let again = {
        let (dispatcher, attempt) = (store.dispatcher(), attempt.clone());
        Callback::from(move |_| {
            dispatcher.dispatch(Action::Retry);
            attempt.set(*attempt + 1);
        })
    };
    let shown = store.open.as_ref().map(|open| open.id());
    let updated = store.data().map(|data| {
        let meta = data.facts.meta();
        // The rows of the pipeline are those of the snapshot.
        let day = if widget.id() == "data_flow" { meta.published_day() } else { meta.as_of };
        Look::new(meta, false).format.day(day)
    });
    // What is of another snapshot is not kept.
    let computed = {
        let next = slots.next.borrow();
        let mut known = next.iter().map(|next| &next.computed).chain(slots.computed.as_ref());
        known.find(|computed| shown == Some(computed.snapshot.as_str())).cloned()
    };
    let stands = use_stands(computed.as_ref().map(|computed| computed.outcome.clone()));
    Content {
        problem: (*slots.problem).clone(),
        limit: drawable.limit(kind),
        updated,
        updating: *slots.updating,
        behind,
        of: (*slots.of).clone(),
        stands,
        failed,
        away,
        again,
        waits: waits(&slots),
        drawn: drawn(&slots, computed.as_ref()),
        retry,
        computed,
    }
}

/// Numbers and table stand; the figure is drawn when somebody comes near.
fn waits(slots: &Slots) -> Callback<()> {
    let working = slots.working.clone();
    Callback::from(move |()| drop(working.take()))
}

/// The figure stands or failed: either way this card's work is done.
fn drawn(slots: &Slots, computed: Option<&Computed>) -> Callback<Result<(), PlotError>> {
    let (slots, outcome) = (slots.clone(), computed.map(|computed| computed.outcome.clone()));
    Callback::from(move |result: Result<(), PlotError>| {
        let problem = result.err().map(|error| AttrValue::from(error.to_string()));
        if let Some(problem) = &problem {
            faults::note("chart", problem);
        }
        slots.standing.replace(outcome.clone().filter(|_| problem.is_none()));
        if *slots.problem != problem {
            slots.problem.set(problem);
        }
        slots.working.take();
    })
}

/// What a widget gives, with the names that it asks for: until they are here.
async fn answered(job: &Job, data: &Data, slots: &Slots) -> Result<Outcome, EngineError> {
    let names = job.widget.people(&data.facts, &job.view);
    let asked = async || data.know(&names).await;
    insist(EngineError::is_tried_again, asked, |error| slots.fail(error)).await?;
    Ok(computed(job, data))
}

/// Asks in its turn, and reports; ends when it is dropped.
fn work(job: Job, page: &Page, near: Rc<Signal>, slots: Slots) -> Task {
    slots.working.replace(Some(page.busy.begin()));
    let (turns, busy) = (page.turns.clone(), page.busy.clone());
    task::start(async move {
        let of_this = |next: &mut Next| next.computed.snapshot == job.data.id();
        let next = slots.next.borrow_mut().take_if(of_this);
        if let Some(Next { computed, .. }) = next.filter(|next| next.is_for(&job)) {
            // It is on the page since the snapshot took over; its figure reports by itself.
            slots.take_over(computed, &job.view);
            return;
        }
        turns.take(near.clone()).await;
        let failed = job.failed;
        let from_cache = (!near.get()).then(|| job.data.from_cache());
        let mut answer = answered(&job, from_cache.as_ref().unwrap_or(&job.data), &slots).await;
        if from_cache.is_some() && matches!(answer, Ok(Outcome::Loading(_))) {
            // Nothing is fetched for what nobody sees.
            slots.updating.set(*slots.filled.borrow());
            slots.standing.take();
            slots.working.take();
            near.raised().await;
            slots.working.replace(Some(busy.begin()));
            answer = answered(&job, &job.data, &slots).await;
        }
        let outcome = match answer {
            Ok(outcome) => outcome,
            Err(error) => {
                slots.fail(&error);
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
        slots.of.set(Some((*job.view).clone()));
        if slots.standing.borrow().as_ref().is_some_and(|standing| **standing == outcome) {
            // More data, same answer: nothing to draw again.
            slots.working.take();
            return;
        }
        let computed = Computed::of(&job, outcome);
        let figure_follows = computed.figure.is_some();
        slots.problem.set(None);
        slots.standing.replace((!figure_follows).then(|| computed.outcome.clone()));
        slots.computed.set(Some(computed));
        if !figure_follows && !waits {
            slots.working.take();
        }
    })
}
