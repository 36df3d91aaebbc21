//! Makes a whole site, and puts it in the place of an older one.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::config::Config;
use crate::page::Page;
use crate::{Parts, brand, finish, swap};

/// What a site is made of.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The built page.
    pub page: &'a Page,
    /// Folder of the snapshot.
    pub snapshot: &'a Path,
    /// Path of the site's root on its host; begins and ends with a slash.
    pub base: &'a str,
    /// A file of settings over those of the page.
    pub brand: Option<&'a Path>,
    /// The site's name.
    pub title: Option<&'a str>,
    /// Where it goes; what is there is replaced, if it is a site.
    pub out: &'a Path,
}

/// Makes the site in `scratch`, a folder on the disk of its place, and puts it there as a whole.
///
/// `answers` writes the answers for programs into a folder; it is asked where everybody may read them.
///
/// # Errors
/// If a part cannot be read, or the disk refuses; what was in the site's place stays then.
pub fn make(
    site: &Site<'_>,
    scratch: &Path,
    answers: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    apart(site)?;
    let draft = scratch.join("site");
    site.page.lay(&draft)?;
    brand::lay(&draft, site.brand, site.title)?;
    let folder = Config::read(&draft)?.is_open().then(|| scratch.join("answers"));
    if let Some(folder) = &folder {
        answers(folder)?;
    }
    let parts = Parts {
        base: site.base,
        snapshot: site.snapshot,
        answers: folder.as_deref(),
        packed: true,
    };
    finish(&draft, &parts)?;
    swap::swap(&draft, site.out, &scratch.join("old"))
}

/// Demands a place that is nobody else's.
fn apart(site: &Site<'_>) -> Result<()> {
    let out = real(site.out)?;
    let mut others = vec![("--snapshot", site.snapshot)];
    if let Page::Folder(folder) = site.page {
        others.push(("--page", folder));
    }
    for (name, folder) in others {
        let folder = real(folder)?;
        ensure!(
            !out.starts_with(&folder) && !folder.starts_with(&out),
            "--out {} and {name} {}: one lies in the other; the site is made anew as a whole, so its \
             folder is to be one of its own",
            site.out.display(),
            folder.display()
        );
    }
    if let Some(file) = site.brand {
        ensure!(
            !real(file)?.starts_with(&out),
            "--brand {}: it lies in --out, which is replaced; keep it elsewhere",
            file.display()
        );
    }
    if !is_free(site.out)? {
        bail!(
            "--out {}: it holds something that is no site of this program; name another folder, or \
             empty it",
            site.out.display()
        );
    }
    Ok(())
}

/// Whether a site may come in a folder's place: into nothing, or for an older site.
fn is_free(folder: &Path) -> Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    let page = fs::read_to_string(folder.join("index.html")).unwrap_or_default();
    let is_site = page.contains("hub-snapshot") && folder.join("_headers").is_file();
    Ok(folder.is_dir() && (is_site || fs::read_dir(folder)?.next().is_none()))
}

/// A path without links and dots, whether or not its last parts are there.
fn real(path: &Path) -> Result<PathBuf> {
    let whole = std::path::absolute(path)?;
    let mut there = whole.as_path();
    let mut rest = Vec::new();
    while !there.exists() {
        rest.push(there.file_name().with_context(|| path.display().to_string())?);
        there = there.parent().with_context(|| path.display().to_string())?;
    }
    let mut found = there.canonicalize()?;
    for part in rest.into_iter().rev() {
        ensure!(
            matches!(Path::new(part).components().next(), Some(Component::Normal(_))),
            "{}: no plain path",
            path.display()
        );
        found.push(part);
    }
    Ok(found)
}
