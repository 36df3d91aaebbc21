//! What answers the questions about one snapshot; it grows by what is asked of it.
//!
//! Cheapest first: the record of the first view, the layers of cubes as they are needed, and the
//! columns: here when they are few, in a worker when they are many, which reads of them what is asked.

mod serve;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use engine::{Engine, EngineError, PeopleRead, Progress, SliceReader, Traffic};
use facts::{
    Columns, Cubes, Facts, FactsError, Lacking, Over, Question, Recorded, Reply, Source, slices,
};
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::channel::oneshot;
use futures::lock::Mutex;
use snapshot::cubes::{CubeData, Layer};
use snapshot::{FirstView, Manifest, Meta, first_view};
use widgets::{People, Person};

use crate::session::compute::Remote;
use crate::session::engine_http::{HttpEngine, with_access};

pub use serve::{Served, serve};

/// The sources of one snapshot.
pub struct Supply {
    /// SQL, and the packs.
    pub engine: HttpEngine,
    /// Customers whose names are known.
    pub people: RefCell<People>,
    /// Blocks of names that were read, some of them kept.
    pub names: RefCell<PeopleRead>,
    /// From the first request to the facts, in milliseconds.
    pub milliseconds: Cell<f64>,
    address: String,
    manifest: Manifest,
    meta: Arc<Meta>,
    record: Arc<Recorded>,
    /// Cubes as far as they were read.
    cubes: RefCell<Option<Arc<Cubes>>>,
    /// What was read so far, as sources: their code is not known here, but where they are read.
    read: RefCell<Read>,
    /// What lies over their answers: its code is not known here, but where it is laid.
    over: RefCell<Option<Arc<dyn Over>>>,
    remote: RefCell<Option<Rc<Remote>>>,
    /// True if a worker could not be started, so that columns are read here.
    alone: Cell<bool>,
    asked: UnboundedSender<Question>,
    questions: Mutex<UnboundedReceiver<Question>>,
    /// Questions that a failure left without an answer.
    left: RefCell<Vec<Question>>,
    more: RefCell<More>,
}

/// Sources beside the record.
#[derive(Default)]
struct Read {
    cubes: Option<Arc<dyn Source>>,
    columns: Option<Arc<dyn Source>>,
}

/// Whether the rest of the first view is here.
enum More {
    Awaited(Vec<oneshot::Sender<()>>),
    Settled,
}

impl Supply {
    /// The sources as they are before anything but the manifest was read.
    ///
    /// `address` and `scripts` are absolute: of the manifest, and of the bundled JavaScript.
    ///
    /// # Errors
    /// If an address is none, or the manifest's first view is of another snapshot.
    pub fn new(address: &str, manifest: &Manifest, scripts: &str) -> Result<Self, EngineError> {
        let meta = Arc::new(manifest.meta.clone());
        let first = manifest.first_view.as_ref();
        let record = first.map_or(Ok(Recorded::default()), |view| recorded(view, &meta))?;
        let more = match first.and_then(|view| view.more.as_ref()) {
            Some(_) => More::Awaited(Vec::new()),
            None => More::Settled,
        };
        let (asked, questions) = unbounded();
        Ok(Self {
            engine: HttpEngine::new(address, manifest, scripts)?,
            people: RefCell::default(),
            names: RefCell::default(),
            milliseconds: Cell::default(),
            address: address.to_owned(),
            manifest: manifest.clone(),
            meta,
            record: Arc::new(record),
            cubes: RefCell::default(),
            read: RefCell::default(),
            over: RefCell::default(),
            remote: RefCell::default(),
            alone: Cell::new(false),
            asked,
            questions: Mutex::new(questions),
            left: RefCell::default(),
            more: RefCell::new(more),
        })
    }

    /// The facts as far as they are known, with what has happened since.
    pub fn facts(&self) -> Facts {
        self.facts_under(self.over())
    }

    /// The facts as far as they are known, with what had happened at another moment.
    pub fn facts_under(&self, over: Option<Arc<dyn Over>>) -> Facts {
        let published = self.published();
        match over {
            Some(over) => published.under(over),
            None => published,
        }
    }

