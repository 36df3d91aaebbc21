//! All tests, stage by stage, up to the first that fails.

pub mod browser;
mod edge;
mod firefox;
mod native;
mod tally;
mod verify;
mod wasm;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::args::Group;
use crate::step::spoken;
use tally::Tally;

/// Runs every stage, or those of one group; ends with a line that counts the tests.
pub fn run(group: Option<Group>) -> ExitCode {
    let start = Instant::now();
    let mut tally = Tally::default();
    let outcome = stages(group, &mut tally);
    if let Err(error) = &outcome {
        eprintln!("\nerror: {error:#}");
        tally.count_failed_stage();
    }
    println!("\ntested in {}", spoken(start.elapsed()));
    println!("{tally}");
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn stages(group: Option<Group>, tally: &mut Tally) -> Result<()> {
    let wanted = |one| group.is_none_or(|chosen| chosen == one);
    if wanted(Group::Native) {
        native::run(tally)?;
        verify::run(tally)?;
    }
    if wanted(Group::Wasm) {
        wasm::run(tally)?;
    }
    if wanted(Group::Edge) {
        edge::run(tally)?;
    }
    if wanted(Group::Browser) {
        browser::run(tally)?;
    }
    Ok(())
}
