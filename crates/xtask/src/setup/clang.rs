//! A C compiler for the web: SQLite's sources are part of the importer.

use anyhow::{Result, bail};

use super::apt;
use crate::process::Run;

/// Where the build of C code looks for another compiler than `clang`.
const CHOSEN: &str = "CC_wasm32_unknown_unknown";

/// Fails unless there is one; installs Debian's where it may.
///
/// # Errors
/// Says what to install.
pub fn install() -> Result<()> {
    if at_hand() {
        return Ok(());
    }
    if apt::here() {
        apt::install(&["clang", "lld"], "about 1 min, 400 MB")?;
    }
    if at_hand() {
        return Ok(());
    }
    bail!(
        "no C compiler here can build for the web, which SQLite in the page's importer needs: install \
         LLVM's clang (Apple's cannot; `brew install llvm` can) and put it on PATH, or name it in {CHOSEN}"
    )
}

fn at_hand() -> bool {
    let chosen = std::env::var(CHOSEN).unwrap_or_else(|_| "clang".to_owned());
    let targets = Run::new(chosen, &["--print-targets"]).ask().unwrap_or_default();
    targets.lines().any(|line| line.split_whitespace().next() == Some("wasm32"))
}
