//! A stock Firefox for the tests in a second engine.

use std::env;
use std::path::PathBuf;

use anyhow::Result;

use super::apt;
use crate::paths;

const NAMES: [&str; 2] = ["firefox-esr", "firefox"];
const MAC: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";

/// The browser that `HUB_FIREFOX` names, one of the system, or one installed for the purpose; nothing
/// where there is none and none can be installed.
///
/// # Errors
/// When installing one fails.
pub fn find_or_install() -> Result<Option<PathBuf>> {
    let chosen = env::var_os("HUB_FIREFOX").map(PathBuf::from);
    if let Some(found) = chosen.or_else(installed) {
        return Ok(Some(found));
    }
    if apt::allowed() && apt::knows(NAMES[0]) {
        apt::install(&NAMES[..1], "about 1 min, 250 MB")?;
    }
    Ok(installed())
}

fn installed() -> Option<PathBuf> {
    let on_path = NAMES.iter().find_map(|name| paths::on_path(name));
    on_path.or_else(|| Some(PathBuf::from(MAC)).filter(|path| path.is_file()))
}
