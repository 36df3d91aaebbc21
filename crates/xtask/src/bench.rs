//! The benchmark: the page beside its peers, in a real browser, on a wire of known speed.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::args::{AppOptions, BenchOptions};
use crate::process::Run;
use crate::step::{note, step};
use crate::{app, paths, setup, snapshot};

/// Where the bench serves the page from, so that peers can stand beside it.
const BASE: &str = "/hub/";

/// Builds the page, the data and the peers, and measures them.
///
/// # Errors
/// When a part cannot be installed or built, or the browser fails.
pub fn run(options: &BenchOptions) -> Result<()> {
    let env = setup::for_bench()?;
    let builder = snapshot::builder()?;
    let data = snapshot::to_show(None)?;
    let dist = paths::project()?.join("target/benched");
    let app = AppOptions::open(BASE);
    app::release(&app, &env, &data, &dist)?;
    app::at_rest(&dist)?;
    let peers = peers()?;
    let cache = paths::cache("bench")?;
    std::fs::create_dir_all(&cache)?;
    step("Lighthouse on the page behind Nginx", "3 min", || {
        let script = Run::new("node", &["bench/lighthouse.mjs", "--dist"]).arg(&dist);
        let script = script.flag("--builder", &builder).flag("--peers", &peers);
        script.flag("--cache", &cache).envs(&env).run()
    })
    .unwrap_or_else(|error| note(&format!("Lighthouse was not run: {error:#}")));
    step("measure the page and its peers", "15 min; a million customers once 10 min more", || {
        let script = Run::new("node", &["bench/main.mjs", "--dist"]).arg(&dist);
        let script = script.flag("--builder", &builder).flag("--peers", &peers);
        let script = script.flag("--cache", &cache).flag("--out", &options.out);
        let script = script.flag("--sizes", Path::new(&options.sizes));
        script.flag("--rounds", Path::new(&options.rounds)).envs(&env).run()
    })?;
    note(&format!("the results are in {}", options.out.display()));
    Ok(())
}

/// Builds the program for hosts, and measures it beside Nginx with the same site.
///
/// # Errors
/// When a part cannot be installed or built, or a server fails.
pub fn hosts(out: &Path) -> Result<()> {
    let env = setup::for_hosts()?;
    let page = app::page(&env)?;
    let hub = snapshot::hub(Some(&page))?;
    step("measure hub serve and Nginx", "5 min", || {
        let script = Run::new("node", &["bench/hosts.mjs"]).flag("--hub", &hub);
        script.flag("--out", out).envs(&env).run()
    })?;
    note(&format!("the results are in {}", out.display()));
    Ok(())
}

/// Builds the page, and measures its importer beside the builder with the same files.
///
/// # Errors
/// When a part cannot be installed or built, or the browser fails.
pub fn importer(out: &Path) -> Result<()> {
    let env = setup::for_bench()?;
    let builder = snapshot::builder()?;
    let data = snapshot::to_show(None)?;
    let dist = paths::project()?.join("target/benched");
    app::release(&AppOptions::open("/"), &env, &data, &dist)?;
    step("measure the importer in the page and the builder", "5 min", || {
        let script = Run::new("node", &["bench/importer.mjs", "--dist"]).arg(&dist);
        script.flag("--builder", &builder).flag("--out", out).envs(&env).run()
    })?;
    note(&format!("the results are in {}", out.display()));
    Ok(())
}

/// The program that makes what the peers read.
fn peers() -> Result<PathBuf> {
    step("compile the maker of the peers' data", "30 s the first time", || {
        let what = ["--package", "builder", "--example", "peers"];
        let args = [&["build", "--profile", "native"], &what[..]].concat();
        Run::new("cargo", &args).envs(&setup::for_native()?).run()
    })?;
    let name = format!("peers{}", std::env::consts::EXE_SUFFIX);
    Ok(paths::cargo_target("native")?.join("native/examples").join(name))
}
