//! Debian's `rustc-web` as a compiler for the web.
//!
//! Debian ships that compiler with its sources but without a standard library for the web, so the
//! library is compiled from them once, into a folder that stands in for the compiler's own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::toolchain::{TRIPLE, Toolchain};
use super::{apt, variable};
use crate::paths;
use crate::process::Run;
use crate::step::step;

const PACKAGES: [&str; 5] =
    ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy"];
const PROGRAMS: [&str; 5] = ["cargo", "rustc", "rustdoc", "cargo-clippy", "clippy-driver"];
const SOURCES: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";
const LINKER: &str = "/usr/bin/rust-lld";
const READY: &str = "ready";

/// The toolchain, if an earlier run has built it for the compiler installed now.
///
/// # Errors
/// When the cache's place is unknown.
pub fn ready() -> Result<Option<Toolchain>> {
    let Some(root) = root()? else { return Ok(None) };
    let usable = root.join(READY).exists() && Path::new(LINKER).exists();
    Ok(usable.then(|| toolchain(&root)))
}

/// Whether Debian's packages are here or can be had.
pub fn possible() -> bool {
    installed() || apt::here() && apt::knows(PACKAGES[0])
}

/// Installs the packages and builds the standard library.
///
/// # Errors
/// When apt may not or cannot install, or the build fails.
pub fn install() -> Result<Toolchain> {
    if !installed() {
        apt::install(&PACKAGES, "about 1 min, 200 MB")?;
    }
    if !Path::new(LINKER).exists() {
        // The package links to a linker of a certain version without asking for its package.
        let linker = fs::read_link(LINKER).context("rustc-web has no rust-lld")?;
        apt::install(&[&linker.to_string_lossy()], "about 10 s, 20 MB")?;
    }
    let root = root()?.context("/usr/bin/rustc does not tell its version")?;
    step("build Rust's standard library for the web", "about 1 min", || build(&root))?;
    Ok(toolchain(&root))
}

fn installed() -> bool {
    Path::new(SOURCES).exists() && PROGRAMS.iter().all(|name| system(name).exists())
}

fn system(program: &str) -> PathBuf {
    Path::new("/usr/bin").join(program)
}

/// Where the toolchain for this very compiler belongs.
fn root() -> Result<Option<PathBuf>> {
    let verbose = Run::new(system("rustc"), &["--version", "--verbose"]).ask();
    let field = |name: &str| -> Option<String> {
        verbose.as_ref()?.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned)
    };
    let Some((release, commit)) = field("release: ").zip(field("commit-hash: ")) else {
        return Ok(None);
    };
    let key = format!("{release}-{}", commit.get(..9).unwrap_or(&commit));
    paths::cache("wasm-sysroot").map(|folder| Some(folder.join(key)))
}

fn toolchain(root: &Path) -> Toolchain {
    let mut flags = format!("--sysroot={}", root.display());
    // Cargo heeds only one of the two variables.
    if let Ok(chosen) = std::env::var("RUSTFLAGS") {
        flags = format!("{chosen} {flags}");
    }
    let mut env = vec![variable("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)];
    // What an outer cargo, perhaps rustup's, has set for its own compiler.
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTFLAGS", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        env.push((name.to_owned(), None));
    }
    Toolchain { folder: Some(root.join("bin")), env }
}

fn build(root: &Path) -> Result<()> {
    let part = root.with_extension("part");
    let seed = part.join("seed");
    fs::create_dir_all(seed.join("src"))?;
    fs::write(seed.join("src/lib.rs"), "")?;
    fs::write(
        seed.join("Cargo.toml"),
        "[package]\nname = \"seed\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    let parts = "-Zbuild-std=std,panic_abort,test";
    Run::new(system("cargo"), &["build", "--release", parts, "--target", TRIPLE])
        .inside(&seed)
        .envs(&toolchain(root).env)
        .env("RUSTC", system("rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode in the library, link-time optimisation of the app fails.
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", seed.join("target"))
        .run()?;
    assemble(&part, &seed.join("target").join(TRIPLE).join("release/deps"))?;
    fs::remove_dir_all(&seed)?;
    fs::write(part.join(READY), "")?;
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    fs::rename(&part, root).with_context(|| format!("cannot make {}", root.display()))
}

/// Lays out the folder as a compiler expects its own: libraries for the web and for this machine.
fn assemble(root: &Path, built: &Path) -> Result<()> {
    let libraries = root.join("lib/rustlib").join(TRIPLE).join("lib");
    fs::create_dir_all(&libraries)?;
    fs::create_dir_all(root.join("bin"))?;
    for file in fs::read_dir(built)? {
        let file = file?;
        let name = file.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libseed-") {
            fs::copy(file.path(), libraries.join(&name))?;
        }
    }
    let host = Run::new(system("rustc"), &["--print", "host-tuple"]).ask();
    let host = host.context("/usr/bin/rustc does not tell its host")?;
    link(&Path::new("/usr/lib/rustlib").join(&host), &root.join("lib/rustlib").join(&host))?;
    for name in PROGRAMS {
        link(&system(name), &root.join("bin").join(name))?;
    }
    Ok(())
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> Result<()> {
    if at.is_symlink() {
        fs::remove_file(at)?;
    }
    std::os::unix::fs::symlink(to, at).with_context(|| format!("cannot link {}", at.display()))
}

#[cfg(not(unix))]
fn link(_to: &Path, _at: &Path) -> Result<()> {
    anyhow::bail!("this is done on Debian only")
}
