//! What is compiled to WebAssembly: lints, and tests in a real browser.

use anyhow::Result;

use super::tally::Tally;
use crate::process::Run;
use crate::step::step;
use crate::{importer, setup};

/// The app, and with it every crate it is made of.
const APP: [&str; 4] = ["--target", setup::TRIPLE, "--package", "insights-hub"];

/// Runs the stages of this group.
///
/// # Errors
/// At the first stage that fails.
pub fn run(tally: &mut Tally) -> Result<()> {
    let env = setup::for_browser_tests()?;
    let cargo = |args: &[&str]| {
        Run::new("cargo", args)
            .envs(&env)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "node tests/wasm-runner.mjs")
    };
    step("lints on wasm32: cargo clippy", "2 min the first time", || {
        // As it is released: cut in files.
        let lints = ["--all-targets", "--features", "split", "--", "--deny", "warnings"];
        cargo(&[&["clippy"], &APP[..], &lints].concat()).run()
    })?;
    importer::lint(&env)?;
    step("tests in the browser: cargo test on wasm32", "3 min the first time", || {
        let parts = ["--lib", "--tests", "--no-fail-fast"];
        tally.watch(cargo(&[&["test"], &APP[..], &parts].concat()))
    })
}
