//! What cuts the app's program into files: `crates/splitter`, on the path before `wasm-bindgen`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Env, for_native, variable};
use crate::paths;
use crate::process::Run;
use crate::step::step;

/// The splitter, ready to be called in the place of `wasm-bindgen`.
pub struct Splitter {
    /// Where it lies under that name.
    pub folder: PathBuf,
    /// What it must be told.
    pub env: Env,
}

/// Compiles the splitter; `folders` may hold the real program, which else is on `PATH`.
///
/// # Errors
/// When it cannot be compiled.
pub fn build(folders: &[PathBuf]) -> Result<Splitter> {
    let env = for_native()?;
    step("compile the splitter of the app", "20 s the first time", || {
        Run::new("cargo", &["build", "--quiet", "--package", "splitter"]).envs(&env).run()
    })?;
    let named = |name: &str| format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let program = named("wasm-bindgen");
    let built = paths::cargo_target("native")?.join("debug").join(named("splitter"));
    // A folder of its own, so that nothing else of what was built is on the path.
    let folder = paths::cache("tools")?.join("splitter");
    replace(&built, &folder.join(&program))?;
    let real = folders.iter().map(|folder| folder.join(&program)).find(|file| file.is_file());
    let real = real.or_else(|| paths::on_path("wasm-bindgen"));
    let real = real.context("wasm-bindgen is nowhere to be found")?;
    let pieces = paths::cargo_target("wasm")?.join("pieces");
    let env = vec![variable("HUB_WASM_BINDGEN", real), variable("HUB_PIECES", pieces)];
    Ok(Splitter { folder, env })
}

/// Puts a file in another's place, also where that is a program being run.
fn replace(from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().context("a file lies in a folder")?;
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let beside = to.with_extension("new");
    std::fs::copy(from, &beside).with_context(|| from.display().to_string())?;
    std::fs::rename(&beside, to).with_context(|| to.display().to_string())
}
