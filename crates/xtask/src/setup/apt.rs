//! Debian's package manager.

use anyhow::{Result, bail};

use crate::paths;
use crate::process::Run;
use crate::step::step;

/// Whether this system has apt.
pub fn here() -> bool {
    paths::on_path("apt-get").is_some()
}

/// Whether apt may install: it wants root.
pub fn allowed() -> bool {
    here() && Run::new("id", &["-u"]).ask().as_deref() == Some("0")
}

/// Whether apt knows a package by this name.
pub fn knows(package: &str) -> bool {
    Run::new("apt-cache", &["show", package]).ask().is_some_and(|text| !text.is_empty())
}

/// Installs packages; removes none.
///
/// # Errors
/// When not root, with the command to run as root; when apt fails.
pub fn install(packages: &[&str], estimate: &str) -> Result<()> {
    let names = packages.join(" ");
    let apt = "apt-get install --no-install-recommends";
    if !allowed() {
        bail!("these Debian packages are missing; as root, run: {apt} {names}");
    }
    step(&format!("{apt} {names}"), estimate, || {
        let quiet =
            |args: &[&str]| Run::new("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive");
        quiet(&["update", "-qq"]).run()?;
        let how = ["install", "-qq", "--yes", "--no-remove", "--no-install-recommends"];
        quiet(&[&how, packages].concat()).run()
    })
}
