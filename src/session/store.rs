//! How components reach what the page knows: what is open, how loading goes, how all is to look.
//!
//! Three contexts of one reducer, so that a tick of progress is drawn by whoever shows progress.

use engine::EngineError;
use snapshot::Manifest;
use yew::prelude::*;

use crate::host::shared::Shared;
use crate::session::data::Data;
use crate::session::open::OpenSnapshot;
use crate::session::own::Own;
use crate::session::state::{Action, LoadProgress, Looks, Setup, State};
use crate::ui::FooterLinks;

/// What changes the state.
pub type Dispatcher = UseReducerDispatcher<State>;

/// The configuration and the open snapshot, as components hold them.
#[derive(Clone, PartialEq)]
pub struct Store {
    /// What the host configured; nothing until `config.json` was read.
    pub setup: Option<Shared<Setup>>,
    /// Data of the reader's own, while it is open in the place of the host's.
    pub own: Option<Own>,
    /// The open snapshot.
    pub open: Option<Shared<OpenSnapshot>>,
    /// True if facts are wanted on a view that needs none.
    pub wanted: bool,
    /// Why nothing, or nothing newer, can be read.
    pub failure: Option<EngineError>,
    dispatcher: Dispatcher,
}

impl Store {
    /// What of the state concerns the open snapshot.
    pub fn of(state: &UseReducerHandle<State>) -> Self {
        Self {
            setup: state.setup.clone(),
            own: state.own.clone(),
            open: state.open.clone(),
            wanted: state.wanted,
            failure: state.progress.failure().cloned(),
            dispatcher: state.dispatcher(),
        }
    }

    /// The open snapshot's description.
    pub fn manifest(&self) -> Option<&Shared<Manifest>> {
        self.open.as_ref().map(|open| &open.manifest)
    }

    /// The open snapshot's facts.
    pub fn data(&self) -> Option<&Shared<Data>> {
        self.open.as_ref().and_then(|open| open.data.as_ref())
    }

    /// True if nothing is left to read of it.
    pub fn is_whole(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.whole)
    }

    /// Lets something happen.
    pub fn dispatch(&self, action: Action) {
        self.dispatcher.dispatch(action);
    }

    /// What lets things happen.
    pub fn dispatcher(&self) -> Dispatcher {
        self.dispatcher.clone()
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
}

/// The configuration and the open snapshot.
///
/// # Panics
/// Outside of the app component, which provides them.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_store() -> Store {
    use_context::<Store>().expect("the app provides the store")
}

/// How loading goes; whoever asks is drawn anew at each step of it.
///
/// # Panics
/// Outside of the app component, which provides it.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_progress() -> LoadProgress {
    use_context::<LoadProgress>().expect("the app provides the progress")
}

/// How the page is to look.
///
/// # Panics
/// Outside of the app component, which provides it.
#[hook]
#[allow(clippy::expect_used, reason = "a component outside the app is a mistake in the code")]
pub fn use_looks() -> Looks {
    use_context::<Looks>().expect("the app provides the looks")
}
