//! Where things lie: the project's folder, and the cache outside it.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder that holds the workspace.
///
/// # Errors
/// When not started by cargo from inside the workspace.
pub fn project() -> Result<PathBuf> {
    let here = env::var_os("CARGO_MANIFEST_DIR").context("start this as `cargo xtask`")?;
    let root = Path::new(&here).ancestors().nth(2).context("crates/xtask has been moved")?;
    Ok(root.to_owned())
}

/// A folder inside the cache: `INSIGHTS_HUB_CACHE`, or where the system keeps caches.
///
/// # Errors
/// When the system names no home folder.
pub fn cache(inside: &str) -> Result<PathBuf> {
    let chosen = env::var_os("INSIGHTS_HUB_CACHE").filter(|path| !path.is_empty());
    let root = match chosen {
        Some(path) => std::path::absolute(path)?,
        None => system_cache()?.join("insights-hub"),
    };
    Ok(root.join(inside))
}

fn system_cache() -> Result<PathBuf> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let home = |name: &str, below: &str| -> Option<PathBuf> {
        variable(name).map(|path| Path::new(&path).join(below))
    };
    let found = if cfg!(windows) {
        home("LOCALAPPDATA", "")
    } else if cfg!(target_os = "macos") {
        home("HOME", "Library/Caches")
    } else {
        home("XDG_CACHE_HOME", "").or_else(|| home("HOME", ".cache"))
    };
    found.context("no home folder is known: set INSIGHTS_HUB_CACHE to a folder for the tools")
}

/// Where cargo puts what it builds for one of our two kinds of target (`native`, `wasm`).
///
/// They are apart because their compilers may differ.
///
/// # Errors
/// As [`cache`].
pub fn cargo_target(kind: &str) -> Result<PathBuf> {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(chosen) => Ok(std::path::absolute(chosen)?),
        None => cache("target").map(|folder| folder.join(kind)),
    }
}

/// The file a command name stands for, looked up as the shell would.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let own = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .flat_map(|folder| [folder.join(&own), folder.join(name)])
        .find(|candidate| candidate.is_file())
}

/// `PATH` with folders put before everything else.
///
/// # Errors
/// When a folder's name cannot be part of a `PATH`.
pub fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let present = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(first.iter().cloned().chain(env::split_paths(&present)))?)
}
