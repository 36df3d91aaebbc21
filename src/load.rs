//! The load sequence: configuration, manifest, database, columns, facts.

use std::rc::Rc;
use std::sync::Arc;

use engine::EngineError;
use facts::{Columns, Cubes, Facts, FactsError};
use gloo::net::http::Request;
use snapshot::Manifest;
use wasm_bindgen_futures::spawn_local;
use yew::UseReducerDispatcher;

use crate::config::{Config, ConfigProblem};
use crate::data::Data;
use crate::engine_http::{self, HttpEngine, read_manifest};
use crate::language;
use crate::place;
use crate::shared::Shared;
use crate::state::{Action, Report, Setup, State, Step};

/// Unpacked columns up to this many bytes are read at once, without cubes before them.
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

    fn send(&self, report: Report) {
        self.dispatch.dispatch(Action::Load(self.generation, report));
    }
}

/// Reads `config.json`, then the manifest.
pub async fn describe(line: Line, known: Option<Shared<Setup>>) {
    line.send(Report::Step(Step::Describing));
    let snapshot = match known {
        Some(setup) => setup.config.snapshot.clone(),
        None => {
            spawn_local(async { engine_http::preload(&place::scripts()).await });
            let setup = read_setup().await;
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
    line.send(match read_manifest(&place::absolute(&snapshot)).await {
        Ok(manifest) => Report::Described(Shared::new(manifest)),
        Err(error) => Report::Failed(error),
    });
}

/// Opens the snapshot and reads its facts.
pub async fn load(line: Line, setup: Shared<Setup>, manifest: Shared<Manifest>) {
    line.send(Report::Step(Step::Opening));
    line.send(match read_data(&line, &setup.config, &manifest).await {
        Ok(data) => Report::Loaded(Shared::new(data)),
        Err(error) => Report::Failed(error),
    });
}

/// Reads all columns; where they are many, the cubes first, which answer most questions.
async fn read_data(line: &Line, config: &Config, manifest: &Manifest) -> Result<Data, EngineError> {
    let started = now();
    let address = place::absolute(&config.snapshot);
    let engine = Rc::new(HttpEngine::open(&address, manifest, &place::scripts()).await?);
    let meta = Arc::new(manifest.meta.clone());
    let mut data = Data::new(Facts::of(meta.clone()), engine.clone(), 0.0);
    if engine::column_bytes(&*engine).await? > AT_ONCE {
        let cubes = engine.load_cubes(&meta).await?;
        let cubes = Cubes::new(meta.clone(), cubes).map_err(damaged)?;
        data = data.with(data.facts.with(Arc::new(cubes)), now() - started);
        line.send(Report::Partly(Shared::new(data.with(data.facts.clone(), data.milliseconds))));
    }
    let told = line.clone();
    let progress = move |progress| told.send(Report::Step(Step::Reading(progress)));
    let engine::Columns { customers, purchases, feedback, contacts } =
        engine.load_columns(&meta, progress).await?;
    let columns = Columns::new(meta, customers, purchases, feedback, contacts).map_err(damaged)?;
    Ok(data.with(data.facts.with(Arc::new(columns)), now() - started))
}

fn damaged(error: FactsError) -> EngineError {
    EngineError::Damaged(error.to_string())
}

/// A page without a readable configuration still works, and says what is wrong.
async fn read_setup() -> Setup {
    let failed = |found: String| {
        let key = "the file".to_owned();
        let problem = ConfigProblem { key, expected: "to be beside index.html", found };
        Setup { config: Config::default(), problems: vec![problem] }
    };
    match Request::get(&place::absolute("config.json")).send().await {
        Ok(response) if response.ok() => match response.text().await {
            Ok(text) => Setup::read(&text),
            Err(error) => failed(error.to_string()),
        },
        Ok(response) => failed(format!("status {}", response.status())),
        Err(error) => failed(error.to_string()),
    }
}

fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}
