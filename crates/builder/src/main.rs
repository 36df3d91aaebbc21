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
        // Whoever reads along, such as `head`, has seen enough.
        Err(error) if is_closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // What went wrong, and where; never how the program got there. Nobody can be told if
            // standard error is closed.
            let _ = writeln!(std::io::stderr(), "Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_closed(error: &anyhow::Error) -> bool {
    let closed = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    error.downcast_ref().is_some_and(closed)
}

fn run() -> anyhow::Result<()> {
    let clean_up = || {
        scratch::abandon();
        std::process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(clean_up).context("cannot listen for Ctrl-C")?;
    Cli::parse().run()
}
