//! Rust's own standard library, which is in every program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::part::Part;

/// The page on the rights in the library and what it holds: in toolchains below `share/doc/*`.
pub const RIGHTS: &str = "COPYRIGHT-library.html";

/// The library, and what is linked with it.
pub struct Library {
    /// The parts.
    pub parts: Vec<Part>,
    /// A page on the rights in it, where the toolchain has one.
    pub rights: Option<Vec<u8>>,
}

/// What the compiler at hand puts into programs for a target.
///
/// # Errors
/// If there is no compiler, or it does not tell its version.
pub fn of(target: &str) -> Result<Library> {
    let told = rustc(&["--version", "--verbose"])?;
    let release = told.lines().find_map(|line| line.strip_prefix("release: "));
    let version = release.context("rustc does not tell its release")?;
    let root = PathBuf::from(rustc(&["--print", "sysroot"])?.trim());
    let rights = rights(&root).map(fs::read).transpose()?;
    Ok(Library { parts: parts(target, version), rights })
}

fn parts(target: &str, version: &str) -> Vec<Part> {
    let part = |name: &str, version: &str, license: &str, author: &str| Part {
        name: name.to_owned(),
        version: version.to_owned(),
        license: Some(license.to_owned()),
        authors: vec![author.to_owned()],
        ..Part::default()
    };
    let both = "MIT OR Apache-2.0";
    let mut parts =
        vec![part("Rust standard library", version, both, "the Rust project's developers")];
    // Other systems bring a C library along; here it is in the program.
    if target.contains("-musl") {
        parts.push(part("musl", "", "MIT", "Rich Felker and others"));
        let exception = "Apache-2.0 WITH LLVM-exception";
        parts.push(part("LLVM's libunwind", "", exception, "the LLVM project's developers"));
    }
    parts
}

fn rustc(args: &[&str]) -> Result<String> {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program).args(args).output().context("cannot start rustc")?;
    ensure!(output.status.success(), "`rustc {}` failed", args.join(" "));
    Ok(String::from_utf8(output.stdout)?)
}

fn rights(root: &Path) -> Option<PathBuf> {
    let folders = fs::read_dir(root.join("share/doc")).ok()?.flatten();
    let mut found: Vec<PathBuf> = folders.map(|folder| folder.path().join(RIGHTS)).collect();
    found.sort();
    found.into_iter().find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::licence;

    #[test]
    fn a_program_with_its_own_c_library_says_so() {
        let names = |target: &str| {
            let parts = parts(target, "1.95.0");
            // None of them has a text, so the files beside must do.
            assert!(parts.iter().all(|part| licence::is_beside(part).unwrap()));
            parts.iter().map(Part::title).collect::<Vec<_>>()
        };
        assert_eq!(names("x86_64-unknown-linux-gnu"), ["Rust standard library 1.95.0"]);
        assert_eq!(names("x86_64-unknown-linux-musl").len(), 3);
    }
}
