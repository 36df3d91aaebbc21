//! What runs on this machine: formatting, lints, tests.

use anyhow::Result;

use super::tally::Tally;
use crate::process::Run;
use crate::setup;
use crate::step::step;

/// The app itself compiles for the web only.
const WITHOUT_APP: [&str; 3] = ["--workspace", "--exclude", "insights-hub"];

/// Runs the stages of this group.
///
/// # Errors
/// At the first stage that fails.
pub fn run(tally: &mut Tally) -> Result<()> {
    let env = setup::for_native_tests()?;
    let cargo = |args: &[&str]| Run::new("cargo", args).envs(&env);
    step("formatting: cargo fmt --check", "1 s", || cargo(&["fmt", "--all", "--check"]).run())?;
    step("lints: cargo clippy", "2 min the first time", || {
        let lints = ["--all-targets", "--", "--deny", "warnings"];
        cargo(&[&["clippy"], &WITHOUT_APP[..], &lints].concat()).run()
    })?;
    step("tests: cargo test", "6 min the first time", || {
        let brief = ["--no-fail-fast", "--", "--quiet"];
        tally.watch(cargo(&[&["test"], &WITHOUT_APP[..], &brief].concat()))
    })
}
