//! What the command line asks for.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

/// What `cargo xtask --help` prints.
pub const HELP: &str = "\
The project's own commands. Each installs what it misses into a cache outside this folder
(INSIGHTS_HUB_CACHE names another place for it) and says what it does and how long that takes.

cargo xtask run   [--data DIR] [--base PATH] [--port N]   build the dashboard and serve it
                  [--live]                                with the demo's events, and edits
cargo xtask build [--data DIR] [--base PATH] [--dist DIR] make dist/, ready for a static host
                  [--client-id ID] [--domain DOMAIN]      with a sign-in by Google
                  [--edge]                                and the edge function that guards it
cargo xtask hub                                           the program for hosts, the page inside
cargo xtask release [--out DIR] [--target TRIPLE]         the same, packed to be passed on
cargo xtask bench [--sizes LIST] [--rounds N] [--out FILE] the page beside its peers, measured
cargo xtask bench hosts [--out FILE]                      `hub serve` beside Nginx, under load
cargo xtask bench importer [--out FILE]                   the page's importer beside the builder
cargo xtask soak  [--changes N] [--swaps N] [--events N]  one page used for long, and what it holds
cargo xtask test  [native|wasm|edge|browser]              every test, or one group of them
cargo xtask setup                                         only install what is missing

  --data DIR   a snapshot made by the builder; without it, the demo data in data/snapshot
  --base PATH  where on its host the page will live, such as /demo/; / by default
  --port N     8080 by default
  --live       served by `hub serve --live demo`: docs/live.md
  --dist DIR   where the files go; dist by default
  --sizes LIST customers of the benchmark's data; 10k,100k,1m by default
  --rounds N   visits of each page; 5 by default
  --out FILE   where the results go; docs/benchmarks.md by default, of hosts and importer
               docs/benchmarks-hosts.md and docs/benchmarks-importer.md
  --out DIR, --target TRIPLE
               where archives go, target/packed by default; for another system: docs/release.md
  --changes N, --swaps N, --events N
               of the filter, of the snapshot, and of a live channel; 2000, 20 and 10000 by default
  --client-id ID, --domain DOMAIN, --edge
               sign-in, and a guard before the data: docs/edge.md";

/// One command with its options.
pub enum Command {
    /// Print [`HELP`].
    Help,
    /// Build and serve on a port.
    Run(AppOptions, u16),
    /// The same with a live channel.
    RunLive(AppOptions, u16),
    /// Build into a folder, with the edge function or without.
    Build(AppOptions, PathBuf, bool),
    /// Build the program for hosts, with the page inside.
    Hub,
    /// Build that program and pack it.
    Release(ReleaseOptions),
    /// Run the tests, or one group of them.
    Test(Option<Group>),
    /// Measure the page beside its peers.
    Bench(BenchOptions),
    /// Measure the server beside Nginx; where the results go.
    BenchHosts(PathBuf),
    /// Measure the page's importer beside the builder; where the results go.
    BenchImporter(PathBuf),
    /// Use one page for long.
    Soak(SoakOptions),
    /// Install what is missing.
    Setup,
}

/// What decides how the app is built.
pub struct AppOptions {
    /// A snapshot's folder, or none for the demo data.
    pub data: Option<PathBuf>,
    /// The path the page will live under; begins and ends with a slash.
    pub base: String,
    /// The client id at Google, where readers have to sign in.
    pub client_id: Option<String>,
    /// The one Workspace domain whose accounts may.
    pub domain: Option<String>,
}

impl AppOptions {
    /// The demo data under a path, for everybody.
    pub fn open(base: &str) -> Self {
        Self { data: None, base: base.to_owned(), client_id: None, domain: None }
    }
}

/// What is packed, and where it goes.
pub struct ReleaseOptions {
    /// The folder of archives and checksums.
    pub out: PathBuf,
    /// The system to build for; none for this one.
    pub target: Option<String>,
}

/// What the benchmark is asked for.
pub struct BenchOptions {
    /// Numbers of customers, as in `10k,100k,1m`.
    pub sizes: String,
    /// Visits of each page on each line.
    pub rounds: String,
    /// Where the results go.
    pub out: PathBuf,
}

