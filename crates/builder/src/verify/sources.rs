//! Asks every source that the page asks - the record, the cubes, the columns - and compares what
//! it says with plain SQL on the source tables.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZero;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, anyhow, bail, ensure};
use facts::{Cubes, Need, Question, Reply, Source, plan};
use rusqlite::{Connection, params};
use serde_json::from_slice;
use snapshot::cubes::{CubeData, CubeId, Layer, Place, Shape};
use snapshot::first_view::More;
use snapshot::{EncodedPack, Meta};

use super::difference::{differs, words};
use super::plain::Plain;
use super::questions;
use super::report::Check;
use crate::open::Opened;
use crate::progress::{Progress, Stage};

/// The check of the record.
pub const RECORD: &str = "answers of the record";
/// The check of the cubes.
pub const CUBES: &str = "answers of cubes";
/// The check of the columns.
pub const COLUMNS: &str = "answers of columns";

/// Threads at most: each holds cubes and tables of its own.
const MOST_THREADS: usize = 4;

/// What must be said to questions. Verification asks SQL; tests may have asked before.
pub trait Expected {
    /// The right reply.
    ///
    /// # Errors
    /// If it cannot be found out.
    fn reply(&self, question: &Question) -> Result<Reply>;
}

impl Expected for Plain<'_> {
    fn reply(&self, question: &Question) -> Result<Reply> {
        Plain::reply(self, question)
    }
}

/// The recorded answers of the default view.
///
/// # Errors
/// If the file beside the manifest cannot be read.
pub fn record(snapshot: &Opened, folder: &std::path::Path, plain: &dyn Expected) -> Result<Check> {
    let mut check = Check::new(RECORD);
    let Some(view) = &snapshot.manifest.first_view else { return Ok(check.of("none recorded")) };
    let mut answers: Vec<(Question, Reply)> = view.answers.read()?;
    if let Some(file) = &view.more {
        let path = folder.join(&file.path);
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        answers.extend(from_slice::<More>(&bytes)?.answers.read::<Vec<(Question, Reply)>>()?);
    }
    check.differences = recorded(&answers, &snapshot.manifest.meta, plain)?;
    Ok(check.of(format!("{} answers of the default view", answers.len())))
}

/// Where recorded answers are not what they should be.
///
/// # Errors
/// If SQLite cannot answer.
pub fn recorded(
    answers: &[(Question, Reply)],
    meta: &Meta,
    plain: &dyn Expected,
) -> Result<Vec<String>> {
    let mut differences = Vec::new();
    for (question, found) in answers {
        if let Some(difference) = differs(question, found, &plain.reply(question)?) {
            differences.push(format!("{}: {difference}", words(question, meta)));
        }
    }
    Ok(differences)
}

/// Questions of every kind to the columns.
///
/// # Errors
/// If SQLite cannot answer.
pub fn columns(meta: &Meta, columns: &dyn Source, plain: &dyn Expected) -> Result<Check> {
    let mut check = Check::new(COLUMNS);
    let questions = questions::of_columns(meta);
    for question in &questions {
        let expected = plain.reply(question)?;
        let found = question.ask(columns).context("the columns have no answer")?;
        if let Some(difference) = differs(question, &found, &expected) {
            check.differs(format!("{}: {difference}", words(question, meta)));
        }
    }
    Ok(check.of(format!("{} questions of every kind", questions.len())))
}

/// The questions that reach each layer, to the cubes alone, on as many threads as there are
/// processors; each further one derives the source tables for itself.
///
/// # Errors
/// If SQLite cannot answer.
pub fn cubes(
    snapshot: &Opened,
    database: &Connection,
    plain: &dyn Expected,
    progress: Progress,
) -> Result<Check> {
    let meta = &snapshot.manifest.meta;
    let mut check = Check::new(CUBES);
    let layers: Vec<Layer> = Layers::of(database, meta)?.packs.into_keys().collect();
    let queue = Queue {
        layers: Mutex::new(layers.iter().copied().collect()),
        stage: Mutex::new(progress.stage("Asking the cubes", Some(layers.len() as u64))),
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let further = || -> Result<_> {
        let database = super::connect(&snapshot.path)?;
        super::derive(&database, meta)?;
        queue.work(&database, meta, &Plain::of(&database, meta)?)
    };
    let parts = std::thread::scope(|scope| -> Result<Vec<_>> {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(further)).collect();
        let mut parts = queue.work(database, meta, plain)?;
        for other in others {
            parts.extend(other.join().map_err(|_| anyhow!("a thread ended too early"))??);
        }
        Ok(parts)
    })?;
    let parts: BTreeMap<Layer, Answers> = parts.into_iter().collect();
    if let Ok(stage) = queue.stage.into_inner() {
        stage.end("");
    }
    let (mut asked, mut left) = (0, 0);
    for answers in parts.into_values() {
        asked += answers.asked;
        left += answers.left;
        check.differences.extend(answers.differences);
    }
    let count = layers.len();
    Ok(check.of(format!("{asked} questions to {count} layers, {left} left to the columns")))
}

/// Layers that are still to be asked about, and who is told of each.
struct Queue {
    layers: Mutex<VecDeque<Layer>>,
    stage: Mutex<Stage>,
}

impl Queue {
    /// Asks about one layer after the other until none is left.
    fn work(
        &self,
        database: &Connection,
        meta: &Meta,
        plain: &dyn Expected,
    ) -> Result<Vec<(Layer, Answers)>> {
        let layers = Layers::of(database, meta)?;
        let months = layers.cache()?;
        let mut done = Vec::new();
        loop {
            // Taken in a statement of its own: the others take theirs while this one is asked about.
            let next = held(&self.layers).pop_front();
            let Some(layer) = next else { return Ok(done) };
            // Of all others only what a question needs, as all together would fill much memory.
            done.push((layer, ask_layer(&mut months.another()?, layer, meta, plain)?));
            held(&self.stage).step();
        }
    }
}

