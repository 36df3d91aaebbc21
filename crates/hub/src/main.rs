//! `hub`: one program for hosts. It makes and checks snapshots, as `builder` does, and serves a
//! built site with live answers for programs.

mod serve;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The dashboard's data and site, from one program.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Data(builder::cli::Command),
    /// Serves a built site, and answers programs about its snapshot with parameters.
    Serve(serve::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Data(command) => data(command),
        Command::Serve(options) => serve::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What went wrong, and where; never how the program got there.
            let _ = writeln!(std::io::stderr(), "Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What shells report for a command ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

fn data(command: builder::cli::Command) -> anyhow::Result<()> {
    let clean_up = || {
        builder::scratch::abandon();
        std::process::exit(INTERRUPTED);
    };
    ctrlc::set_handler(clean_up)?;
    command.run()
}
