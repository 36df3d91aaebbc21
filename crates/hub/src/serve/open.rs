//! What of its readers a site's `config.json` asks: whether everybody may read it, or who signs in.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// Why a site may ask for a sign-in; nothing if its `config.json` surely asks for none.
///
/// # Errors
/// If there is no such file.
pub fn why_not(site: &Path) -> Result<Option<String>> {
    let path = site.join("config.json");
    let text = std::fs::read(&path)
        .with_context(|| format!("{}: is this a built site?", path.display()))?;
    // What is no text is no configuration that asks for none.
    let outcome = door::demand_open(&String::from_utf8_lossy(&text));
    Ok(outcome.err().map(|why| format!("{}: {why}", path.display())))
}

/// The application for which a site's page signs its readers in, if it names one.
pub fn client(site: &Path) -> Option<String> {
    let text = std::fs::read_to_string(site.join("config.json")).ok()?;
    let config: Value = serde_json::from_str(&text).ok()?;
    config.get("signIn")?.get("clientId")?.as_str().map(str::to_owned)
}
