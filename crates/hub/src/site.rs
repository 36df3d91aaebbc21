//! `hub site`: a whole site of a snapshot, ready for a static host.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use builder::scratch::Scratch;
use builder::{api_files, open};
use clap::Args;
use site::page::Page;
use site::{Site, place};

/// What a site is made of.
#[derive(Debug, Args)]
pub struct Options {
    /// Folder of the snapshot, with its manifest.json.
    #[arg(long)]
    snapshot: PathBuf,
    /// Folder of the site; made anew as a whole, once all of it is ready.
    #[arg(long, default_value = "dist")]
    out: PathBuf,
    /// Path on the host under which the site will live, such as /shop/.
    #[arg(long, default_value = "/")]
    base: String,
    /// File of settings (docs/configuration.md) over those of the page: name, colours, links; its
    /// picture lies beside it.
    #[arg(long)]
    brand: Option<PathBuf>,
    /// Name of the site.
    #[arg(long)]
    title: Option<String>,
    /// A built page, as `cargo xtask build` makes it; the one inside of this program if not given.
    #[arg(long)]
    page: Option<PathBuf>,
}

/// Makes the site.
///
/// # Errors
/// If a part of it cannot be read or written; an older site stays then.
pub fn run(options: &Options) -> Result<()> {
    let base = place::base(&options.base)?;
    let page = Page::choose(options.page.as_deref())?;
    make(&Site {
        page: &page,
        snapshot: &options.snapshot,
        base: &base,
        brand: options.brand.as_deref(),
        title: options.title.as_deref(),
        out: &options.out,
    })?;
    let out = options.out.display();
    let told = format!(
        "{out} is ready to be served under {base}: upload all of it, manifest.json of data/ last; then \
         `hub check` looks at the host, and `hub serve --site {out} --base {base}` is one"
    );
    writeln!(std::io::stdout(), "{told}").context("standard output is closed")
}

/// Makes a site beside its place, and puts it there once it is whole.
///
/// # Errors
/// As [`run`].
pub fn make(wanted: &Site<'_>) -> Result<()> {
    let snapshot = open::open(wanted.snapshot)?;
    let out = std::path::absolute(wanted.out)?;
    let folder = out.parent().unwrap_or(Path::new("/"));
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let scratch = Scratch::new(folder)?;
    site::make(wanted, scratch.path(), |answers| {
        api_files::write(&snapshot, answers, wanted.base).map(drop)
    })
}
