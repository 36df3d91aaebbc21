//! Node.js, which bundles the JavaScript parts and drives the browser in the tests.

use std::env::consts::{ARCH, OS};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::paths;
use crate::process::Run;
use crate::step::step;

/// The oldest major version that serves: Playwright's.
const LEAST: u32 = 20;
/// The version to install where the system's is older; npm has it as a package.
const OWN: &str = "22.23.3";
const ADVICE: &str = "Node.js 20 or newer with npm is needed: https://nodejs.org";

/// Makes sure that there is a Node.js with npm; gives the folder to put on `PATH`, if it needs one.
///
/// # Errors
/// When there is none and none can be installed.
pub fn install() -> Result<Option<PathBuf>> {
    if version(Path::new("node")).is_none() || paths::on_path(NPM).is_none() {
        if !apt::here() {
            bail!("{ADVICE}");
        }
        apt::install(&["nodejs", "npm"], "about 1 min, 150 MB").context(ADVICE)?;
    }
    if version(Path::new("node")) >= Some(LEAST) {
        return Ok(None);
    }
    own().map(Some).context(ADVICE)
}

/// A copy in the cache, for systems that are content with an older one.
fn own() -> Result<PathBuf> {
    let root = paths::cache("tools")?.join(format!("node-{OWN}"));
    let package = format!("node-{}-{}", npms_system(), npms_machine());
    let folder = root.join("node_modules").join(&package).join("bin");
    let program = folder.join("node");
    if version(&program).is_none() {
        std::fs::create_dir_all(&root)?;
        step(&format!("install Node.js {OWN}"), "about 20 s, 50 MB", || {
            let package = format!("{package}@{OWN}");
            let quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
            Run::new(NPM, &[&["install", &package], &quiet[..], &["--prefix"]].concat())
                .arg(&root)
                .run()
        })?;
    }
    if version(&program).is_none() {
        bail!("{} does not start", program.display());
    }
    Ok(folder)
}

/// npm as the system calls it.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

fn npms_system() -> &'static str {
    match OS {
        "macos" => "darwin",
        "windows" => "win",
        other => other,
    }
}

fn npms_machine() -> &'static str {
    match ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// The major version of a Node.js.
fn version(program: &Path) -> Option<u32> {
    let said = Run::new(program, &["--version"]).ask()?;
    said.trim_start_matches('v').split('.').next()?.parse().ok()
}