    /// What has happened by now; nothing if nothing has.
    pub fn over(&self) -> Option<Arc<dyn Over>> {
        self.over.borrow().clone()
    }

    /// From now on this lies over the answers, in the place of what lay there; nothing if nothing
    /// has happened.
    pub fn lay(&self, over: Option<Arc<dyn Over>>) {
        self.over.replace(over);
    }

    /// What the snapshot says of itself.
    pub fn meta(&self) -> &Arc<Meta> {
        &self.meta
    }

    /// The facts of the snapshot as far as they are known.
    fn published(&self) -> Facts {
        let facts = Facts::of(self.meta.clone()).with(self.record.clone());
        let read = self.read.borrow();
        let sources = read.cubes.iter().chain(&read.columns);
        let facts = sources.fold(facts, |facts, source| facts.with(source.clone()));
        let asked = self.asked.clone();
        facts.telling(Arc::new(move |question| {
            // Nobody listens any more: then nobody waits, either.
            let _ = asked.unbounded_send(question);
        }))
    }

    /// True if the default view was recorded.
    pub fn has_first_view(&self) -> bool {
        self.manifest.first_view.is_some()
    }

    /// Reads the rest of the first view. What it would have answered is answered by other
    /// sources if it cannot be read.
    pub async fn complete_first_view(&self) {
        let file = self.manifest.first_view.as_ref().and_then(|view| view.more.clone());
        if let Some(file) = file.filter(|_| !self.is_settled())
            && let Ok(more) = self.engine.read_beside::<first_view::More>(&file).await
        {
            let answers = more.answers.read::<Vec<(Question, Reply)>>();
            self.record.add(answers.unwrap_or_default());
            let mut people = self.people.borrow_mut();
            for customer in more.people() {
                let person = Person {
                    customer_id: customer.customer_id.clone(),
                    first_name: customer.first_name.clone(),
                    last_name: customer.last_name.clone(),
                    email: customer.email.clone(),
                };
                // An event may have called the customer otherwise by now.
                if people.get(customer.ord).is_none() {
                    people.insert(customer.ord, person);
                }
            }
        }
        let before = std::mem::replace(&mut *self.more.borrow_mut(), More::Settled);
        if let More::Awaited(waiting) = before {
            for told in waiting {
                // Who left does not wait any more.
                let _ = told.send(());
            }
        }
    }

    fn is_settled(&self) -> bool {
        matches!(*self.more.borrow(), More::Settled)
    }

    /// Waits until the rest of the first view is here, or will not come.
    pub async fn first_view_settled(&self) {
        let told = match &mut *self.more.borrow_mut() {
            More::Settled => return,
            More::Awaited(waiting) => {
                let (sender, told) = oneshot::channel();
                waiting.push(sender);
                told
            }
        };
        // A supply that is dropped lets everybody go.
        let _ = told.await;
    }

    /// What was fetched so far, here and in a worker.
    pub fn traffic(&self) -> Traffic {
        let here = self.engine.traffic();
        let there = self.remote.borrow().as_ref().map(|remote| remote.traffic());
        let there = there.unwrap_or_default();
        Traffic { requests: here.requests + there.requests, bytes: here.bytes + there.bytes }
    }

    /// Length of all columns before they are packed, in bytes.
    ///
    /// # Errors
    /// Whatever the host answers.
    pub async fn column_bytes(&self) -> Result<u64, EngineError> {
        engine::column_bytes(&self.engine).await
    }

