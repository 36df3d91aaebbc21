//! The load sequence: configuration, manifest, database, columns, facts.

use std::rc::Rc;

use engine::EngineError;
use futures::future::join;
use snapshot::Manifest;
use snapshot::cubes::Layer;
use wasm_bindgen_futures::spawn_local;
use yew::UseReducerDispatcher;

use crate::host::place;
use crate::host::shared::Shared;
use crate::host::timing::now;
use crate::look::language;
use crate::session::beacon;
use crate::session::config::{Config, ConfigProblem, SignInConfig};
use crate::session::data::Data;
use crate::session::engine_http::{read_manifest, read_text};
use crate::session::insist::note;
use crate::session::newer::News;
use crate::session::pin;
use crate::session::state::{Action, Report, Setup, State, Step};
use crate::session::supply::Supply;

/// Unpacked columns up to this many bytes are read at once, without being asked for.
const AT_ONCE: u64 = 2_000_000;

/// Where a load sends what it has to say.
#[derive(Clone)]
pub struct Line {
    dispatch: UseReducerDispatcher<State>,
    generation: u32,
}

impl Line {
    /// Opens the line of a new load; what earlier loads still send is dropped.
    pub fn open(dispatch: UseReducerDispatcher<State>, generation: u32) -> Self {
        dispatch.dispatch(Action::Begin(generation));
        Self { dispatch, generation }
    }

    /// The load has failed.
    pub fn fail(&self, error: EngineError) {
        self.send(Report::Failed(error));
    }

    fn send(&self, report: Report) {
        if let Report::Failed(error) = &report {
            note(error);
        }
        self.dispatch.dispatch(Action::Load(self.generation, report));
    }
}

/// Reads `config.json`, then the manifest.
pub async fn describe(line: Line, known: Option<Shared<Setup>>) {
    line.send(Report::Step(Step::Describing));
    let snapshot = match known {
        Some(setup) => setup.config.snapshot.clone(),
        None => {
            let setup = match read_setup().await {
                Ok(setup) => setup,
                Err(error) => return line.fail(error),
            };
            language::learn(&setup.config.locale).await;
            let (snapshot, asks) =
                (setup.config.snapshot.clone(), setup.config.sign_in.is_required());
            line.dispatch.dispatch(Action::Configured(setup));
            if asks {
                // Whoever is not let in has nothing to read.
                return line.send(Report::Waiting);
            }
            snapshot
        }
    };
    line.send(match find(&line, &place::absolute(&snapshot)).await {
        Ok(manifest) => Report::Described(manifest),
        Err(error) => Report::Failed(error),
    });
}

/// The manifest of the snapshot that the address asks for, else of the newest.
async fn find(line: &Line, address: &str) -> Result<Shared<Manifest>, EngineError> {
    let newest = Shared::new(read_manifest(address).await?);
    let pinned = pin::of_address().filter(|id| *id != newest.meta.snapshot_id);
    let Some(id) = pinned else { return Ok(newest) };
    match pin::read(address, &id).await {
        Ok(manifest) => {
            line.dispatch.dispatch(Action::Newer(News::Offered(newest)));
            Ok(manifest)
        }
        Err(error) if pin::is_gone(&error) => {
            line.dispatch.dispatch(Action::Newer(News::Gone(id.into())));
            Ok(newest)
        }
        Err(error) => Err(error),
    }
}

/// What is to be loaded.
pub struct Wanted {
    /// Where news go.
    pub line: Line,
    /// The configuration, which says where the snapshot lies.
    pub setup: Shared<Setup>,
    /// What the snapshot is.
    pub manifest: Shared<Manifest>,
    /// What is known of it.
    pub known: Option<Shared<Data>>,
}

/// Reads the facts of a snapshot, on top of what is known of it.
pub async fn load(Wanted { line, setup, manifest, known }: Wanted) {
    if let Some(address) = setup.config.beacon.clone() {
        spawn_local(beacon::report(address, manifest.meta.snapshot_id.clone()));
    }
    line.send(Report::Step(Step::Opening));
    let told = |report| line.send(report);
    line.send(match read_data(told, &setup.config, &manifest, known).await {
        Ok(data) => Report::Loaded(Shared::new(data)),
        Err(error) => Report::Failed(error),
    });
}

/// Reads the facts of a snapshot that is not on screen yet.
///
/// # Errors
/// If they cannot be read.
pub async fn read_beside(config: &Config, manifest: &Manifest) -> Result<Data, EngineError> {
    read_data(|_| {}, config, manifest, None).await
}

/// Completes the first view. Then few columns are read at once; where they are many, what is
/// asked of them decides what is read, and when.
async fn read_data(
    tell: impl Fn(Report),
    config: &Config,
    manifest: &Manifest,
    known: Option<Shared<Data>>,
) -> Result<Data, EngineError> {
    let started = now();
    let known = known.filter(|data| data.facts.meta() == &manifest.meta);
    let supply = match known {
        Some(data) => data.supply().clone(),
        None => {
            let address = place::absolute(&config.snapshot);
            Rc::new(Supply::new(&address, manifest, &place::scripts())?)
        }
    };
    let complete = async {
        if supply.has_first_view() {
            tell(Report::Partly(Shared::new(Data::of(supply.clone()))));
            supply.complete_first_view().await;
            supply.milliseconds.set(now() - started);
            tell(Report::Partly(Shared::new(Data::of(supply.clone()))));
        }
    };
    // How much there is to read is asked while the rest of the first view comes.
    let ((), column_bytes) = join(complete, supply.column_bytes()).await;
    if column_bytes? <= AT_ONCE {
        supply.read_columns(|progress| tell(Report::Step(Step::Reading(progress)))).await?;
    } else if !supply.has_first_view() {
        supply.read_layers(&Layer::opening()).await?;
    }
    if !supply.has_first_view() {
        supply.milliseconds.set(now() - started);
    }
    Ok(Data::of(supply))
}

/// The configuration; one that may come later is an error. A page without one still works, and
/// says what is wrong.
async fn read_setup() -> Result<Setup, EngineError> {
    let failed = |found: String, sign_in: SignInConfig| {
        let key = "the file".to_owned();
        let problem = ConfigProblem { key, expected: "to be beside index.html", found };
        Setup { config: Config { sign_in, ..Config::default() }, problems: vec![problem] }
    };
    match read_text(&place::absolute("config.json"), Config::MOST_BYTES).await {
        Ok(text) => Ok(Setup::read(&text)),
        Err(error @ EngineError::NotFound { .. }) => {
            Ok(failed(error.to_string(), SignInConfig::Off))
        }
        Err(error) if is_late(&error) => Err(error),
        // A file that is there and does not come as it should may ask for a sign-in.
        Err(error) => Ok(failed(error.to_string(), SignInConfig::Broken)),
    }
}

/// True if the host could not be asked, or could not answer for the moment.
fn is_late(error: &EngineError) -> bool {
    use EngineError::{CutAnswer, Offline, Server, TimedOut, WebPage};
    match error {
        // What is longer than it may be is no shorter the next time.
        CutAnswer { asked, found, .. } => found < asked,
        Offline { .. } | Server { .. } | TimedOut { .. } | WebPage { .. } => error.may_pass(),
        _ => false,
    }
}
