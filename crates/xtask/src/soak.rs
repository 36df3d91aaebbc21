//! The soak: one page under thousands of changes, and what it holds on to.

use anyhow::Result;

use crate::args::SoakOptions;
use crate::process::Run;
use crate::step::step;
use crate::test::browser;

/// Builds what the browser tests look at, and uses one page for long.
///
/// # Errors
/// When something cannot be built, or the page holds on to more and more.
pub fn run(options: &SoakOptions) -> Result<()> {
    let env = browser::build()?;
    let SoakOptions { changes, swaps, events } = options;
    step(
        &format!("{changes} changes of the filter, {swaps} swaps, {events} events"),
        "20 min",
        || {
            let soak = [&browser::PLAYWRIGHT[..], &["soak.spec.mjs", "--workers", "1"]].concat();
            let soak = Run::new("node", &soak).envs(&env).env("SOAK_CHANGES", changes);
            soak.env("SOAK_SWAPS", swaps).env("SOAK_EVENTS", events).run()
        },
    )
}