/// How long one page is used.
pub struct SoakOptions {
    /// Changes of the filter.
    pub changes: String,
    /// Swaps of the snapshot.
    pub swaps: String,
    /// Events of a live channel.
    pub events: String,
}

/// A group of test stages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Formatting, lints and tests of what runs on this machine.
    Native,
    /// Lints and tests of what is compiled to WebAssembly.
    Wasm,
    /// The release build in a real browser.
    Browser,
    /// Attacks on the edge function.
    Edge,
}

/// Reads the process's arguments.
///
/// # Errors
/// Says which argument is wrong.
pub fn parse() -> Result<Command> {
    let mut words = Vec::new();
    let mut options = AppOptions::open("/");
    let (mut port, mut dist, mut edge, mut live) = (8080, PathBuf::from("dist"), false, false);
    let (mut sizes, mut rounds) = ("10k,100k,1m".to_owned(), "5".to_owned());
    let mut soak = SoakOptions {
        changes: "2000".to_owned(),
        swaps: "20".to_owned(),
        events: "10000".to_owned(),
    };
    let (mut out, mut target) = (None, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("data") => options.data = Some(folder(parser.value()?.into())?),
            Long("base") => options.base = base_path(&parser.value()?.string()?),
            Long("port") => port = parser.value()?.parse()?,
            Long("dist") => dist = parser.value()?.into(),
            Long("edge") => edge = true,
            Long("live") => live = true,
            Long("sizes") => sizes = parser.value()?.string()?,
            Long("rounds") => rounds = parser.value()?.string()?,
            Long("changes") => soak.changes = parser.value()?.string()?,
            Long("swaps") => soak.swaps = parser.value()?.string()?,
            Long("events") => soak.events = parser.value()?.string()?,
            Long("out") => out = Some(std::path::absolute(parser.value()?)?),
            Long("target") => target = Some(parser.value()?.string()?),
            Long("client-id") => options.client_id = Some(parser.value()?.string()?),
            Long("domain") => options.domain = Some(parser.value()?.string()?),
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(word) => words.push(word.string()?),
            _ => return Err(arg.unexpected().into()),
        }
    }
    if options.domain.is_some() && options.client_id.is_none() {
        bail!("--domain says who may sign in, so it wants a --client-id");
    }
    // Without a folder of the user's, those of the project.
    let out_or = |own: &str| out.unwrap_or_else(|| own.into());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Ok(match words[..] {
        [] | ["help"] => Command::Help,
        ["run"] if live => Command::RunLive(options, port),
        ["run"] => Command::Run(options, port),
        ["build"] => Command::Build(options, std::path::absolute(dist)?, edge),
        ["hub"] => Command::Hub,
        ["release"] => Command::Release(ReleaseOptions { out: out_or("target/packed"), target }),
        ["bench"] => {
            Command::Bench(BenchOptions { sizes, rounds, out: out_or("docs/benchmarks.md") })
        }
        ["bench", "hosts"] => Command::BenchHosts(out_or("docs/benchmarks-hosts.md")),
        ["bench", "importer"] => Command::BenchImporter(out_or("docs/benchmarks-importer.md")),
        ["soak"] => Command::Soak(soak),
        ["setup"] => Command::Setup,
        ["test"] => Command::Test(None),
        ["test", "native"] => Command::Test(Some(Group::Native)),
        ["test", "wasm"] => Command::Test(Some(Group::Wasm)),
        ["test", "browser"] => Command::Test(Some(Group::Browser)),
        ["test", "edge"] => Command::Test(Some(Group::Edge)),
        _ => bail!("unknown command: {}", words.join(" ")),
    })
}

fn folder(given: PathBuf) -> Result<PathBuf> {
    given.canonicalize().with_context(|| format!("no folder {}", given.display()))
}

/// `demo`, `/demo` and `/demo/` all mean `/demo/`.
fn base_path(given: &str) -> String {
    match given.trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{inner}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::base_path;

    #[test]
    fn a_base_path_has_both_slashes() {
        for given in ["demo", "/demo", "demo/", "/demo/"] {
            assert_eq!(base_path(given), "/demo/");
        }
        assert_eq!(base_path("/"), "/");
        assert_eq!(base_path("a/b"), "/a/b/");
    }
}
