//! The edge function: lints on wasm32, and attacks on the built one in real workerd and Deno.

use anyhow::Result;

use super::tally::Tally;
use crate::process::Run;
use crate::setup::TRIPLE;
use crate::step::step;
use crate::{edge, setup};

/// Runs the stages of this group.
///
/// # Errors
/// At the first stage that fails.
pub fn run(tally: &mut Tally) -> Result<()> {
    let env = setup::for_app()?;
    setup::edge_runtimes()?;
    step("lints of the edge on wasm32: cargo clippy", "30 s the first time", || {
        let package = ["--target", TRIPLE, "--package", "edge", "--", "--deny", "warnings"];
        Run::new("cargo", &[&["clippy"], &package[..]].concat()).envs(&env).run()
    })?;
    edge::build(&env)?;
    step("attacks on the edge in workerd and Deno", "1 min", || {
        tally.watch(Run::new("node", &["tests/edge/run.mjs"]).envs(&env))
    })
}
