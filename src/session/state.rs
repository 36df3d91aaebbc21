//! The one store: what is known so far, changed by a pure reducer.

use std::rc::Rc;

use engine::{EngineError, Progress};
use snapshot::Manifest;
use yew::Reducible;

use crate::host::again;
use crate::host::shared::Shared;
use crate::look::theme::ThemeChoice;
use crate::session::data::Data;
use crate::session::edits::{Change, Ledger};
use crate::session::live::{Live, LiveNews};
use crate::session::newer::{Newer, News};
use crate::session::open::OpenSnapshot;
use crate::session::own::{Own, OwnFiles};
pub use crate::session::setup::Setup;

/// Everything the page knows.
#[derive(Clone, PartialEq)]
pub struct State {
    /// What the host configured; nothing until `config.json` was read.
    pub setup: Option<Shared<Setup>>,
    /// Data of the reader's own, while it is open in the place of the host's.
    pub own: Option<Own>,
    /// The open snapshot; replaced as a whole.
    pub open: Option<Shared<OpenSnapshot>>,
    /// What is newer than that.
    pub newer: Newer,
    /// What has happened since.
    pub live: Live,
    /// What the reader has changed.
    pub edits: Ledger,
    /// True if facts are wanted on a view that needs none.
    pub wanted: bool,
    /// How loading goes.
    pub progress: LoadProgress,
    /// How the page is to look.
    pub looks: Looks,
    /// Number of the load under way; answers of earlier ones are stale.
    pub generation: u32,
}

/// How loading goes.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadProgress {
    /// What is being loaded.
    pub load: Load,
    /// Failures in a row.
    pub failures: u32,
    /// Number of tries that were asked for, by the reader or by a wait that ended.
    pub attempt: u32,
}

/// How the page is to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Looks {
    /// The theme chosen.
    pub theme: ThemeChoice,
    /// True if the system is dark.
    pub system_dark: bool,
    /// True if the sidebar shows icons alone.
    pub sidebar_narrow: bool,
    /// True while the page is made ready for paper.
    pub printing: bool,
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
    /// Data of the reader's own is opened: its files, and what its manifest says.
    Own(Shared<OwnFiles>, Shared<Manifest>),
    /// The host's data takes its place again.
    Host,
    /// A snapshot knows more than before.
    More(Shared<Data>),
    /// What happens where questions about the snapshot of this id are answered, after the load.
    Supply(String, Report),
    /// Something about newer snapshots.
    Newer(News),
    /// Something about what has happened since the snapshot was made.
    Live(LiveNews),
    /// A step of what the reader changes.
    Edits(Change),
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

/// Failures in a row during which a page waits for the next try; after them it is as complete as
/// it can be for now, and goes on trying.
const WAITED_FOR: u32 = 4;

impl LoadProgress {
    /// Seconds until a failed load is tried again by itself, as of now; none if trying cannot help.
    pub fn retry_after(&self) -> Option<u32> {
        match &self.load {
            Load::Failed(error) if error.is_tried_again() => {
                Some(again::seconds_asked(self.failures))
            }
            _ => None,
        }
    }

    /// True while the page waits for what may come with the next try.
    pub fn is_waited_for(&self) -> bool {
        self.failures <= WAITED_FOR && self.failure().is_some_and(EngineError::may_pass)
    }

    /// Why nothing, or nothing newer, can be shown.
    pub fn failure(&self) -> Option<&EngineError> {
        match &self.load {
            Load::Failed(error) => Some(error),
            _ => None,
        }
    }

    fn rest(&mut self) {
        (self.load, self.failures) = (Load::Idle, 0);
    }
}

impl Looks {
    /// True if figures are drawn for a dark page.
    pub fn is_dark(&self) -> bool {
        match self.theme {
            _ if self.printing => false,
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            ThemeChoice::System => self.system_dark,
        }
    }
}

