//! Where the work on a card reports, and what it keeps from one question to the next.

use std::cell::RefCell;
use std::rc::Rc;

use engine::EngineError;
use facts::View;
use widgets::{ChartKind, Outcome};
use yew::prelude::*;

use super::computed::{Computed, Job};
use crate::host::ready::Working;
use crate::host::shared::Shared;
use crate::session::why;

/// Where the work on a card reports.
#[derive(Clone)]
pub struct Slots {
    /// What was computed last.
    pub computed: UseStateHandle<Option<Computed>>,
    /// Why the newest try failed.
    pub problem: UseStateHandle<Option<AttrValue>>,
    /// True while the answer to what is asked now is awaited, and an older one shown.
    pub updating: UseStateHandle<bool>,
    /// The view that was answered last.
    pub of: UseStateHandle<Option<View>>,
    /// True once there is something to keep.
    pub filled: Rc<RefCell<bool>>,
    /// What stands on the page as it should; none while something is to be drawn or failed.
    pub standing: Rc<RefCell<Option<Shared<Outcome>>>>,
    /// Keeps the page from being ready while the card is at work.
    pub working: Rc<RefCell<Option<Working>>>,
    /// What will be shown when the snapshot that is coming takes over.
    pub next: Rc<RefCell<Option<Next>>>,
}

/// What a snapshot that is not open yet gives.
pub struct Next {
    /// What it is.
    pub computed: Computed,
    /// The view that it is the answer to.
    pub view: Shared<View>,
    /// True if it is for the dark theme.
    pub dark: bool,
    /// The kind of chart that it is for.
    pub kind: Option<ChartKind>,
}

impl Next {
    /// What says the same as what is shown is what is shown, so that nothing is drawn anew.
    pub fn of(job: Job, outcome: Outcome, shown: Option<&Computed>) -> Self {
        let computed = match shown {
            Some(shown) if *shown.outcome == outcome => {
                Computed { snapshot: job.data.id().to_owned(), ..shown.clone() }
            }
            _ => Computed::of(&job, outcome),
        };
        Self { computed, view: job.view, dark: job.dark, kind: job.kind }
    }

    pub fn is_for(&self, job: &Job) -> bool {
        let same = self.view == job.view || *self.view == *job.view;
        same && self.computed.snapshot == job.data.id()
            && (self.dark, self.kind) == (job.dark, job.kind)
    }
}

impl Slots {
    /// There is no answer, for now or for good; what was known before stays.
    pub fn fail(&self, error: &EngineError) {
        self.standing.take();
        // What is kept is the answer to another question.
        self.updating.set(*self.filled.borrow());
        self.problem.set(Some(why(error).into()));
        self.working.take();
    }

    /// What was prepared is what is shown from now on.
    pub fn take_over(&self, computed: Computed, view: &View) {
        let stands = self.standing.borrow().as_ref() == Some(&computed.outcome);
        if computed.figure.is_none() || stands {
            self.standing.replace(Some(computed.outcome.clone()));
            self.working.take();
        }
        self.filled.replace(true);
        self.of.set(Some(view.clone()));
        self.updating.set(false);
        self.problem.set(None);
        self.computed.set(Some(computed));
    }
}
