//! The one store: what is known so far, changed by a pure reducer.

use std::rc::Rc;

use engine::{EngineError, Progress};
use snapshot::Manifest;
use yew::Reducible;

use crate::host::shared::Shared;
use crate::look::theme::ThemeChoice;
use crate::session::config::{Config, ConfigProblem};
use crate::session::data::Data;
use crate::ui::FooterLinks;

/// Everything the page knows.
#[derive(Clone, PartialEq)]
pub struct State {
    /// What the host configured; nothing until `config.json` was read.
    pub setup: Option<Shared<Setup>>,
    /// The snapshot's description.
    pub manifest: Option<Shared<Manifest>>,
    /// The snapshot's facts; kept while a later load runs or fails.
    pub data: Option<Shared<Data>>,
    /// True if nothing is left to read of it.
    pub whole: bool,
    /// True if facts are wanted on a view that needs none.
    pub wanted: bool,
    /// What is being loaded.
    pub load: Load,
    /// Number of the load under way; answers of earlier ones are stale.
    pub generation: u32,
    /// Failures in a row.
    pub failures: u32,
    /// Number of tries that were asked for, by the reader or by a wait that ended.
    pub attempt: u32,
    /// The theme chosen.
    pub theme: ThemeChoice,
    /// True if the system is dark.
    pub system_dark: bool,
    /// True if the sidebar shows icons alone.
    pub sidebar_narrow: bool,
    /// True while the page is made ready for paper.
    pub printing: bool,
}

/// What the host configured, and what was wrong with it.
#[derive(Debug)]
pub struct Setup {
    /// The configuration in force.
    pub config: Config,
    /// Keys that were not taken as written.
    pub problems: Vec<ConfigProblem>,
}

impl Setup {
    /// What the text of `config.json` says.
    pub fn read(text: &str) -> Self {
        let (config, problems) = Config::read(text);
        Self { config, problems }
    }
}

/// How the load stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Load {
    /// Nothing is under way.
    Idle,
    /// Under way.
    Running(Step),
    /// Failed, with what was known before still shown.
    Failed(EngineError),
}

/// Where a load is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading `config.json` and the manifest.
    Describing,
    /// Starting the database part.
    Opening,
    /// Reading columns.
    Reading(Progress),
}

/// What can happen.
pub enum Action {
    /// A load begins; what earlier ones still send is stale.
    Begin(u32),
    /// `config.json` was read.
    Configured(Setup),
    /// A message of a load.
    Load(u32, Report),
    /// Facts are wanted, whatever the view.
    Want,
    /// Nothing of the snapshot may stay in memory: the reader signed out.
    Forget,
    /// The snapshot shown knows more than before.
    More(Shared<Data>),
    /// What happens where questions are answered that came after the load.
    Supply(Report),
    /// Another try, wanted by the reader or due after a wait.
    Retry,
    /// The reader chose a theme.
    Theme(ThemeChoice),
    /// The system changed its theme.
    SystemDark(bool),
    /// The reader folded or unfolded the sidebar.
    Sidebar(bool),
    /// The page is made ready for paper, or was printed.
    Printing(bool),
}

/// A message of a load.
pub enum Report {
    /// It came to a step.
    Step(Step),
    /// It waits until the reader is let in.
    Waiting,
    /// It read the manifest.
    Described(Shared<Manifest>),
    /// It read facts that answer much, and goes on.
    Partly(Shared<Data>),
    /// It read all facts.
    Loaded(Shared<Data>),
    /// Nothing is under way any more.
    Idle,
    /// It failed.
    Failed(EngineError),
}

/// Tries that follow a failure by themselves.
pub const AUTOMATIC_TRIES: u32 = 4;

impl State {
    /// The state before anything is known.
    pub fn new(theme: ThemeChoice, system_dark: bool, sidebar_narrow: bool) -> Self {
        Self {
            setup: None,
            manifest: None,
            data: None,
            whole: false,
            wanted: false,
            load: Load::Idle,
            generation: 0,
            failures: 0,
            attempt: 0,
            theme,
            system_dark,
            sidebar_narrow,
            printing: false,
        }
    }

    /// The state with what was read before the app was there.
    #[must_use]
    pub fn begun(
        self,
        setup: Option<Shared<Setup>>,
        manifest: Option<Shared<Manifest>>,
        data: Option<Shared<Data>>,
    ) -> Self {
        Self { setup, manifest, data, ..self }
    }

