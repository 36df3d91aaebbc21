//! The main journey in a second engine.

use anyhow::Result;

use super::tally::Tally;
use crate::process::Run;
use crate::setup::{self, Env};
use crate::step::{note, step};

/// Walks through the release build in Firefox, where there is one.
///
/// # Errors
/// When a step of the journey fails.
pub fn run(tally: &mut Tally, env: &Env) -> Result<()> {
    let Some(firefox) = setup::firefox()? else {
        note("NOT RUN: the journey in Firefox; install it, or name one in HUB_FIREFOX");
        return Ok(());
    };
    step("the main journey in Firefox", "1 min", || {
        let journey = Run::new("node", &["tests/firefox/run.mjs"]).envs(env);
        tally.watch(journey.env("HUB_FIREFOX", &firefox))
    })
}
