//! Tells what every kind of question reads of a snapshot, in bytes and requests, as the page plans
//! them: `cargo run --profile native -p builder --example reads -- FOLDER [--check]`.
//!
//! Each kind begins with nothing read but the manifest. `--check` compares every answer with that
//! of all columns.

mod kinds;
mod store;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use builder::open::{self, Opened};
use engine::native::block_on;
use engine::{PeopleIndex, PeopleRead, SliceReader, Traffic};
use facts::{
    Cubes, Dimension, Facts, Lacking, MemberSort, MembersAsk, Question, Recorder, Reply, Scope,
    Set, Sliced, Source, View, slices,
};
use snapshot::Meta;
use snapshot::cubes::{CubeData, Layer};
use snapshot::slices::{PACK_AMOUNTS, PACK_ANSWERS, PACK_LINES, PACK_SCORES, PACK_VALUES, Wanted};
use widgets::{Ask, Format, Locale, People, Theme};

use kinds::{Asks, Kind, kinds};
use store::Store;

fn main() -> Result<()> {
    let mut folder = None;
    let mut check = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--check" => check = true,
            path => folder = Some(PathBuf::from(path)),
        }
    }
    let opened = open::open(&folder.context("which folder?")?)?;
    let meta = Arc::new(opened.manifest.meta.clone());
    let columns = open::checked(&meta, opened.columns()?)?;
    let mut out = stdout();
    let file = opened.manifest.file.places.as_ref();
    let places = file.map_or(0, |file| file.bytes);
    writeln!(out, "places of packs: {places} bytes in 1 request, beside all of these\n")?;
    writeln!(out, "{:44} {:>12} {:>8}  layers", "question", "bytes", "requests")?;
    let (mut asked, mut wrong) = (0, 0);
    for kind in kinds(&meta) {
        let Told { traffic, heard, read } = supply(&opened, &meta, &kind)?;
        let Traffic { requests, bytes } = traffic;
        let layers: Vec<String> =
            read.iter().map(|(pack, layers)| format!("{pack} {layers}")).collect();
        writeln!(out, "{:44} {bytes:12} {requests:8}  {}", kind.name, layers.join(", "))?;
        for (question, reply) in heard.iter().filter(|_| check) {
            asked += 1;
            if question.ask(&columns).as_ref() != Some(reply) {
                wrong += 1;
                writeln!(out, "  differs from the columns: {question:?}")?;
            }
        }
    }
    for (name, customers) in lists(&columns, &meta)? {
        let Traffic { requests, bytes } = names(&opened, &meta, &customers)?;
        writeln!(out, "{name:44} {bytes:12} {requests:8}  people")?;
    }
    if check {
        writeln!(out, "\n{asked} answers compared with all columns, {wrong} differ")?;
    }
    ensure!(wrong == 0, "{wrong} answers differ from those of the columns");
    Ok(())
}

/// What a kind of questions read, and the answers it got.
struct Told {
    traffic: Traffic,
    heard: Vec<(Question, Reply)>,
    /// Layers by the name of their first pack, and how many of them.
    read: BTreeMap<&'static str, u32>,
}

