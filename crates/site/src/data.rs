//! The files of a snapshot: those that its manifests name, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use snapshot::{Manifest, Publishing, manifest_name};

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// Copies a snapshot, and older ones of the same folder to which links may lead; the manifest last.
///
/// # Errors
/// If a file that the newest manifest names is not there, or not whole.
pub fn copy(folder: &Path, into: &Path) -> Result<()> {
    let mut names = named(folder, MANIFEST)
        .with_context(|| format!("{} holds no snapshot that can be shown", folder.display()))?;
    for older in older(folder)? {
        // Of one whose files are gone the page says so; of another version it can show nothing.
        if let Ok(files) = named(folder, &older) {
            names.extend(files);
            names.insert(older);
        }
    }
    fs::create_dir_all(into)?;
    for name in names.iter().map(String::as_str).chain([MANIFEST]) {
        let (from, to) = (folder.join(name), into.join(name));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    Ok(())
}

/// The manifests of the folder that stay when a newer one is published.
fn older(folder: &Path) -> Result<BTreeSet<String>> {
    let names = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<BTreeSet<String>>>()?;
    let id = |name: &String| {
        let id = name.strip_prefix("manifest-")?.strip_suffix(".json")?;
        (manifest_name(id) == *name && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .then_some(())
    };
    Ok(names.into_iter().filter(|name| id(name).is_some()).collect())
}

/// The files that a manifest names, all of them there and as long as it says.
fn named(folder: &Path, manifest: &str) -> Result<BTreeSet<String>> {
    let path = folder.join(manifest);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let manifest = Manifest::from_json(&text).with_context(|| path.display().to_string())?;
    let mut names = BTreeSet::new();
    for (name, bytes) in files(&manifest) {
        let about =
            fs::metadata(folder.join(&name)).with_context(|| format!("{name} is missing"))?;
        ensure!(
            about.is_file() && about.len() == bytes,
            "{name} is not the file that was published"
        );
        names.insert(name);
    }
    Ok(names)
}

/// Names and lengths of a snapshot's files, the manifest left out.
pub fn files(manifest: &Manifest) -> Vec<(String, u64)> {
    let file = &manifest.file;
    let mut files = match &file.publishing {
        Publishing::Single { path } => vec![(path.clone(), file.bytes)],
        Publishing::Chunked { prefix, digits, chunk_bytes } => {
            let chunk = |number: u64| {
                let before = number.saturating_mul(*chunk_bytes);
                let name = format!("{prefix}{number:0width$}", width = usize::from(*digits));
                (name, file.bytes.saturating_sub(before).min(*chunk_bytes))
            };
            (0..file.bytes.div_ceil((*chunk_bytes).max(1))).map(chunk).collect()
        }
    };
    let more = manifest.first_view.as_ref().and_then(|first| first.more.as_ref());
    let beside = [file.places.as_ref(), more, manifest.events.as_ref()];
    files.extend(beside.into_iter().flatten().map(|side| (side.path.clone(), side.bytes)));
    files
}

/// The paths of all files below a folder, with slashes, in their order.
///
/// # Errors
/// If it cannot be read.
pub fn names_below(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        let entries = fs::read_dir(folder.join(&inside))
            .with_context(|| format!("cannot read {}", folder.join(&inside).display()))?;
        for entry in entries {
            let entry = entry?;
            let name = format!("{inside}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push(format!("{name}/"));
            } else {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}
