//! A Chromium for the browser tests.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Env, apt};
use crate::paths;
use crate::process::Run;
use crate::step::step;

const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/// Prints where Playwright keeps, or would keep, its own Chromium.
const ASK_PLAYWRIGHT: &str =
    "process.stdout.write(require('@playwright/test').chromium.executablePath())";

/// The browser that `HUB_CHROMIUM` names, one of the system, or one installed for the purpose.
///
/// # Errors
/// When there is none and none can be installed.
pub fn find_or_install(env: &Env) -> Result<PathBuf> {
    if let Some(found) = chosen().or_else(installed).or_else(|| playwrights(env)) {
        return Ok(found);
    }
    // Debian's package brings the libraries that Playwright's download expects to be there.
    if apt::allowed() && apt::knows("chromium") {
        apt::install(&["chromium"], "about 1 min, 350 MB")?;
    } else {
        step("playwright install chromium", "about 1 min, 180 MB", || {
            let install = ["node_modules/@playwright/test/cli.js", "install", "chromium"];
            Run::new("node", &install).envs(env).run()
        })
        .context("install Chromium or Google Chrome, or name one in HUB_CHROMIUM")?;
    }
    installed().or_else(|| playwrights(env)).context("the browser just installed does not start")
}

fn chosen() -> Option<PathBuf> {
    env::var_os("HUB_CHROMIUM").map(PathBuf::from)
}

fn installed() -> Option<PathBuf> {
    let on_path = NAMES.iter().find_map(|name| paths::on_path(name));
    on_path.or_else(|| MAC.iter().map(PathBuf::from).find(|path| path.is_file()))
}

/// Playwright's own, if it is there and starts: on Linux it may lack libraries.
fn playwrights(env: &Env) -> Option<PathBuf> {
    let path = PathBuf::from(Run::new("node", &["-e", ASK_PLAYWRIGHT]).envs(env).ask()?);
    let starts = path.is_file() && Run::new(&path, &["--version"]).ask().is_some();
    starts.then_some(path)
}