/// Asks, and reads what is missing, until all is answered.
fn supply(opened: &Opened, meta: &Arc<Meta>, kind: &Kind) -> Result<Told> {
    let store = Store::open(opened)?;
    let mut cubes = Arc::new(Cubes::new(meta.clone(), CubeData::default())?);
    let (mut columns, mut read) = (None::<Arc<dyn Source>>, BTreeMap::new());
    let (mut reader, mut had) = (SliceReader::default(), Wanted::default());
    let more = |cubes: &mut Arc<Cubes>, layers: &BTreeSet<Layer>, read: &mut BTreeMap<_, u32>| {
        for layer in layers {
            *read.entry(layer.lead().cube.spec().packs[0]).or_default() += 1;
        }
        *cubes = Arc::new(cubes.with(block_on(engine::read_cubes(&store, meta, layers))?)?);
        anyhow::Ok(())
    };
    loop {
        let missing = Arc::new(Mutex::new(Vec::new()));
        let sources = [Some(cubes.clone() as Arc<dyn Source>), columns.clone()];
        let recorders: Vec<Arc<Recorder>> =
            sources.into_iter().flatten().map(|source| Arc::new(Recorder::new(source))).collect();
        let facts = recorders
            .iter()
            .fold(Facts::of(meta.clone()), |facts, source| facts.with(source.clone()));
        let told = missing.clone();
        let facts = facts.telling(Arc::new(move |question| {
            told.lock().unwrap_or_else(PoisonError::into_inner).push(question);
        }));
        ask(&facts, kind);
        let missing = std::mem::take(&mut *missing.lock().unwrap_or_else(PoisonError::into_inner));
        if missing.is_empty() {
            let heard = recorders.iter().flat_map(|recorder| recorder.heard()).collect();
            return Ok(Told { traffic: store.traffic(), heard, read });
        }
        match cubes.lacking(&missing) {
            Lacking::Layers(layers) => {
                more(&mut cubes, &layers, &mut read)?;
            }
            Lacking::Columns(left) => {
                let sums: Vec<Question> = left.iter().flat_map(slices::sums).collect();
                if let Lacking::Layers(layers) = cubes.lacking(&sums) {
                    more(&mut cubes, &layers, &mut read)?;
                    continue;
                }
                let wanted = slices::wanted(meta, &left, &*cubes);
                if let Some(mut wanted) = wanted
                    && !had.covers(&wanted)
                    && block_on(reader.is_worth(&store, &wanted))?
                {
                    wanted.add(&had);
                    had.clone_from(&wanted);
                    for (name, blocks) in [
                        (PACK_LINES, wanted.lines.len()),
                        (PACK_AMOUNTS, wanted.amounts.len()),
                        (PACK_SCORES, wanted.scores.len()),
                        (PACK_ANSWERS, wanted.answers.len()),
                        (PACK_VALUES, usize::from(wanted.values)),
                    ] {
                        read.insert(name, u32::try_from(blocks)?);
                    }
                    let some = block_on(reader.read(&store, meta, &wanted, |_| ()))?;
                    let sliced = Sliced::new(meta.clone(), some, wanted, cubes.clone())?;
                    columns = Some(Arc::new(sliced));
                    continue;
                }
                ensure!(read.insert("columns", 1).is_none(), "{}: {left:?}", kind.name);
                let all = block_on(engine::read_columns(&store, meta, |_| ()))?;
                columns = Some(Arc::new(open::checked(meta, all)?));
            }
        }
    }
}

fn ask(facts: &Facts, Kind { view, asks, .. }: &Kind) {
    match asks {
        Asks::Dashboard => {
            let format = Format::new(Locale::EN, facts.meta().currency.clone());
            let (theme, people) = (&Theme::LIGHT, &People::default());
            let ask = Ask { facts, view, format: &format, theme, people, kind: None };
            let _ = widgets::kpi_cards(&ask);
            for widget in widgets::ALL {
                let _ = widget.compute(&ask);
            }
        }
        Asks::Questions(questions) => {
            for question in questions {
                match question {
                    Question::Groups { scope, grouping, part } => {
                        let _ = facts.groups(scope, *grouping, &[*part]);
                    }
                    Question::Points { scope, most } => drop(facts.points(scope, *most)),
                    Question::Members(ask) => drop(facts.members(ask)),
                    other => drop(facts.can_answer(other)),
                }
            }
        }
    }
}

/// Customers of lists, whose names are read: those in sight are the page's to look up otherwise.
fn lists(columns: &facts::Columns, meta: &Arc<Meta>) -> Result<Vec<(&'static str, Vec<u32>)>> {
    let usual = View::default_for(meta).scope;
    let all = |scope: &Scope| -> Result<Vec<u32>> {
        let ask = MembersAsk {
            scope: scope.clone(),
            compared: None,
            sort: MemberSort::Revenue,
            descending: true,
            offset: 0,
            limit: u32::MAX,
        };
        let members = columns.members(&ask).context("columns know every list")?;
        Ok(members.rows.iter().map(|member| member.customer).collect())
    };
    let whole = Scope::of_range(View::whole(meta).scope.range);
    let segment = usual.with(Dimension::Segment, Set::of([0]));
    let printed = all(&usual)?.into_iter().take(500).collect();
    Ok(vec![
        ("names of the whole list", all(&whole)?),
        ("names of the default view's list", all(&usual)?),
        ("names of one segment's list", all(&segment)?),
        ("names of 500 customers on paper", printed),
    ])
}

/// Reads names piece by piece, as a file does.
fn names(opened: &Opened, meta: &Meta, customers: &[u32]) -> Result<Traffic> {
    let store = Store::open(opened)?;
    let index = block_on(PeopleIndex::open(&store, meta))?;
    let mut read = PeopleRead::default();
    for piece in customers.chunks(4_000) {
        let blocks = index.blocks_of(piece);
        for batch in index.batches(&blocks, &read) {
            read.add(block_on(index.read(&store, batch))?);
        }
        ensure!(piece.iter().all(|&customer| read.get(customer).is_some()), "a name is missing");
    }
    Ok(store.traffic())
}
