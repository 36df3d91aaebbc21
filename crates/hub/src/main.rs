//! `hub`: one program for hosts. It makes and checks snapshots, as `builder` does, makes sites of them,
//! looks at how they are hosted, and serves one with live answers for programs.

mod check;
mod demo;
mod serve;
mod site;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
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
    /// Builds a snapshot of invented data; with --serve a whole site of it, which is served at once.
    Demo(demo::Options),
    #[command(flatten)]
    Data(builder::cli::Data),
    /// Makes a whole site of a snapshot, ready for a static host.
    Site(site::Options),
    /// Asks a deployed site as a browser does, and names what is wrong with its host; fails if
    /// something is.
    Check(check::Options),
    /// Serves a built site, and answers programs about its snapshot with parameters; one that asks for a
    /// sign-in to those alone who sign in, by the variables of docs/edge.md.
    Serve(serve::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Demo(options) => tidied().and_then(|()| demo::run(options)),
        Command::Data(command) => tidied().and_then(|()| command.run()),
        Command::Site(options) => tidied().and_then(|()| site::run(&options)),
        Command::Serve(options) => serve::run(&options, |_| ()),
        Command::Check(options) => match check::run(&options) {
            Ok(true) => Ok(()),
            // What is wrong was said.
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
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

/// Has whatever is half done taken away if this program is interrupted; a server ends by itself.
fn tidied() -> Result<()> {
    let clean_up = || {
        if !demo::is_serving() {
            builder::scratch::abandon();
            std::process::exit(INTERRUPTED);
        }
    };
    Ok(ctrlc::set_handler(clean_up)?)
}
