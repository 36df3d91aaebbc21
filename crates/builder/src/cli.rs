//! The command line: what can be asked, and what it does.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde_json::Value;
use snapshot::Day;

use crate::api_files;
use crate::build::{self, Options};
use crate::demo::Demo;
use crate::demo::sample::Shape;
use crate::disk;
use crate::inspect;
use crate::open;
use crate::progress::{self, Progress};
use crate::publish::{CHUNK_BYTES, PublishMode};
use crate::{report, verify};
use importer_core::Loader;
use importer_core::origin::Origin;

mod asked;
use self::asked::Asked;

/// Makes and checks the snapshots that the dashboard reads.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What can be done with data, invented or given.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Builds a snapshot of invented data, or writes a small invented file to try imports with.
    Demo {
        /// A file as this program exports it, into the folder --out, in the place of a snapshot.
        #[arg(long = "as", value_enum)]
        shape: Option<Shape>,
        /// What is invented.
        #[command(flatten)]
        invented: Invented,
        /// Where it goes.
        #[command(flatten)]
        output: Output,
    },
    /// With data that is there.
    #[command(flatten)]
    Data(Data),
}

/// Invented data.
#[derive(Clone, Copy, Debug, Args)]
pub struct Invented {
    /// Number of customers.
    #[arg(long, default_value_t = 10_000)]
    customers: u64,
    /// Other seeds give other data.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What can be done with data that is there.
#[derive(Debug, Subcommand)]
pub enum Data {
    /// Builds a snapshot of your own data: CSV files or a SQLite file, read by a mapping file.
    Build {
        /// A folder of CSV files, one CSV file of purchases, or a SQLite file.
        #[arg(long)]
        from: PathBuf,
        /// Mapping file (TOML); data/mappings has examples and the reference.
        #[arg(long)]
        mapping: PathBuf,
        /// Day from which recency counts, YYYY-MM-DD; the last day with a purchase if not given.
        #[arg(long)]
        as_of: Option<Day>,
        /// Rows that may be refused before the build is; the mapping's limit if not given.
        #[arg(long)]
        reject_limit: Option<u64>,
        /// The last event of a live channel that the data holds, with all before it: the page
        /// takes those after it only.
        #[arg(long, default_value_t = 0)]
        covers: u64,
        /// Where it goes.
        #[command(flatten)]
        output: Output,
    },
    /// Looks at files and says how they can be read: columns, formats, totals, what is open. Writes
    /// the mapping file, with what was found as comments.
    Guess(Asked),
    /// Derives everything in a snapshot once more from its source tables, by plain SQL, and
    /// compares; fails if anything differs.
    Verify {
        /// Folder with manifest.json.
        folder: PathBuf,
        /// Number of random filters under which all KPIs are compared.
        #[arg(long, default_value_t = 20)]
        filters: u32,
        /// Other seeds try other filters.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Shows what a snapshot says of itself, and its KPIs and tables, computed as the page does.
    Inspect {
        /// Folder with manifest.json.
        folder: PathBuf,
        /// Everything, as JSON.
        #[arg(long)]
        json: bool,
        /// A file with a query of the page's address in each line, as in
        /// `segment=High+Value&compare=year`: what the page shows there, a JSON object a line.
        #[arg(long)]
        queries: Option<PathBuf>,
    },
    /// Writes what programs are answered as files, into `api` and `backend` of a folder: the root
    /// of a site.
    Api {
        /// Folder with manifest.json.
        folder: PathBuf,
        /// Folder that becomes the root of a site, as `dist`.
        #[arg(long)]
        out: PathBuf,
        /// Path under which the site is served.
        #[arg(long, default_value = "/")]
        base: String,
    },
}

/// Where a snapshot goes, and how it is cut.
#[derive(Debug, Args)]
pub struct Output {
    /// Folder for manifest.json and the snapshot.
    #[arg(long)]
    out: PathBuf,
    /// One file, or files of a fixed size for hosts with a cap on file sizes or without ranges.
    #[arg(long, value_enum, default_value_t = Publish::Single)]
    publish: Publish,
    /// Length of a chunk in bytes.
    #[arg(long, default_value_t = CHUNK_BYTES)]
    chunk_bytes: u64,
    /// Instant to record as the time of the build, RFC 3339, or "now"; the start of the as-of
    /// day if not given, so that the same input gives the same bytes.
    #[arg(long)]
    built_at: Option<String>,
    /// A CSV file of customers and the segments that readers of the page have given them, as the
    /// page writes it: customer_id, customer_segment.
    #[arg(long)]
    segments: Option<PathBuf>,
    /// Tells sizes and times as JSON, on standard output.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Publish {
    Single,
    Chunked,
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// Whatever went wrong, with its context.
    pub fn run(self) -> Result<()> {
        self.command.run()
    }
}

impl Command {
    /// Does what was asked.
    ///
    /// # Errors
    /// Whatever went wrong, with its context.
    pub fn run(self) -> Result<()> {
        match self {
            Command::Demo { shape: Some(shape), invented, output } => {
                asked::write_sample(&shape.sample(invented.seed), &output.out, Progress::detect())
            }
            Command::Demo { shape: None, invented, output } => invented.build(output),
            Command::Data(data) => data.run(),
        }
    }
}

impl Invented {
    /// Builds a snapshot.
    ///
    /// # Errors
    /// Whatever went wrong, with its context.
    pub fn build(self, output: Output) -> Result<()> {
        let (progress, Self { customers, seed }) = (Progress::detect(), self);
        output.build(progress, 0, |loader| Demo { customers, seed }.feed(loader, progress))
    }
}

impl Data {
    /// Does what was asked.
    ///
    /// # Errors
    /// Whatever went wrong, with its context.
    pub fn run(self) -> Result<()> {
        let progress = Progress::detect();
        match self {
            Data::Build { from, mapping, as_of, reject_limit, covers, output } => {
                let mut mapping = disk::mapping(&mapping)?;
                mapping.as_of = as_of.or(mapping.as_of);
                mapping.reject_limit = reject_limit.unwrap_or(mapping.reject_limit);
                let import = disk::import(from, mapping);
                output.build(progress, covers, |loader| import.feed(loader, &progress))?;
            }
            Data::Guess(asked) => asked.run(progress)?,
            Data::Verify { folder, filters, seed } => {
                let options = verify::Options { filters, seed, sources: true };
                let report = verify::verify(&folder, options, progress)?;
                writeln!(std::io::stdout(), "{report}")?;
                ensure!(report.is_clean(), "{} is not what it should be", folder.display());
            }
            Data::Inspect { folder, queries: Some(queries), .. } => {
                let text = std::fs::read_to_string(&queries)
                    .with_context(|| format!("cannot read {}", queries.display()))?;
                for shown in inspect::inspect_queries(&open::open(&folder)?, text.lines())? {
                    writeln!(std::io::stdout(), "{shown}")?;
                }
            }
            Data::Api { folder, out, base } => {
                let written = api_files::write(&open::open(&folder)?, &out, &base)?;
                progress.say(&written.to_string());
            }
            Data::Inspect { folder, json, queries: None } => {
                let shown = inspect::inspect(&open::open(&folder)?)?;
                let text = if json { format!("{shown:#}") } else { summary(&shown) };
                writeln!(std::io::stdout(), "{text}")?;
            }
        }
        Ok(())
    }
}

impl Output {
    /// One file in a folder, with nothing else asked for.
    pub fn to(out: PathBuf) -> Self {
        let publish = Publish::Single;
        Self { out, publish, chunk_bytes: CHUNK_BYTES, built_at: None, segments: None, json: false }
    }

