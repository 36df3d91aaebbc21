//! Programs that cargo can install.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::paths;
use crate::process::Run;
use crate::step::step;

/// A program in the one version that the project works with.
pub struct Tool {
    package: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    options: &'static [&'static str],
    /// How much the compiler takes pains; none for what runs for a second.
    optimized: &'static str,
    estimate: &'static str,
}

/// Builds the app from `index.html`.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    programs: &["trunk"],
    // It asks no host for anything here.
    options: &["--locked", "--no-default-features"],
    optimized: "0",
    estimate: "2 to 4 min, once",
};

/// Makes the JavaScript side of the app; the same version as the crate in `Cargo.lock`.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    // Its own lock file names a dependency that has been withdrawn.
    options: &["--no-default-features"],
    optimized: "1",
    estimate: "1 to 3 min, once",
};

/// Installs a tool unless it is there; gives the folder to put on `PATH`, if it needs one.
///
/// # Errors
/// When cargo cannot install it.
pub fn install(tool: &Tool) -> Result<Option<PathBuf>> {
    if tool.programs.iter().all(|name| tool.answers(Path::new(name))) {
        return Ok(None);
    }
    let root = paths::cache("tools")?.join(format!("{}-{}", tool.programs[0], tool.version));
    let folder = root.join("bin");
    if !tool.is_in(&folder) {
        step(&format!("install {} {}", tool.package, tool.version), tool.estimate, || {
            let package = [tool.package, "--version", tool.version];
            let args = [&["install", "--force"], tool.options, &package].concat();
            // A quick build of a program that runs for seconds beats a long one.
            Run::new("cargo", &[&args[..], &["--root"]].concat())
                .arg(&root)
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.optimized)
                .run()
        })?;
    }
    if !tool.is_in(&folder) {
        bail!("{} holds no working {} {}", folder.display(), tool.package, tool.version);
    }
    Ok(Some(folder))
}

impl Tool {
    fn is_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|name| self.answers(&folder.join(name)))
    }

    /// Whether a program runs and is of the wanted version.
    fn answers(&self, program: &Path) -> bool {
        let said = Run::new(program, &["--version"]).ask();
        said.is_some_and(|text| text.split_whitespace().any(|word| word == self.version))
    }
}