    /// Whose page it is and where its footer leads, once that is known.
    pub fn footer_links(&self) -> Option<FooterLinks<'_>> {
        let config = &self.setup.as_ref()?.config;
        Some(FooterLinks {
            name: &config.brand.name,
            documentation: &config.links.documentation,
            support: &config.links.support,
        })
    }

    /// True if figures are drawn for a dark page.
    pub fn is_dark(&self) -> bool {
        match self.theme {
            _ if self.printing => false,
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            ThemeChoice::System => self.system_dark,
        }
    }

    /// Seconds until a failed load is tried again by itself; none if trying cannot help.
    pub fn retry_after(&self) -> Option<u32> {
        match &self.load {
            Load::Failed(error) if error.may_pass() && self.failures <= AUTOMATIC_TRIES => {
                Some(1 << self.failures.saturating_sub(1).min(5))
            }
            _ => None,
        }
    }

    fn report(&mut self, report: Report) {
        match report {
            Report::Step(step) => self.load = Load::Running(step),
            Report::Waiting => self.load = Load::Idle,
            Report::Described(manifest) => {
                self.manifest = Some(manifest);
                self.load = Load::Idle;
                self.failures = 0;
            }
            Report::Partly(data) => self.data = Some(data),
            Report::Idle => {
                self.load = Load::Idle;
                self.failures = 0;
            }
            Report::Loaded(data) => {
                self.data = Some(data);
                self.whole = true;
                self.load = Load::Idle;
                self.failures = 0;
            }
            Report::Failed(error) => {
                self.load = Load::Failed(error);
                self.failures += 1;
            }
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = (*self).clone();
        match action {
            Action::Begin(generation) => state.generation = generation,
            Action::Configured(setup) => state.setup = Some(Shared::new(setup)),
            Action::Load(generation, report) if generation == state.generation => {
                state.report(report);
            }
            Action::Load(..) => return self,
            Action::Forget => {
                // No load has this number: what is still under way is dropped on arrival.
                state.generation = 0;
                (state.manifest, state.data, state.whole) = (None, None, false);
                (state.load, state.failures) = (Load::Idle, 0);
            }
            Action::More(data) => state.data = Some(data),
            Action::Supply(report) => state.report(report),
            Action::Retry => {
                state.load = Load::Idle;
                state.attempt += 1;
            }
            Action::Want => state.wanted = true,
            Action::Theme(theme) if theme == state.theme => return self,
            Action::Theme(theme) => state.theme = theme,
            Action::SystemDark(dark) => state.system_dark = dark,
            Action::Sidebar(narrow) => state.sidebar_narrow = narrow,
            Action::Printing(printing) => state.printing = printing,
        }
        Rc::new(state)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
        let state = Rc::new(State::new(ThemeChoice::System, true, false));
        actions.into_iter().fold(state, Reducible::reduce)
    }

    fn failed(generation: u32, error: EngineError) -> Action {
        Action::Load(generation, Report::Failed(error))
    }

    fn offline() -> EngineError {
        EngineError::Offline { url: "https://shop.example/data/manifest.json".into() }
    }

    #[wasm_bindgen_test]
    fn stale_answers_change_nothing() {
        let state = after([Action::Begin(2), failed(1, offline())]);
        assert_eq!(state.load, Load::Idle);
        let state = after([Action::Begin(2), failed(2, offline())]);
        assert_eq!(state.load, Load::Failed(offline()));
    }

    #[wasm_bindgen_test]
    fn waits_double_and_end() {
        let mut state = after([]);
        let mut waits = Vec::new();
        while let Some(wait) = {
            state = state.clone().reduce(failed(0, offline()));
            state.retry_after()
        } {
            waits.push(wait);
        }
        assert_eq!(waits, [1, 2, 4, 8]);
    }

    #[wasm_bindgen_test]
    fn what_cannot_help_is_not_tried_again() {
        let missing =
            EngineError::NotFound { url: "https://shop.example/data/manifest.json".into() };
        assert_eq!(after([failed(0, missing)]).retry_after(), None);
    }

    #[wasm_bindgen_test]
    fn the_reader_overrules_the_system() {
        assert!(after([]).is_dark());
        assert!(!after([Action::Theme(ThemeChoice::Light)]).is_dark());
        assert!(after([Action::Theme(ThemeChoice::Dark), Action::SystemDark(false)]).is_dark());
        assert!(!after([Action::SystemDark(false)]).is_dark());
    }
}
