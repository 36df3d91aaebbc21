//! The program for hosts, packed to be passed on: `crates/packer` does the packing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::args::ReleaseOptions;
use crate::process::Run;
use crate::step::{note, step};
use crate::{app, container, paths, remap, setup, snapshot};

/// What names the time of all files in an archive, in seconds since 1970, on systems that build packages.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// 1980: before that some archives know no time.
const NO_TIME: u64 = 315_532_800;

/// Builds the program with the page inside, packs it with all that goes with it, and tries the
/// container where that is possible.
///
/// # Errors
/// When a part cannot be built or packed, or its container cannot be built or run.
pub fn run(options: &ReleaseOptions) -> Result<()> {
    let here = Run::new("rustc", &["--print", "host-tuple"]).ask();
    let here = here.context("rustc does not tell for what it compiles")?;
    let target = options.target.as_deref().unwrap_or(&here);
    let seconds = seconds(std::env::var(EPOCH).ok(), committed())?;
    let scripts = paths::project()?.join("target/page-parts.json");
    let mut env = setup::for_app()?;
    remap::within(&mut env, "wasm")?;
    env.push(("HUB_PARTS".to_owned(), Some(scripts.clone().into())));
    let page = app::page(&env)?;
    let program = program(target, &page)?;
    let archive = pack(&program, target, &scripts, seconds, &options.out)?;
    note(&format!("{} is what hosts get: docs/release.md", archive.display()));
    if target != here {
        note("its container was not tried: it is for another system");
        return Ok(());
    }
    let stands = || format!("{} is made, but its container does not work", archive.display());
    container::try_out(&archive).with_context(stands)
}

/// The program, without the names of its functions and of the places where it was built.
fn program(target: &str, page: &Path) -> Result<PathBuf> {
    let mut env = setup::for_native()?;
    remap::within(&mut env, "native")?;
    env.push(("HUB_PAGE".to_owned(), Some(page.into())));
    step(&format!("compile hub for {target}"), "about 6 min the first time", || {
        let args = ["rustc", "--profile", "native", "--package", "hub", "--bin", "hub"];
        let strip = ["--target", target, "--", "-C", "strip=symbols"];
        Run::new("cargo", &[&args[..], &strip].concat()).envs(&env).run()
    })?;
    let ending = if target.contains("-windows") { ".exe" } else { "" };
    let folder = paths::cargo_target("native")?.join(target).join("native");
    Ok(folder.join(format!("hub{ending}")))
}

/// Packs the program; gives the archive.
fn pack(program: &Path, target: &str, scripts: &Path, seconds: u64, out: &Path) -> Result<PathBuf> {
    let packer = snapshot::packer()?;
    step("pack it", "3 s", || {
        let args = ["--target", target, "--seconds", &seconds.to_string()];
        let run = Run::new(packer, &args).flag("--program", program).flag("--scripts", scripts);
        let mut archive = None;
        let done = run.flag("--out", out).each_line(|line| archive = Some(PathBuf::from(line)))?;
        ensure!(done, "it cannot be packed");
        archive.context("the packer names no archive")
    })
}

/// When the sources were committed, as git tells it.
fn committed() -> Option<String> {
    Run::new("git", &["log", "-1", "--format=%ct"]).ask()
}

/// The time that files get: the wanted one, or that of the sources.
fn seconds(wanted: Option<String>, committed: Option<String>) -> Result<u64> {
    let Some(text) = wanted.or(committed) else { return Ok(NO_TIME) };
    text.parse().with_context(|| format!("{EPOCH}: {text:?} is no number of seconds"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_time_that_is_wanted_or_that_of_the_sources() {
        let given = |text: &str| Some(text.to_owned());
        assert_eq!(seconds(given("7"), given("8")).unwrap(), 7);
        assert_eq!(seconds(None, given("8")).unwrap(), 8);
        assert_eq!(seconds(None, None).unwrap(), NO_TIME);
        assert!(seconds(given("now"), given("8")).unwrap_err().to_string().contains(EPOCH));
    }
}