/// What a lock holds: nobody leaves it half done.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What came of asking about one layer.
#[derive(Debug, Default)]
pub struct Answers {
    /// Questions.
    pub asked: usize,
    /// Of these, those that no cube can answer.
    pub left: usize,
    /// Where answers are not what they should be, by layer and question.
    pub differences: Vec<String>,
}

/// Asks the questions of one layer.
///
/// # Errors
/// If SQLite cannot answer.
pub fn ask_layer(
    cache: &mut Cache<'_>,
    layer: Layer,
    meta: &Meta,
    plain: &dyn Expected,
) -> Result<Answers> {
    let mut answers = Answers::default();
    for question in questions::of(layer, meta) {
        answers.asked += 1;
        let difference = match (cache.ask(&question), &question) {
            // What is damaged is so for every question.
            (Err(error), _) => {
                answers.differences.push(format!("{layer} cannot be read: {error:#}"));
                break;
            }
            (Ok(Some(found)), _) => differs(&question, &found, &plain.reply(&question)?),
            // Ties and rare strata may ask for more customers than cubes keep.
            (Ok(None), Question::Top { .. } | Question::Points { .. } | Question::Members(_)) => {
                answers.left += 1;
                None
            }
            // Years and categories may be too many for the room that the page gives to cubes.
            (Ok(None), _) if !cache.has_room_for(&question) => {
                answers.left += 1;
                None
            }
            (Ok(None), _) => Some("no cube has an answer".to_owned()),
        };
        if let Some(difference) = difference {
            answers.differences.push(format!("{layer}: {}: {difference}", words(&question, meta)));
        }
    }
    Ok(answers)
}

/// Where the packs of each layer are.
pub struct Layers<'a> {
    database: &'a Connection,
    meta: Arc<Meta>,
    /// Names and blocks of the packs.
    pub packs: BTreeMap<Layer, Vec<(String, u32)>>,
}

impl<'a> Layers<'a> {
    /// The layers of a snapshot's file.
    ///
    /// # Errors
    /// If it has no packs.
    pub fn of(database: &'a Connection, meta: &Meta) -> Result<Self> {
        let mut statement =
            database.prepare("SELECT name, block FROM packs ORDER BY name, block")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut packs: BTreeMap<Layer, Vec<(String, u32)>> = BTreeMap::new();
        for row in rows {
            let (name, block): (String, u32) = row?;
            if let Some(layer) = Layer::of(&name, block) {
                packs.entry(layer).or_default().push((name, block));
            }
        }
        Ok(Self { database, meta: Arc::new(meta.clone()), packs })
    }

    /// Cubes of which only the months are read, which nearly every question needs.
    ///
    /// # Errors
    /// If their packs are damaged.
    pub fn cache(&self) -> Result<Cache<'_>> {
        let cubes = Cubes::new(self.meta.clone(), CubeData::default())?;
        let mut cache = Cache { layers: self, cubes, read: Vec::new() };
        cache.read(Place::of(CubeId::MonthSales).layer())?;
        Ok(cache)
    }
}

/// Cubes that are read as questions need them, as the page reads them.
pub struct Cache<'a> {
    layers: &'a Layers<'a>,
    cubes: Cubes,
    /// What was read.
    pub read: Vec<Layer>,
}

impl Cache<'_> {
    /// The same cubes, to read others besides.
    ///
    /// # Errors
    /// None that reading had not.
    pub fn another(&self) -> Result<Self> {
        let cubes = self.cubes.with(CubeData::default())?;
        Ok(Self { layers: self.layers, cubes, read: self.read.clone() })
    }

    /// The reply of the cubes, if they have one.
    ///
    /// # Errors
    /// If a layer that the question needs is missing or damaged.
    pub fn ask(&mut self, question: &Question) -> Result<Option<Reply>> {
        loop {
            match self.cubes.need(question) {
                Need::Nothing => return Ok(question.ask(&self.cubes)),
                Need::Columns => return Ok(None),
                Need::Layers(layers) => {
                    for layer in layers {
                        ensure!(!self.read.contains(&layer), "{layer} lacks a pack");
                        self.read(layer)?;
                    }
                }
            }
        }
    }

    /// True if what a question needs can be held.
    fn has_room_for(&self, question: &Question) -> bool {
        let layers = plan::layers(&self.layers.meta, None, question);
        layers.is_none_or(|layers| self.cubes.has_room_for(&layers))
    }

    /// Reads the packs of a layer.
    ///
    /// # Errors
    /// If one is damaged, or there is none.
    pub fn read(&mut self, layer: Layer) -> Result<()> {
        let Layers { database, meta, packs } = self.layers;
        let Some(packs) = packs.get(&layer) else { bail!("there is no {layer}") };
        let sql = "SELECT rows, raw_bytes, crc32, data FROM packs WHERE name = ? AND block = ?";
        let mut statement = database.prepare_cached(sql)?;
        let mut data = CubeData::default();
        for (name, block) in packs {
            let pack = statement.query_row(params![name, block], |row| {
                Ok(EncodedPack {
                    rows: row.get(0)?,
                    raw_bytes: row.get(1)?,
                    crc32: row.get(2)?,
                    data: row.get(3)?,
                })
            })?;
            data.take(Shape::of(meta), name, *block, &pack)
                .with_context(|| format!("pack {name} {block}"))?;
        }
        self.cubes = self.cubes.with(data)?;
        self.read.push(layer);
        Ok(())
    }
}
