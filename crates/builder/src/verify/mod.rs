//! Verification: everything in a snapshot is derived once more from its source tables, by plain
//! SQL that shares nothing with the pipeline, and compared.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of what was compared, and days and cells of a `Meta` that passed its check"
)]

mod compared;
mod cubes;
mod customers;
mod difference;
mod events;
mod file;
mod fill;
mod first_view;
mod kpis;
mod packs;
mod people;
pub mod plain;
pub mod questions;
pub mod report;
mod search;
mod shared;
pub mod slices;
pub mod sources;
mod tables;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use facts::{Columns, Facts, Source};
use rusqlite::{Connection, OpenFlags, params};
use snapshot::Meta;
use snapshot::meta::{ChurnRule, SegmentRule};

use self::fill::fill;
use self::plain::Plain;
use self::report::{Check, Report};
use crate::open::{self, Opened};
use crate::progress::Progress;

const DERIVE: &str = include_str!("customers.sql");

const PARAMETERS: &str = "
  CREATE TEMP TABLE settings (as_of TEXT, segments_given INTEGER, churn_given INTEGER);
  CREATE TEMP TABLE segment_rule (code INTEGER, percent INTEGER);
  CREATE TEMP TABLE churn_rule (code INTEGER, percent INTEGER);
  CREATE TEMP TABLE segment_label (code INTEGER, name TEXT);
  CREATE TEMP TABLE churn_label (code INTEGER, name TEXT);";

/// How much to compare.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Random filters under which all KPIs are compared.
    pub filters: u32,
    /// Other seeds try other filters.
    pub seed: u64,
    /// Whether every source is asked the questions that reach each of its packs.
    pub sources: bool,
}

/// Compares everything in the snapshot of a folder with its source tables.
///
/// # Errors
/// If there is no snapshot to compare; what differs is in the report.
pub fn verify(folder: &Path, options: Options, progress: Progress) -> Result<Report> {
    let snapshot = open::open(folder)?;
    let meta = &snapshot.manifest.meta;
    let mut report = Report::default();
    let stage = progress.stage("Checking the file", None);
    report.add("file", file::check(&snapshot, folder));
    stage.end("");
    let database = connect(&snapshot.path)?;
    let stage = progress.stage("Checking the tables", None);
    report.add("description", tables::description(&database, meta));
    report.add("source tables", tables::sources(&database));
    report.add("period", tables::period(&database, meta));
    report.add("lineage", tables::lineage(&database, meta));
    stage.end("");
    let stage = progress.stage("Deriving customers once more", None);
    if let Err(error) = derive(&database, meta) {
        report.add("customers", Err(error));
        return Ok(report);
    }
    stage.end("");
    let stage = progress.stage("Checking customers", None);
    report.add("customer_360", customers::compare(&database));
    report.add("rules", customers::rules(&database, meta));
    report.add("type-ahead", search::compare(&database));
    report.add("shared orders", shared::compare(&database));
    stage.end("");
    packs_and_kpis(&snapshot, folder, &database, options, progress, &mut report);
    Ok(report)
}

/// What the page computes from: the decoded packs, and the KPIs that follow from them.
fn packs_and_kpis(
    snapshot: &Opened,
    folder: &Path,
    database: &Connection,
    options: Options,
    progress: Progress,
    report: &mut Report,
) {
    let meta = &snapshot.manifest.meta;
    let stage = progress.stage("Checking packs", None);
    let columns = match snapshot.columns() {
        Err(error) => return report.add("packs", Err(error)),
        Ok(columns) => columns,
    };
    report.add("pack of customers", packs::customers(database, meta, &columns.customers));
    report.add("pack of purchases", packs::purchases(database, meta, &columns.purchases));
    report.add("packs of feedback and contacts", packs::dated(database, meta, &columns));
    report.add("packs of names", people::compare(snapshot, database));
    report.add("slices", slices::compare(database, meta, &columns));
    let columns = match open::checked(meta, columns) {
        Err(error) => return report.add("KPIs", Err(error)),
        Ok(columns) => Arc::new(columns),
    };
    let (coarse, fine) = all_cubes(snapshot, database, &columns);
    report.add("cubes", coarse);
    report.add("fine cubes", fine);
    report.add("places of packs", cubes::places(snapshot, folder, database));
    stage.end("");
    if options.sources {
        ask_sources(snapshot, folder, database, columns.as_ref(), progress, report);
    }
    let stage = progress.stage("Checking KPIs", None);
    let facts = Facts::of(Arc::new(meta.clone())).with(columns.clone());
    report.add("comparisons", compared::check(database, meta));
    report.add("KPIs", kpis::views(database, &facts));
    report.add("groups", kpis::groups(database, &facts));
    report.add("first view", first_view::compare(snapshot, folder, columns));
    report.add("recorded events", events::check(&snapshot.manifest, folder, database));
    stage.end("");
    report.add("random filters", kpis::random(database, &facts, options, progress));
}