    /// Builds, and tells what was made.
    fn build(
        self,
        progress: Progress,
        covers: u64,
        feed: impl FnOnce(&mut Loader<'_>) -> Result<Origin>,
    ) -> Result<()> {
        let json = self.json;
        let edited = self.segments.as_deref().map(disk::segments).transpose()?.unwrap_or_default();
        let options = Options { covers, ..self.options(progress)? };
        let manifest = build::build(&options, |loader| {
            let mut origin = feed(loader)?;
            origin.class_order.edited = edited;
            Ok(origin)
        })?;
        let places = open::places(&options.out, &manifest)?;
        if json {
            let told = report::json(&manifest, &places, &progress::ended());
            writeln!(std::io::stdout(), "{told:#}")?;
        } else {
            progress.say(&report::text(&manifest, &places));
        }
        Ok(())
    }

    fn options(self, progress: Progress) -> Result<Options> {
        Ok(Options {
            out: self.out,
            publish: match self.publish {
                Publish::Single => PublishMode::Single,
                Publish::Chunked => PublishMode::chunked(self.chunk_bytes)?,
            },
            built_at: self.built_at.as_deref().map(instant).transpose()?,
            covers: 0,
            pairs_from: None,
            progress,
        })
    }
}

/// The few lines that people want to see first.
fn summary(shown: &Value) -> String {
    let meta = &shown["meta"];
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut lines = vec![
        format!("{} (snapshot {})", text(&meta["source"]), text(&meta["snapshot_id"])),
        format!("{} to {}", text(&meta["first_day"]), text(&meta["last_day"])),
    ];
    for (table, rows) in shown["rows"].as_object().into_iter().flatten() {
        lines.push(format!("{rows:>12} {table}"));
    }
    lines.push(format!("{:>26} {:>16} {:>10}", "last twelve months", "whole period", "trend"));
    for (id, kpi) in shown["kpis"]["default_view"].as_object().into_iter().flatten() {
        let whole = &shown["kpis"]["whole_period"][id]["text"];
        let trend = kpi["trend_text"].as_str().unwrap_or("-");
        let (now, whole, label) = (text(&kpi["text"]), text(whole), text(&kpi["label"]));
        lines.push(format!("{now:>26} {whole:>16} {trend:>10}  {label}"));
    }
    lines.join("\n")
}

/// An instant as RFC 3339 in UTC.
#[expect(clippy::disallowed_methods, reason = "the clock enters here, where the user asks for it")]
fn instant(text: &str) -> Result<String> {
    let instant = if text == "now" {
        chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now())
    } else {
        chrono::DateTime::parse_from_rfc3339(text)
            .with_context(|| format!("--built-at: '{text}' is neither \"now\" nor RFC 3339"))?
            .to_utc()
    };
    Ok(instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}
