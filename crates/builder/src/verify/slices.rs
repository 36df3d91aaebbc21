//! Compares the slices with those that the columns give, block by block, and asks them what is
//! asked of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use engine::native::block_on;
use engine::{Columns, SliceReader, SqlPacks};
use facts::{Question, Recorded, Reply, Sliced, slices as asked};
use rusqlite::Connection;
use snapshot::slices::{Grid, PACKS, write};
use snapshot::{EncodedPack, Meta};

use super::difference::{differs, words};
use super::questions;
use super::report::Check;
use super::sources::Expected;
use crate::open::Opened;

/// The check of the answers.
pub const SLICES: &str = "answers of slices";

/// Every block, and that there is no other; columns are those that were compared with the tables.
///
/// # Errors
/// If a pack cannot be read.
pub fn compare(database: &Connection, meta: &Meta, columns: &Columns) -> Result<Check> {
    let mut check = Check::new("slices");
    let mut found: BTreeMap<(String, u32), EncodedPack> = BTreeMap::new();
    importer_core::cubes::each(database, "packs", |name, block, pack| {
        if PACKS.contains(&name) && found.insert((name.to_owned(), block), pack).is_some() {
            check.differs(format!("{name} {block} is there twice"));
        }
        Ok(())
    })?;
    // Of few rows there are none, nor in older snapshots: then all columns are read.
    if found.is_empty() {
        return Ok(check.of("none"));
    }
    let grid = Grid::of(meta).context("slices of more categories than have any")?;
    let Columns { customers, purchases, feedback, contacts } = columns;
    let mut blocks = 0;
    write(grid, customers, purchases, feedback.as_ref(), contacts.as_ref(), |pack| {
        blocks += 1;
        let stored = found.remove(&(pack.name.to_owned(), pack.block));
        // Whether they are the same is what matters; a block is too large to be printed.
        let name = format!("{} {}", pack.name, pack.block);
        check.same(&name, &(stored == Some(pack.pack)), &true);
        anyhow::Ok(())
    })?;
    for (name, block) in found.into_keys() {
        check.differs(format!("{name} {block} is one too many"));
    }
    Ok(check.of(format!("{blocks} blocks")))
}

/// Questions that slices are there for, each to those alone that it looks at; revenue is found in
/// amounts, and in sums of single categories.
///
/// # Errors
/// If a pack or SQLite cannot be read.
pub fn ask(snapshot: &Opened, plain: &dyn Expected) -> Result<Check> {
    let mut check = Check::new(SLICES);
    let meta = Arc::new(snapshot.manifest.meta.clone());
    let engine = snapshot.engine()?;
    let store = SqlPacks { engine: &engine, meta: &meta };
    if !block_on(SliceReader::default().is_there(&store))? {
        return Ok(check.of("none"));
    }
    let mut told = 0;
    for question in questions::of_slices(&meta) {
        let expected = plain.reply(&question)?;
        let sums = asked::sums(&question).into_iter().map(|sum| {
            let reply = plain.reply(&sum)?;
            anyhow::Ok((sum, reply))
        });
        let sums = Recorded::new(sums.collect::<Result<Vec<_>>>()?);
        for sums in [Recorded::default(), sums] {
            told += 1;
            let difference = match reply(&store, &meta, &question, sums) {
                Err(error) => Some(format!("{error:#}")),
                Ok(None) => Some("no slices have an answer".to_owned()),
                Ok(Some(found)) => differs(&question, &found, &expected),
            };
            if let Some(difference) = difference {
                check.differs(format!("{}: {difference}", words(&question, &meta)));
            }
        }
    }
    Ok(check.of(format!("{told} questions to the rows that each is about")))
}

/// What the slices say that a question looks at.
fn reply(
    store: &SqlPacks<'_>,
    meta: &Arc<Meta>,
    question: &Question,
    sums: Recorded,
) -> Result<Option<Reply>> {
    let Some(wanted) = asked::wanted(meta, [question], &sums) else { return Ok(None) };
    let read = block_on(SliceReader::default().read(store, meta, &wanted, |_| ()))?;
    let source = Sliced::new(meta.clone(), read, wanted, Arc::new(sums))?;
    Ok(question.ask(&source))
}
