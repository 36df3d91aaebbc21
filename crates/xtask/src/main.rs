//! The project's own commands: `cargo xtask run`, `test`, `build` and others.

#![expect(clippy::print_stdout, reason = "a command line speaks to the terminal")]

mod app;
mod args;
mod bench;
mod container;
mod edge;
mod importer;
mod live;
mod paths;
mod process;
mod release;
mod remap;
mod setup;
mod snapshot;
mod soak;
mod step;
mod test;

use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let outcome = match args::parse().and_then(inside_project) {
        Ok(Command::Help) => {
            println!("{}", args::HELP);
            Ok(())
        }
        Ok(Command::Run(options, port)) => app::run(&options, port),
        Ok(Command::RunLive(options, port)) => live::run(&options, port),
        Ok(Command::Build(options, dist, edge)) => app::build(&options, &dist, edge),
        Ok(Command::Hub) => app::hub(),
        Ok(Command::Release(options)) => release::run(&options),
        Ok(Command::Test(group)) => return test::run(group),
        Ok(Command::Bench(options)) => bench::run(&options),
        Ok(Command::BenchHosts(out)) => bench::hosts(&out),
        Ok(Command::BenchImporter(out)) => bench::importer(&out),
        Ok(Command::Soak(options)) => soak::run(&options),
        Ok(Command::Setup) => setup::everything(),
        Err(error) => Err(error.context("cargo xtask --help tells what it takes")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Everything below works in the project's folder, wherever the command was given.
fn inside_project(command: Command) -> anyhow::Result<Command> {
    std::env::set_current_dir(paths::project()?)?;
    Ok(command)
}
