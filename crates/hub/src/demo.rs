//! `hub demo`: invented data, and with `--serve` the whole dashboard about it.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, ensure};
use builder::cli::{Invented, Output};
use builder::scratch::Scratch;
use clap::Args;
use site::Site;
use site::page::Page;

use crate::{serve, site as sites};

/// What is invented, and what becomes of it.
#[derive(Debug, Args)]
#[command(override_usage = "hub demo --out <DIR> [OPTIONS]\n       hub demo --serve [OPTIONS]")]
pub struct Options {
    #[command(flatten)]
    invented: Invented,
    #[command(flatten)]
    output: Option<Output>,
    /// Makes a site of the data and serves it on this machine, until it is stopped.
    #[arg(long, conflicts_with = "Output")]
    serve: bool,
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8000, requires = "serve")]
    port: u16,
    /// Folder that is to hold the data and the site, and stays; a passing one if not given.
    #[arg(long, requires = "serve")]
    folder: Option<PathBuf>,
    /// A built page, as `cargo xtask build` makes it; the one inside of this program if not given.
    #[arg(long, requires = "serve")]
    page: Option<PathBuf>,
}

/// True from when the server sees to interruptions itself.
static SERVING: AtomicBool = AtomicBool::new(false);

/// Whether a server is at work, which ends by itself.
pub fn is_serving() -> bool {
    SERVING.load(Ordering::SeqCst)
}

/// Builds the data, and serves it if asked to.
///
/// # Errors
/// If something cannot be built, or the port is taken.
pub fn run(options: Options) -> Result<()> {
    if let (Some(output), false) = (options.output, options.serve) {
        return options.invented.build(output);
    }
    ensure!(options.serve, "neither --out nor --serve says what is wanted");
    let page = Page::choose(options.page.as_deref())?;
    let passing = match &options.folder {
        Some(_) => None,
        None => Some(Scratch::new(&std::env::temp_dir())?),
    };
    let folder = options.folder.or(passing.as_ref().map(|folder| folder.path().to_owned()));
    let folder = folder.context("no folder")?;
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let (snapshot, out) = (folder.join("snapshot"), folder.join("dist"));
    options.invented.build(Output::to(snapshot.clone()))?;
    let (brand, title) = (None, None);
    sites::make(&Site { page: &page, snapshot: &snapshot, base: "/", brand, title, out: &out })?;
    SERVING.store(true, Ordering::SeqCst);
    serve::run(&serve::Options::of_site(out, options.port), |url| {
        // Whoever has closed standard output knows the address already.
        let _ = writeln!(std::io::stdout(), "The dashboard is at {url} (Ctrl-C ends it).");
    })
}