    /// Reads layers of cubes.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn read_layers(&self, layers: &BTreeSet<Layer>) -> Result<(), EngineError> {
        let read = self.engine.load_cubes(layers).await?;
        let cubes = Arc::new(self.cubes()?.with(read).map_err(damaged)?);
        self.read.borrow_mut().cubes = Some(cubes.clone());
        self.cubes.replace(Some(cubes));
        Ok(())
    }

    /// The cubes, which know nothing at first.
    fn cubes(&self) -> Result<Arc<Cubes>, EngineError> {
        if let Some(cubes) = &*self.cubes.borrow() {
            return Ok(cubes.clone());
        }
        let cubes = Cubes::new(self.meta.clone(), CubeData::default()).map_err(damaged)?;
        Ok(Arc::new(cubes))
    }

    /// Reads all columns into this thread.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn read_columns(&self, progress: impl FnMut(Progress)) -> Result<(), EngineError> {
        let columns = self.engine.load_columns(progress).await?;
        let columns = assembled(&self.meta, columns)?;
        self.read.borrow_mut().columns = Some(Arc::new(columns));
        Ok(())
    }

    /// What the questions wait for.
    fn needs(&self, questions: &[Question]) -> Result<Lacking, EngineError> {
        Ok(self.cubes()?.lacking(questions))
    }

    /// The questions whose answers spare the worker the amounts of lines, where it reads slices.
    async fn sums_of(&self, questions: &[Question]) -> Result<Vec<Question>, EngineError> {
        let sums: Vec<Question> = questions.iter().flat_map(slices::sums).collect();
        if sums.is_empty() || self.alone.get() || self.engine.is_whole() {
            return Ok(Vec::new());
        }
        let sliced = SliceReader::default().is_there(&self.engine).await?;
        Ok(if sliced { sums } else { Vec::new() })
    }

    /// Has questions answered by the columns, in a worker if one can be had.
    async fn ask_columns(
        &self,
        questions: &[Question],
        sums: &[Question],
        mut progress: impl FnMut(Progress),
    ) -> Result<(), EngineError> {
        let cubes = self.cubes()?;
        let sums: Vec<_> =
            sums.iter().filter_map(|sum| Some((sum.clone(), sum.ask(&*cubes)?))).collect();
        // What was read as a whole is small, and here.
        if !self.alone.get() && !self.engine.is_whole() {
            match self.remote() {
                Ok(remote) => match with_access(async || {
                    remote.ask(questions, &sums, &self.record, &mut progress).await
                })
                .await
                {
                    // One that began and came to an end would do so here, and the page with it: it is
                    // told, and the next try starts another.
                    Err(error @ EngineError::WorkerFailed(_)) if remote.has_spoken() => {
                        self.remote.take();
                        return Err(error);
                    }
                    Err(EngineError::WorkerFailed(_)) => drop(self.remote.take()),
                    asked => return asked,
                },
                Err(_) => drop(self.remote.take()),
            }
            self.alone.set(true);
        }
        self.read_columns(progress).await
    }

    fn remote(&self) -> Result<Rc<Remote>, EngineError> {
        if let Some(remote) = &*self.remote.borrow() {
            return Ok(remote.clone());
        }
        let remote = Rc::new(Remote::start(&self.address, &self.manifest)?);
        self.remote.replace(Some(remote.clone()));
        Ok(remote)
    }
}

/// Columns as a source of answers.
///
/// # Errors
/// If they do not fit each other.
pub fn assembled(meta: &Arc<Meta>, columns: engine::Columns) -> Result<Columns, EngineError> {
    let engine::Columns { customers, purchases, feedback, contacts } = columns;
    Columns::new(meta.clone(), customers, purchases, feedback, contacts).map_err(damaged)
}

/// What does not fit is damage.
pub fn damaged(error: FactsError) -> EngineError {
    EngineError::Damaged(error.to_string())
}

/// Answers that this page cannot read are answered by other sources.
fn recorded(view: &FirstView, meta: &Meta) -> Result<Recorded, EngineError> {
    if view.snapshot_id != meta.snapshot_id {
        return Err(EngineError::OtherSnapshot {
            expected: meta.snapshot_id.clone(),
            found: view.snapshot_id.clone(),
            field: "snapshot_id".to_owned(),
        });
    }
    let answers = view.answers.read::<Vec<(Question, Reply)>>();
    Ok(Recorded::new(answers.unwrap_or_default()))
}