/// The cubes of coarse strata and those of fine ones, each on a processor of its own.
fn all_cubes(
    snapshot: &Opened,
    database: &Connection,
    columns: &Columns,
) -> (Result<Check>, Result<Check>) {
    std::thread::scope(|scope| {
        let fine = scope.spawn(|| cubes::compare(&connect(&snapshot.path)?, columns, true));
        let coarse = cubes::compare(database, columns, false);
        let ended = fine.join().map_err(|_| anyhow!("a thread ended too early"));
        (coarse, ended.and_then(|compared| compared))
    })
}

/// Every source, one after the other, against plain SQL.
fn ask_sources(
    snapshot: &Opened,
    folder: &Path,
    database: &Connection,
    columns: &dyn Source,
    progress: Progress,
    report: &mut Report,
) {
    let meta = &snapshot.manifest.meta;
    let stage = progress.stage("Preparing the source tables", None);
    let plain = match Plain::of(database, meta) {
        Err(error) => return report.add("answers", Err(error)),
        Ok(plain) => plain,
    };
    stage.end("");
    report.add(sources::RECORD, sources::record(snapshot, folder, &plain));
    report.add(sources::CUBES, sources::cubes(snapshot, database, &plain, progress));
    let stage = progress.stage("Asking the slices", None);
    report.add(slices::SLICES, slices::ask(snapshot, &plain));
    stage.end("");
    let stage = progress.stage("Asking the columns", None);
    report.add(sources::COLUMNS, sources::columns(meta, columns, &plain));
    stage.end("");
}

/// A connection to a snapshot's file, which is only read.
fn connect(path: &Path) -> Result<Connection> {
    let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| path.display().to_string())?;
    database.execute_batch("PRAGMA cache_size = -131072; PRAGMA threads = 2;")?;
    Ok(database)
}

/// A connection to a snapshot's file with the tables that its sources give once more.
///
/// # Errors
/// If a source table is missing.
pub fn derived(snapshot: &Opened) -> Result<Connection> {
    let database = connect(&snapshot.path)?;
    derive(&database, &snapshot.manifest.meta)?;
    Ok(database)
}

/// Fills the temp tables that stand for what should be.
fn derive(database: &Connection, meta: &Meta) -> Result<()> {
    database.execute_batch(PARAMETERS)?;
    let segments_given = meta.rules.segments == SegmentRule::Imported;
    let churn_given = meta.rules.churn == ChurnRule::Imported;
    let settings = params![meta.as_of.to_string(), segments_given, churn_given];
    database.execute("INSERT INTO settings VALUES (?, ?, ?)", settings)?;
    if let SegmentRule::TopShares { percent, .. } = &meta.rules.segments {
        fill(database, "segment_rule", percent)?;
    }
    if let ChurnRule::GapMultiples { percent, .. } = &meta.rules.churn {
        fill(database, "churn_rule", percent)?;
    }
    fill(database, "segment_label", &meta.labels.segments)?;
    fill(database, "churn_label", &meta.labels.churn_risks)?;
    database.execute_batch(DERIVE).context("deriving customers")
}
