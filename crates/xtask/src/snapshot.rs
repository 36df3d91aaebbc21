//! Snapshots, made by the builder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::process::Run;
use crate::step::{note, step};
use crate::{paths, setup};

/// Where the demo data lies unless the user brings a snapshot.
pub const DEMO: &str = "data/snapshot";

/// The builder's program, compiled if need be.
///
/// # Errors
/// When it does not compile.
pub fn builder() -> Result<PathBuf> {
    let target = paths::cargo_target("native")?;
    let program = target.join("native").join(format!("builder{}", std::env::consts::EXE_SUFFIX));
    step("compile the snapshot builder", "about 2 min the first time", || {
        let args = ["build", "--profile", "native", "--package", "builder"];
        Run::new("cargo", &args).envs(&setup::for_native()?).run()
    })?;
    Ok(program)
}

/// The folder of the snapshot to show: the given one, or the demo data, built if need be.
///
/// # Errors
/// When the given folder holds no snapshot that can be shown, or the demo cannot be built.
pub fn to_show(given: Option<&Path>) -> Result<PathBuf> {
    let builder = builder()?;
    if let Some(folder) = given {
        let readable = Run::new(&builder, &["inspect", "--json"]).arg(folder).each_line(|_| ())?;
        if !readable {
            bail!("{} holds no snapshot that this version can show", folder.display());
        }
        return Ok(folder.to_owned());
    }
    let demo = paths::project()?.join(DEMO);
    if is_current(&builder, &demo) {
        note(&format!("showing the demo data in {DEMO}"));
        return Ok(demo);
    }
    step("build the demo data", "a few seconds", || {
        if demo.exists() {
            fs::remove_dir_all(&demo)?;
        }
        Run::new(&builder, &["demo", "--out"]).arg(&demo).run()
    })?;
    Ok(demo)
}

/// Whether a folder holds a snapshot in the form that this version reads.
fn is_current(builder: &Path, folder: &Path) -> bool {
    folder.join("manifest.json").exists()
        && Run::new(builder, &["inspect", "--json"]).arg(folder).ask().is_some()
}
