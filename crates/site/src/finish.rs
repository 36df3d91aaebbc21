//! Makes a folder that holds the page a site: all that is of this site alone.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::answers::{self, DOCS};
use crate::config::{CONFIG, Config};
use crate::headers::{headers_file, redirects_file};
use crate::html::{Mark, marked, rebased, titled};
use crate::policy::policy;
use crate::web_manifest::{WEB_MANIFEST, web_manifest};
use crate::worker::WORKER;
use crate::{data, press, worker};

/// The page.
const PAGE: &str = "index.html";

/// What is put beside the page.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Path of the site's root on its host; begins and ends with a slash.
    pub base: &'a str,
    /// Folder of the snapshot.
    pub snapshot: &'a Path,
    /// Folder of the answers for programs, as the builder writes it for this base; they are left out
    /// where the configuration may ask for a sign-in.
    pub answers: Option<&'a Path>,
    /// Whether compressed copies are made.
    pub packed: bool,
}

/// Completes a folder that holds the page and its configuration.
///
/// # Errors
/// If the page is not one of this version, the snapshot is not whole, or the disk refuses.
pub fn finish(folder: &Path, parts: &Parts<'_>) -> Result<()> {
    let Parts { base, snapshot, answers, packed } = *parts;
    data::copy(snapshot, &folder.join("data"))?;
    let config = Config::read(folder)?;
    // A page under development has no worker: it changes all the time, so no browser is to keep it.
    if folder.join(WORKER).exists() {
        worker::fill(folder, &config)?;
        press::forget(&folder.join(WORKER))?;
    }
    fs::write(folder.join(WEB_MANIFEST), web_manifest(base, &config)?)?;
    // Files that anybody can read would go round a sign-in.
    let answers = answers.filter(|_| config.is_open());
    let rules = answers.map(|from| answers::lay(from, folder, base)).transpose()?;
    if rules.is_none() && folder.join(DOCS).exists() {
        fs::remove_dir_all(folder.join(DOCS))?;
    }
    fit(folder, base)?;
    let rules = rules.unwrap_or_default();
    fs::write(folder.join("_redirects"), redirects_file(base, &rules))?;
    fs::write(folder.join(".nojekyll"), "")?;
    if packed {
        press::fill(folder)?;
    }
    Ok(())
}

/// Makes the page, its security policy and the headers of a site's folder fit its `config.json`.
///
/// # Errors
/// If the page is not one of this version, or the disk refuses.
pub fn fit(folder: &Path, base: &str) -> Result<()> {
    let config = Config::read(folder)?;
    let path = folder.join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let page = rebased(&page, base)?;
    let sign_in = config.asks_for_sign_in();
    // Where readers must sign in first, no snapshot is asked for before.
    let snapshot = if sign_in { "" } else { config.snapshot() };
    let page = marked(&page, Mark::Snapshot, snapshot)?;
    let page = marked(&page, Mark::Locale, config.text_at("/locale").unwrap_or("auto"))?;
    let is_kept = folder.join(WORKER).exists() && (!sign_in || config.may_be_kept());
    let page = marked(&page, Mark::Keeps, if is_kept { base } else { "" })?;
    let name = config.text_at("/brand/name").filter(|name| !name.trim().is_empty());
    let page = name.map_or(page.clone(), |name| titled(&page, name));
    let policy = policy(&page, &config);
    let page = marked(&page, Mark::Policy, &policy)?;
    // Hosts without rewrites show the second file for addresses they do not know.
    for file in [path, folder.join("404.html")] {
        press::forget(&file)?;
        fs::write(file, &page)?;
    }
    let entries = fs::read_dir(folder)?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<Result<Vec<String>>>()?;
    names.sort();
    fs::write(folder.join("_headers"), headers_file(base, &policy, &names, sign_in))?;
    Ok(())
}

/// Puts the sign-in of a client id into the configuration of a folder.
///
/// # Errors
/// If there is none, or the client id is none of Google's.
pub fn ask_for_sign_in(folder: &Path, client_id: &str, domain: Option<&str>) -> Result<()> {
    let config = Config::read(folder)?.with_sign_in(client_id, domain)?;
    Ok(fs::write(folder.join(CONFIG), config.text())?)
}
