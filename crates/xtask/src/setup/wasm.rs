//! A Rust compiler for `wasm32-unknown-unknown`.

use std::fs;

use anyhow::{Result, bail};

use super::debian;
use super::toolchain::{TRIPLE, Toolchain};
use crate::paths;
use crate::process::Run;
use crate::step::{note, step};

/// The compiler at hand if it knows the target; else what rustup downloads; else Debian's
/// compiler with a standard library built here.
///
/// # Errors
/// Says what to install when none of the three is possible.
pub fn target() -> Result<Toolchain> {
    if at_hand() {
        return Ok(Toolchain::default());
    }
    if let Some(ready) = debian::ready()? {
        return Ok(ready);
    }
    if add_by_rustup() {
        return Ok(Toolchain::default());
    }
    if debian::possible() {
        return debian::install();
    }
    bail!(
        "no Rust compiler here can build for {TRIPLE}: install rustup (https://rustup.rs) and run \
         `rustup target add {TRIPLE}`, or use a Debian system that has the package rustc-web"
    )
}

/// Whether the `rustc` on `PATH` has a standard library for the target.
fn at_hand() -> bool {
    let asked = Run::new("rustc", &["--print", "target-libdir", "--target", TRIPLE]).ask();
    let files = asked.and_then(|folder| fs::read_dir(folder).ok());
    files.into_iter().flatten().flatten().any(|file| {
        let name = file.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

fn add_by_rustup() -> bool {
    if paths::on_path("rustup").is_none() {
        return false;
    }
    let added = step("rustup target add wasm32-unknown-unknown", "about 20 s, 20 MB", || {
        Run::new("rustup", &["target", "add", TRIPLE]).run()
    });
    if let Err(error) = &added {
        note(&format!("not this way: {error:#}"));
    }
    added.is_ok() && at_hand()
}
