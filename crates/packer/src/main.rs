//! `packer`: what `cargo xtask release` has pack the program that it has built.

mod archive;
mod crates;
mod files;
mod library;
mod licence;
mod list;
mod part;
mod sums;
mod system;
mod texts;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use archive::Form;
use files::Built;
use library::Library;
use list::Group;
use part::Part;

/// Packs the program for hosts. It is run in the project's folder, and ends by telling the archive.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Options {
    /// The program.
    #[arg(long)]
    program: PathBuf,
    /// What it was built for.
    #[arg(long)]
    target: String,
    /// The packages that the page's scripts are made of, as `static/js/parts.mjs` has written them down.
    #[arg(long)]
    scripts: PathBuf,
    /// The time of all files in the archive, in seconds since 1970.
    #[arg(long)]
    seconds: u64,
    /// Folder for the archive and the checksums.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> ExitCode {
    let Err(error) = run(&Options::parse()) else { return ExitCode::SUCCESS };
    // What went wrong, and where; never how the program got there.
    let _ = writeln!(std::io::stderr(), "error: {error:#}");
    ExitCode::FAILURE
}

fn run(options: &Options) -> Result<()> {
    let Library { parts, rights } = library::of(&options.target)?;
    let groups = [
        Group { heading: "Rust crates", parts: crates::of_program(&options.target)? },
        Group { heading: "JavaScript packages in the page", parts: scripts(&options.scripts)? },
        Group { heading: "Beside them", parts },
    ];
    let folder = files::folder(&options.target);
    let built = Built {
        target: &options.target,
        program: read(&options.program)?,
        list: list::write(&folder, &groups)?,
        rights,
    };
    let archive = release(built, options.seconds, &options.out)?;
    Ok(writeln!(std::io::stdout(), "{}", archive.display())?)
}

/// Makes the archive and the checksums; gives the archive's path.
fn release(built: Built<'_>, seconds: u64, out: &Path) -> Result<PathBuf> {
    let (folder, form) = (files::folder(built.target), Form::of(built.target));
    let bytes = archive::pack(files::of(built), form, seconds)?;
    fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    let archive = out.join(format!("{folder}{}", form.ending()));
    fs::write(&archive, bytes).with_context(|| archive.display().to_string())?;
    sums::write(out)?;
    Ok(archive)
}

fn scripts(file: &Path) -> Result<Vec<Part>> {
    serde_json::from_slice(&read(file)?).with_context(|| file.display().to_string())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_program_is_packed_the_same_every_time() {
        let out = tempfile::tempdir().unwrap();
        for target in ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc"] {
            let packed = || {
                let (program, list) = (b"GLIBC_2.34".to_vec(), "the list".to_owned());
                let rights = Some(b"<!doctype html>".to_vec());
                let built = Built { target, program, list, rights };
                let archive = release(built, 1_709_210_096, out.path()).unwrap();
                (archive.clone(), read(&archive).unwrap())
            };
            let (archive, bytes) = packed();
            let name = archive.file_name().unwrap().to_str().unwrap();
            assert!(name.starts_with(&format!("hub-{}-{target}.", files::VERSION)), "{name}");
            assert_eq!(packed(), (archive.clone(), bytes));
            let sums = fs::read_to_string(out.path().join(sums::NAME)).unwrap();
            assert!(sums.lines().any(|line| line.ends_with(&format!("  {name}"))), "{sums}");
        }
    }

    #[test]
    fn what_is_written_down_of_scripts_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("parts.json");
        let text = r#"[{"name":"a","version":"1.0.0","license":"MIT","authors":["A"],"folder":"/a","remarks":["(c) B"]},
            {"name":"b","version":"2.0.0","license":null,"authors":[],"folder":"/b","remarks":[]}]"#;
        fs::write(&file, text).unwrap();
        let parts = scripts(&file).unwrap();
        assert_eq!(parts.iter().map(Part::title).collect::<Vec<_>>(), ["a 1.0.0", "b 2.0.0"]);
        assert_eq!(parts[0].remarks, ["(c) B"]);
        licence::demand(&parts[1]).unwrap_err();
    }
}
