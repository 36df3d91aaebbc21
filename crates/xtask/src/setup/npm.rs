//! The JavaScript parts that `package-lock.json` names.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::node::NPM;
use crate::paths;
use crate::process::Run;
use crate::step::step;

const LOCK: &str = "package-lock.json";
const MANIFEST: &str = "package.json";
const MODULES: &str = "node_modules";
const STAMP: &str = ".insights-hub";

/// Installs the project's own parts unless they are there; gives its `node_modules`.
///
/// # Errors
/// When npm fails.
pub fn install() -> Result<PathBuf> {
    install_in("", "about 20 s, 80 MB")
}

/// Installs the parts that a folder of the project names; gives its `node_modules`.
///
/// They lie in the cache, keyed by the lock file, and the folder holds a link to them.
///
/// # Errors
/// When npm fails.
pub fn install_in(folder: &str, estimate: &str) -> Result<PathBuf> {
    let own = paths::project()?.join(folder);
    let parts = Parts { key: lock_key(&own)?, own, estimate };
    let here = parts.own.join(MODULES);
    let own_folder = here.exists() && !here.is_symlink();
    if own_folder {
        parts.install_into(&parts.own)?;
        return Ok(here);
    }
    let shared = paths::cache("npm")?.join(&parts.key);
    parts.install_into(&shared)?;
    if link(&shared.join(MODULES), &here).is_err() {
        parts.install_into(&parts.own)?;
    }
    Ok(here)
}

/// What one lock file names.
struct Parts<'a> {
    own: PathBuf,
    key: String,
    estimate: &'a str,
}

impl Parts<'_> {
    /// Runs `npm ci` in a folder unless a stamp says that the same lock file was installed there.
    fn install_into(&self, folder: &Path) -> Result<()> {
        let stamp = folder.join(MODULES).join(STAMP);
        if fs::read_to_string(&stamp).is_ok_and(|found| found == self.key) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        if folder != self.own {
            for name in [LOCK, MANIFEST] {
                fs::copy(self.own.join(name), folder.join(name))?;
            }
        }
        step("npm ci: the JavaScript parts", self.estimate, || {
            let quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
            Run::new(NPM, &[&["ci", "--ignore-scripts"], &quiet[..]].concat()).inside(folder).run()
        })?;
        fs::write(stamp, &self.key).context("cannot note what npm installed")
    }
}

/// A name for the lock file's content.
fn lock_key(folder: &Path) -> Result<String> {
    let mut hash = DefaultHasher::new();
    for name in [LOCK, MANIFEST] {
        let text = fs::read(folder.join(name)).with_context(|| format!("cannot read {name}"))?;
        text.hash(&mut hash);
    }
    Ok(format!("{:016x}", hash.finish()))
}

/// Makes `at` a link to a folder, in place of a link to another one.
fn link(to: &Path, at: &Path) -> Result<()> {
    if fs::read_link(at).is_ok_and(|found| found == to) {
        return Ok(());
    }
    if at.is_symlink() {
        fs::remove_file(at)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(to, at)?;
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(to, at)?;
    Ok(())
}
