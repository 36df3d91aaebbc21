//! `builder`: makes, checks and shows snapshots.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use builder::cli::Cli;
use builder::scratch;
use clap::Parser;

/// What shells report for a command ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What went wrong, and where; never how the program got there. Nobody can be told if
            // standard error is closed.
            let _ = writeln!(std::io::stderr(), "Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let clean_up = || {
        scratch::abandon();
        std::process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(clean_up).context("cannot listen for Ctrl-C")?;
    Cli::parse().run()
}
