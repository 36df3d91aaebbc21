//! `site`: what the build of the project has this crate do with the page that it has built.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use site::page::Page;

/// Completes the built page.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Puts the page of a site into another folder, without what is that site's own.
    Lay {
        /// The folder of the site.
        page: PathBuf,
        /// The other folder.
        folder: PathBuf,
    },
    /// Makes a folder that holds the page a site.
    Finish {
        /// The folder.
        folder: PathBuf,
        /// Path under which the site is served.
        #[arg(long)]
        base: String,
        /// Folder of the snapshot.
        #[arg(long)]
        snapshot: PathBuf,
        /// Folder of the answers for programs.
        #[arg(long)]
        answers: Option<PathBuf>,
        /// Writes compressed copies, too.
        #[arg(long)]
        packed: bool,
        /// Asks readers to sign in, by this client id of Google's console.
        #[arg(long)]
        client_id: Option<String>,
        /// The one Workspace domain whose accounts may.
        #[arg(long, requires = "client_id")]
        domain: Option<String>,
    },
    /// Makes the headers and the policy of a site fit its `config.json`.
    Fit {
        /// The folder.
        folder: PathBuf,
        /// Path under which the site is served.
        #[arg(long, default_value = "/")]
        base: String,
    },
    /// Puts a sign-in into the `config.json` of a folder.
    SignIn {
        /// The folder.
        folder: PathBuf,
        /// A client id of Google's console.
        #[arg(long)]
        client_id: String,
        /// The one Workspace domain whose accounts may.
        #[arg(long)]
        domain: Option<String>,
    },
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Lay { page, folder } => Page::choose(Some(&page))?.lay(&folder),
        Command::Finish { folder, base, snapshot, answers, packed, client_id, domain } => {
            if let Some(id) = client_id {
                site::ask_for_sign_in(&folder, &id, domain.as_deref())?;
            }
            let base = site::place::base(&base)?;
            let answers = answers.as_deref();
            site::finish(
                &folder,
                &site::Parts { base: &base, snapshot: &snapshot, answers, packed },
            )
        }
        Command::Fit { folder, base } => site::fit(&folder, &site::place::base(&base)?),
        Command::SignIn { folder, client_id, domain } => {
            site::ask_for_sign_in(&folder, &client_id, domain.as_deref())
        }
    }
}
