//! `builder`: makes, checks and shows snapshots.

mod cli;

use anyhow::Context;
use builder::scratch;
use clap::Parser;

/// What shells report for a command ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

fn main() -> anyhow::Result<()> {
    let clean_up = || {
        scratch::abandon();
        std::process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(clean_up).context("cannot listen for Ctrl-C")?;
    cli::Cli::parse().run()
}
