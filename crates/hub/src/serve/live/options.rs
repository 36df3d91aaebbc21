//! What of the channel is asked for on the command line.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

/// Milliseconds between two recorded events, and after which silence is broken.
const EVERY: u64 = 1500;
const TICK: u64 = 7000;

/// The live channel, and edits.
#[derive(Debug, Args)]
pub struct LiveOptions {
    /// Opens a live channel at `live` and takes edits at `api/customers/ID`; with `demo` the
    /// recorded events of the snapshot are told, too.
    #[arg(long, num_args = 0..=1, default_missing_value = "edits", requires = "journal")]
    live: Option<Kind>,
    /// File in which the channel's events and edits are kept; made if absent. No file of the site:
    /// what lies there may be read by everybody.
    #[arg(long, requires = "live")]
    journal: Option<PathBuf>,
    /// Milliseconds between two recorded events.
    #[arg(long, default_value_t = EVERY, value_parser = clap::value_parser!(u64).range(1..=3_600_000))]
    pub(super) live_every: u64,
    /// Milliseconds after which silence is broken.
    #[arg(long, hide = true, default_value_t = TICK, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub(super) live_tick: u64,
    /// Another site whose pages may listen, as in `https://shop.example`; may be given several times.
    #[arg(long)]
    pub(super) allow_origin: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// What is edited, and newer snapshots.
    Edits,
    /// The recorded events of a demo, too.
    Demo,
}

impl LiveOptions {
    /// No channel.
    pub fn none() -> Self {
        Self {
            live: None,
            journal: None,
            live_every: EVERY,
            live_tick: TICK,
            allow_origin: Vec::new(),
        }
    }

    /// Where the channel is kept, if there shall be one.
    ///
    /// # Errors
    /// If the file's folder cannot be found.
    pub(super) fn journal(&self) -> Result<Option<&Path>> {
        self.live.map(|_| self.journal.as_deref().context("--live wants a --journal")).transpose()
    }

    /// Demands a journal that is no file of the site.
    ///
    /// # Errors
    /// If it is one.
    pub fn check(&self, site: &Path) -> Result<()> {
        let Some(path) = self.journal()? else { return Ok(()) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let real = folder
            .canonicalize()
            .with_context(|| format!("--journal: there is no folder {}", folder.display()))?;
        anyhow::ensure!(
            !real.starts_with(site.canonicalize()?),
            "--journal {}: it lies in the site, so that everybody could read it; choose another \
             folder",
            path.display()
        );
        Ok(())
    }

    /// Whether pages of other sites may listen.
    pub fn lets_others_listen(&self) -> bool {
        !self.allow_origin.is_empty()
    }

    /// Whether recorded events are told.
    pub(super) fn recorded(&self) -> bool {
        self.live == Some(Kind::Demo)
    }
}