impl State {
    /// The state before anything is known.
    pub fn new(theme: ThemeChoice, system_dark: bool, sidebar_narrow: bool) -> Self {
        Self {
            setup: None,
            own: None,
            open: None,
            newer: Newer::default(),
            live: Live::default(),
            edits: Ledger::default(),
            wanted: false,
            progress: LoadProgress { load: Load::Idle, failures: 0, attempt: 0 },
            looks: Looks { theme, system_dark, sidebar_narrow, printing: false },
            generation: 0,
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
        let open = manifest.map(|manifest| {
            let open = OpenSnapshot::described(manifest);
            Shared::new(data.and_then(|data| open.with(data)).unwrap_or(open))
        });
        Self { setup, open, ..self }
    }

    /// Lets go of the open snapshot and all that lies over it; what is still under way is dropped on
    /// arrival, since no load has this number.
    fn forget(&mut self) {
        self.generation = 0;
        self.open = None;
        self.newer = Newer::default();
        self.edits = Ledger::default();
        self.progress.rest();
        if let Some(Own { host, .. }) = self.own.take() {
            self.setup = Some(host);
        }
    }

    /// Takes facts over, unless they are of another snapshot than the open one.
    fn learn(&mut self, data: Shared<Data>, whole: bool) {
        if let Some(mut open) = self.open.as_ref().and_then(|open| open.with(data.clone())) {
            open.whole |= whole;
            self.open = Some(Shared::new(open));
        } else {
            self.newer.learn(&data);
        }
    }

    /// What happens with newer snapshots; one that takes over leaves nothing of the load before.
    fn take_news(&mut self, news: News) {
        let before = self.open.as_ref().map(|open| open.manifest.clone());
        let (newer, open) = self.newer.after(before.as_ref(), news);
        self.newer = newer;
        if open.is_some() {
            self.open = open;
            self.generation = 0;
            self.progress.rest();
        }
    }

    fn report(&mut self, report: Report) {
        match report {
            Report::Step(step) => self.progress.load = Load::Running(step),
            Report::Waiting => self.progress.load = Load::Idle,
            Report::Described(manifest) => {
                self.open = Some(Shared::new(OpenSnapshot::described(manifest)));
                self.progress.rest();
            }
            Report::Partly(data) => self.learn(data, false),
            Report::Idle => self.progress.rest(),
            Report::Loaded(data) => {
                self.learn(data, true);
                self.progress.rest();
            }
            Report::Failed(error) => {
                self.progress.load = Load::Failed(error);
                self.progress.failures += 1;
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
                state.forget();
            }
            Action::Own(files, manifest) => {
                let host = state.own.as_ref().map(|own| own.host.clone());
                let Some(host) = host.or(state.setup.clone()) else { return self };
                state.forget();
                let config = host.config.over_own(files.address());
                state.setup = Some(Shared::new(Setup { config, problems: Vec::new() }));
                state.own = Some(Own { files, host });
                state.open = Some(Shared::new(OpenSnapshot::described(manifest)));
            }
            Action::Host if state.own.is_some() => state.forget(),
            Action::Host => return self,
            Action::More(data) => state.learn(data, false),
            Action::Supply(of, report)
                if state.open.as_ref().is_some_and(|open| open.id() == of) =>
            {
                state.report(report);
            }
            Action::Supply(of, Report::Failed(error)) if state.newer.is_coming(&of) => {
                state.take_news(News::Failed(error));
            }
            Action::Supply(..) => return self,
            Action::Newer(news) => state.take_news(news),
            Action::Live(news) => state.live = state.live.after(news),
            Action::Edits(change) => state.edits = change.made(&state.edits),
            Action::Retry => {
                state.progress.load = Load::Idle;
                state.progress.attempt += 1;
            }
            Action::Want => state.wanted = true,
            Action::Theme(theme) if theme == state.looks.theme => return self,
            Action::Theme(theme) => state.looks.theme = theme,
            Action::SystemDark(dark) => state.looks.system_dark = dark,
            Action::Sidebar(narrow) => state.looks.sidebar_narrow = narrow,
            Action::Printing(printing) => state.looks.printing = printing,
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
        assert_eq!(state.progress.load, Load::Idle);
        let state = after([Action::Begin(2), failed(2, offline())]);
        assert_eq!(state.progress.load, Load::Failed(offline()));
    }

    #[wasm_bindgen_test]
    async fn data_of_the_readers_own_takes_the_place_of_the_hosts_and_gives_it_back() {
        let manifest = crate::session::testing::manifest();
        let text = serde_json::to_string(&manifest).unwrap();
        let blob = |text: &str| {
            let parts = js_sys::Array::of1(&wasm_bindgen::JsValue::from_str(text));
            web_sys::Blob::new_with_str_sequence(&parts).unwrap()
        };
        let bytes = "x".repeat(manifest.file.bytes as usize);
        let snapshot::Publishing::Single { path } = &manifest.file.publishing else { panic!() };
        let mut files =
            vec![("manifest.json".to_owned(), blob(&text)), (path.clone(), blob(&bytes))];
        let sides =
            manifest.first_view.iter().flat_map(|view| &view.more).chain(&manifest.file.places);
        files.extend(sides.map(|side| (side.path.clone(), blob(&"x".repeat(side.bytes as usize)))));
        let (own, manifest) = OwnFiles::open("state", "mine".into(), files).await.unwrap();
        let address = own.address();
        let host = Setup::read(r#"{"refresh": 60, "live": "demo", "edits": "api"}"#);
        let (own, manifest) = (Shared::new(own), Shared::new(manifest));
        let state = after([Action::Configured(host)]).reduce(Action::Own(own, manifest));
        let config = &state.setup.as_ref().unwrap().config;
        assert!(config.is_own && config.snapshot == address);
        assert_eq!((config.refresh, &config.edits), (None, &None), "nobody is asked for it");
        assert!(crate::host::held::file(&address).is_some());
        let state = state.reduce(Action::Host);
        let config = &state.setup.as_ref().unwrap().config;
        assert!(!config.is_own && config.refresh == Some(60) && state.open.is_none());
        assert!(crate::host::held::file(&address).is_none(), "nothing of it stays in memory");
    }

    fn opened(id: &str) -> Action {
        let mut manifest = crate::session::testing::manifest();
        manifest.meta.snapshot_id = id.to_owned();
        Action::Newer(News::Opened(OpenSnapshot::described(Shared::new(manifest)), false))
    }

    #[wasm_bindgen_test]
    fn a_snapshot_that_takes_over_leaves_nothing_of_the_load_before() {
        let swap = Action::Newer(News::Swap("b".to_owned()));
        let before = after([Action::Begin(3), failed(3, offline()), opened("b")]);
        assert_eq!(before.progress.load, Load::Failed(offline()));
        let state = before.reduce(swap);
        assert_eq!(state.open.as_ref().map(|open| open.id()), Some("b"));
        assert_eq!((&state.progress.load, state.progress.failures), (&Load::Idle, 0));
        let state = state.reduce(failed(3, offline()));
        assert_eq!(state.progress.load, Load::Idle, "the old load speaks to nobody");
    }

    #[wasm_bindgen_test]
    fn one_that_cannot_answer_does_not_take_over_and_the_open_one_stays_well() {
        let state = after([opened("b"), Action::Supply("b".into(), Report::Failed(offline()))]);
        assert_eq!((&state.progress.load, state.newer.failures), (&Load::Idle, 1));
        let state = state.reduce(Action::Newer(News::Swap("b".to_owned())));
        assert!(state.open.is_none() && state.newer.swaps == 0);
    }

    #[wasm_bindgen_test]
    fn waits_double_and_never_end() {
        let mut state = after([]);
        let mut waits = Vec::new();
        for _ in 0..9 {
            state = state.reduce(failed(0, offline()));
            waits.push((state.progress.retry_after().unwrap(), state.progress.is_waited_for()));
            state = state.reduce(Action::Retry);
        }
        assert_eq!(waits[..4], [(1, true), (2, true), (4, true), (8, true)]);
        assert_eq!(waits[4..], [(16, false), (32, false), (32, false), (32, false), (32, false)]);
    }

    #[wasm_bindgen_test]
    fn what_a_host_may_mend_is_tried_again_and_not_waited_for() {
        let missing =
            EngineError::NotFound { url: "https://shop.example/data/manifest.json".into() };
        let progress = &after([failed(0, missing)]).progress;
        assert_eq!((progress.retry_after(), progress.is_waited_for()), (Some(1), false));
        let refused = EngineError::Sql("syntax".into());
        assert_eq!(after([failed(0, refused)]).progress.retry_after(), None);
    }

    #[wasm_bindgen_test]
    fn the_reader_overrules_the_system() {
        assert!(after([]).looks.is_dark());
        assert!(!after([Action::Theme(ThemeChoice::Light)]).looks.is_dark());
        assert!(
            after([Action::Theme(ThemeChoice::Dark), Action::SystemDark(false)]).looks.is_dark()
        );
        assert!(!after([Action::SystemDark(false)]).looks.is_dark());
    }
}
