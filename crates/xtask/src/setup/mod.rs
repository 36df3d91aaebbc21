//! Installs what is missing, and gives the environment in which the rest can work.

mod apt;
mod cargo_tools;
mod chromium;
mod clang;
mod debian;
mod firefox;
mod node;
mod npm;
mod owner;
mod splitter;
mod toolchain;
mod wasm;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;

use crate::paths;
use crate::step::note;

pub use clang::install as clang;
pub use toolchain::TRIPLE;

/// Environment variables to set, or with no value to remove.
pub type Env = Vec<(String, Option<OsString>)>;

/// What compiles and bundles the app, as far as it takes seconds.
///
/// # Errors
/// Says what is missing and how to get it.
pub fn quick_parts() -> Result<()> {
    node::install()?;
    npm::install()?;
    wasm::target().map(drop)
}

/// What compiles and bundles the app.
///
/// # Errors
/// Says what is missing and how to get it.
pub fn for_app() -> Result<Env> {
    // The quick parts first, so that what cannot be had is said before the slow ones begin.
    let mut folders: Vec<PathBuf> = node::install()?.into_iter().collect();
    folders.push(npm::install()?.join(".bin"));
    let wasm = wasm::target()?;
    folders.extend(wasm.folder);
    folders.extend(cargo_tools::install(&cargo_tools::WASM_BINDGEN)?);
    folders.extend(cargo_tools::install(&cargo_tools::TRUNK)?);
    let splitter = splitter::build(&folders)?;
    folders.insert(0, splitter.folder);
    let mut env = wasm.env;
    env.extend(splitter.env);
    env.push(variable("PATH", paths::path_with(&folders)?));
    env.push(variable("CARGO_TARGET_DIR", target("wasm")?));
    Ok(env)
}

/// What tests the app: as [`for_app`], with a browser named in `HUB_CHROMIUM`.
///
/// # Errors
/// As [`for_app`].
pub fn for_browser_tests() -> Result<Env> {
    let mut env = for_app()?;
    env.push(variable("HUB_CHROMIUM", chromium::find_or_install(&env)?));
    Ok(env)
}

/// What the benchmark needs: as [`for_browser_tests`], with the npm parts of `bench/`, and Nginx
/// where it can be installed.
///
/// # Errors
/// As [`for_app`].
pub fn for_bench() -> Result<Env> {
    let env = for_browser_tests()?;
    npm::install_in("bench", "about 40 s, 360 MB")?;
    nginx()?;
    Ok(env)
}

/// What the benchmark of servers needs: as [`for_app`], with Nginx and wrk where they can be installed.
///
/// # Errors
/// As [`for_app`].
pub fn for_hosts() -> Result<Env> {
    let env = for_app()?;
    nginx()?;
    if paths::on_path("wrk").is_none() && apt::allowed() {
        apt::install(&["wrk"], "5 s, 1 MB")?;
    }
    Ok(env)
}

fn nginx() -> Result<()> {
    if paths::on_path("nginx").is_none() && !std::path::Path::new(NGINX).exists() && apt::allowed()
    {
        apt::install(&["nginx-light", "libnginx-mod-http-brotli-static"], "20 s, 10 MB")?;
    }
    Ok(())
}

/// Where Debian puts it, which is not on everyone's `PATH`.
const NGINX: &str = "/usr/sbin/nginx";

/// What compiles the native parts.
///
/// # Errors
/// As [`paths::cache`].
pub fn for_native() -> Result<Env> {
    Ok(vec![variable("CARGO_TARGET_DIR", target("native")?)])
}

/// What tests the native parts: as [`for_native`], with the npm parts, one of which is the real
/// shop's data.
///
/// # Errors
/// As [`for_app`].
pub fn for_native_tests() -> Result<Env> {
    node::install()?;
    npm::install()?;
    for_native()
}

/// A target folder in which nothing passes for ours that another clone built.
fn target(kind: &str) -> Result<PathBuf> {
    let target = paths::cargo_target(kind)?;
    owner::take_over(&target)?;
    Ok(target)
}

/// The runtimes in which the edge function is tested; nothing else needs them.
///
/// # Errors
/// When npm fails.
pub fn edge_runtimes() -> Result<()> {
    npm::install_in("tests/edge", "about 30 s, 230 MB").map(drop)
}

/// A stock Firefox, and what drives it; nothing where none can be had.
///
/// # Errors
/// When what can be had cannot be installed.
pub fn firefox() -> Result<Option<PathBuf>> {
    let found = firefox::find_or_install()?;
    if found.is_some() {
        npm::install_in("tests/firefox", "about 30 s, 60 MB")?;
    }
    Ok(found)
}

/// Installs all that any command needs.
///
/// # Errors
/// As [`for_app`].
pub fn everything() -> Result<()> {
    for_browser_tests()?;
    clang()?;
    edge_runtimes()?;
    firefox()?;
    note("everything is in place");
    Ok(())
}

fn variable(name: &str, value: impl Into<OsString>) -> (String, Option<OsString>) {
    (name.to_owned(), Some(value.into()))
}
