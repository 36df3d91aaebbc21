//! The service worker: a script that is the same for all sites, and before it, in lines of their own,
//! what is of one site alone: the files of the app, the manifest's address and the page's views.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::data::names_below;
use crate::parts::{copy_of, is_hashed};

/// The script's name.
pub const WORKER: &str = "service-worker.js";

/// How the lines begin: the one that is made here, and the one behind it, which the build writes.
const FILES: &str = "const HUB_FILES=";
const VIEWS: &str = "const HUB_VIEWS=";

/// The app's own files, as the service worker keeps them; `build` is another for every other list.
#[derive(Serialize, Deserialize)]
struct AppFiles {
    build: String,
    files: BTreeMap<String, AppFile>,
}

/// A file of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppFile {
    /// SHA-256 of what is in it, in hexadecimal.
    pub hash: String,
    /// Its length.
    pub bytes: usize,
}

/// The app's files, by their paths, as a service worker lists them; nothing if it is no such worker.
pub fn listed(script: &str) -> Option<BTreeMap<String, AppFile>> {
    let list = script.strip_prefix(FILES)?;
    let mut values = serde_json::Deserializer::from_str(list).into_iter::<AppFiles>();
    Some(values.next()?.ok()?.files)
}

/// Tells the service worker of a folder what is there.
///
/// # Errors
/// If the folder's worker is not one of the build's.
pub fn fill(folder: &Path, config: &Config) -> Result<()> {
    let path = folder.join(WORKER);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let script = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with(FILES) => rest,
        _ => &text,
    };
    ensure!(
        script.starts_with(VIEWS),
        "{}: it names no views of the page; is it a page of this version?",
        path.display()
    );
    let files = serde_json::to_string(&app_files(folder)?)?;
    let manifest = serde_json::to_string(config.snapshot())?;
    fs::write(&path, format!("{FILES}{files},HUB_MANIFEST={manifest};\n{script}"))?;
    Ok(())
}

fn app_files(folder: &Path) -> Result<AppFiles> {
    let names = names_below(folder)?;
    let is_kept = |name: &&String| {
        let is_app = name.starts_with("js/")
            || name.starts_with("icons/")
            || (!name.contains('/') && is_hashed(name));
        let is_copy = copy_of(name).is_some_and(|file| names.iter().any(|name| name == file));
        is_app && !is_copy && !is_importer(name)
    };
    let mut files = BTreeMap::new();
    for name in names.iter().filter(is_kept) {
        let content = fs::read(folder.join(name))?;
        let file = AppFile { hash: hex(&Sha256::digest(&content)), bytes: content.len() };
        files.insert(name.clone(), file);
    }
    let listed = Sha256::digest(serde_json::to_string(&files)?);
    let build = hex(&listed).chars().take(16).collect();
    Ok(AppFiles { build, files })
}

/// Whether a file is the importer's, which only those need who bring files: they have it from the host.
fn is_importer(name: &str) -> bool {
    name.starts_with("js/")
        && name.rsplit('/').next().is_some_and(|file| file.starts_with("importer"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_of_the_apps_files_and_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(WORKER, "const HUB_VIEWS=\"^$\";\nwork();\n");
        write("app-0123456789abcdef.js", "a");
        write("app-0123456789abcdef.js.br", "packed");
        write("js/0123456789abcdef/x.js", "b");
        write("js/0123456789abcdef/importer.js", "b");
        write("js/0123456789abcdef/importer_bg.wasm", "b");
        write("js/0123456789abcdef/importer_letters_bg.wasm", "b");
        write("icons/logo.svg", "c");
        write("data/snapshot-0123456789abcdef.sqlite", "d");
        write("docs/docs.js", "e");
        let config = |text: &str| Config::of(text.to_owned()).unwrap();
        fill(folder.path(), &config("{}")).unwrap();
        let read = || fs::read_to_string(folder.path().join(WORKER)).unwrap();
        let first = read();
        let names = ["app-0123456789abcdef.js", "icons/logo.svg", "js/0123456789abcdef/x.js"];
        assert!(names.iter().all(|name| first.contains(&format!("\"{name}\":{{\"hash\":\""))));
        assert_eq!(first.matches("\"bytes\":1").count(), 3, "{first}");
        assert!(
            first.contains(
                "HUB_MANIFEST=\"data/manifest.json\";\nconst HUB_VIEWS=\"^$\";\nwork();\n"
            )
        );
        write("icons/logo.svg", "other");
        fill(folder.path(), &config(r#"{"snapshot": "x/manifest.json"}"#)).unwrap();
        let second = read();
        let listed = listed(&second).unwrap();
        assert_eq!(listed.keys().collect::<Vec<_>>(), names);
        assert_eq!(listed["icons/logo.svg"].bytes, 5);
        assert!(second.contains("HUB_MANIFEST=\"x/manifest.json\""), "{second}");
        assert_eq!(second.lines().count(), 3, "{second}");
        let build = |text: &str| text.split("\"build\":\"").nth(1).unwrap()[..16].to_owned();
        assert_ne!(build(&first), build(&second));
        write(WORKER, "work();");
        assert!(fill(folder.path(), &config("{}")).is_err());
    }
}
