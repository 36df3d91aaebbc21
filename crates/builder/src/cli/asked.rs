//! `guess`: what is asked, and where the answer goes.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::demo::sample::Sample;
use crate::disk::guess_files;
use crate::progress::Progress;
use importer_core::guess;

/// What is guessed about.
#[derive(Debug, Args)]
pub struct Asked {
    /// CSV or other text files, a folder of them, or a SQLite file.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where the mapping file goes; to standard output, with all else on standard error, if not
    /// given. A file that is there is left as it is.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Everything as JSON, on standard output, the text of the mapping file with it.
    #[arg(long)]
    json: bool,
}

impl Asked {
    /// Guesses, writes the mapping, and says what was found.
    ///
    /// # Errors
    /// If nothing usable is found, after what is known was told and written as a template; or if the
    /// mapping cannot be written.
    pub fn run(&self, progress: Progress) -> Result<()> {
        let found = guess_files(&self.files)?;
        if let Some(out) = &self.out {
            write_new(out, &found.mapping)?;
        }
        let mut stdout = std::io::stdout();
        match (self.json, &self.out) {
            (true, _) => writeln!(stdout, "{}", serde_json::to_string_pretty(&found)?)?,
            (false, Some(out)) => {
                write!(stdout, "{}", guess::text(&found))?;
                writeln!(stdout, "The mapping is in {}.", out.display())?;
                if found.builds {
                    let (from, mapping) = (&found.from, out.display().to_string());
                    let (from, mapping) = (guess::argument(from), guess::argument(&mapping));
                    writeln!(
                        stdout,
                        "Next: {} build --from {from} --mapping {mapping} --out data/snapshot",
                        program()
                    )?;
                }
            }
            (false, None) => {
                progress.say(&guess::text(&found));
                write!(stdout, "{}", found.mapping)?;
            }
        }
        ensure!(found.usable, "{}", found.problems.join("\n  "));
        Ok(())
    }
}

/// The name under which this program was called.
fn program() -> String {
    let called = std::env::args_os().next().map(PathBuf::from);
    let name = called.as_deref().and_then(Path::file_stem).map(|name| name.to_string_lossy());
    name.map_or_else(|| "builder".to_owned(), |name| name.into_owned())
}

/// Writes a sample into a folder, and says what importing it has to give.
///
/// # Errors
/// If it cannot be written.
pub fn write_sample(sample: &Sample, folder: &Path, progress: Progress) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(sample.name);
    // The same file may be written again.
    if fs::read(&path).ok().as_deref() != Some(sample.text.as_bytes()) {
        write_new(&path, &sample.text)?;
    }
    let told = &sample.told;
    progress.say(&format!(
        "{}: {} lines, {} orders, {} customers, {} EUR from {} to {}. Now: builder guess {}",
        path.display(),
        told.lines,
        told.orders,
        told.customers,
        snapshot::money::to_decimal(told.revenue.into(), 2),
        told.first,
        told.last,
        path.display()
    ));
    Ok(())
}

/// Writes a file that is not there yet: a mapping may have been changed by hand.
fn write_new(path: &Path, text: &str) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = match file {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
            "{} is there already, and may have been changed by hand: name another file with --out, or \
             delete that one",
            path.display()
        ),
        other => other.with_context(|| format!("cannot write {}", path.display()))?,
    };
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}
