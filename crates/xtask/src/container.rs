//! Builds and starts the container of a packed program, where something is at hand that can.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::paths;
use crate::process::Run;
use crate::step::{note, step};

const ENGINES: [&str; 2] = ["podman", "docker"];
const FILE: &str = "Containerfile";

/// Unpacks an archive, builds what its `Containerfile` says and asks the program in it for its
/// version; says so where that was not tried.
///
/// # Errors
/// When it cannot be built or does not start.
pub fn try_out(archive: &Path) -> Result<()> {
    if archive.extension().is_some_and(|ending| ending == "zip") {
        return Ok(());
    }
    let Some(engine) = ENGINES.iter().find(|engine| paths::on_path(engine).is_some()) else {
        note("its container was not tried: neither podman nor docker is here");
        return Ok(());
    };
    if Run::new(engine, &["info"]).ask().is_none() {
        note(&format!("its container was not tried: {engine} is here, but `{engine} info` fails"));
        return Ok(());
    }
    let context = unpacked(archive)?;
    if !context.join(FILE).is_file() {
        note("its container was not tried: it needs a newer glibc than any image that is known");
        return Ok(());
    }
    let image = format!("insights-hub:{}", env!("CARGO_PKG_VERSION"));
    step("build its container and start it", "1 min the first time", || {
        let build = Run::new(engine, &["build", "--tag", &image]);
        build.flag("--file", context.join(FILE)).arg(&context).run()?;
        let alone = ["run", "--rm", "--read-only", "--cap-drop", "all", "--network", "none"];
        Run::new(engine, &[&alone[..], &[&image, "--version"]].concat()).run()
    })
}

/// The one folder that is in an archive.
fn unpacked(archive: &Path) -> Result<std::path::PathBuf> {
    let folder = paths::project()?.join("target/container");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(&folder)?;
    Run::new("tar", &["-xz", "-f"]).arg(archive).flag("-C", &folder).run()?;
    let inside = fs::read_dir(&folder)?.next().context("the archive is empty")?;
    Ok(inside?.path())
}
