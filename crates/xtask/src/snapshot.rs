//! Snapshots, made by the builder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::process::Run;
use crate::step::{note, step};
use crate::{paths, setup};

/// Where the demo data lies unless the user brings a snapshot.
pub const DEMO: &str = "data/snapshot";

/// The builder's program, compiled if need be.
///
/// # Errors
/// When it does not compile.
pub fn builder() -> Result<PathBuf> {
    step("compile the snapshot builder", "about 2 min the first time", || {
        let args = ["build", "--profile", "native", "--package", "builder"];
        Run::new("cargo", &args).envs(&setup::for_native()?).run()
    })?;
    program()
}

/// The program for hosts, compiled if need be, with a built page inside or without.
///
/// # Errors
/// As [`builder`].
pub fn hub(page: Option<&Path>) -> Result<PathBuf> {
    step("compile hub", "about 3 min the first time", || {
        let args = ["build", "--profile", "native", "--package", "hub"];
        let inside = [("HUB_PAGE".to_owned(), page.map(|page| page.as_os_str().to_owned()))];
        Run::new("cargo", &args).envs(&setup::for_native()?).envs(&inside).run()
    })?;
    beside("hub")
}

/// What makes a site of the built page, compiled if need be.
///
/// # Errors
/// As [`builder`].
pub fn site() -> Result<PathBuf> {
    step("compile what makes a site of the page", "30 s the first time", || {
        let args = ["build", "--profile", "native", "--package", "site"];
        Run::new("cargo", &args).envs(&setup::for_native()?).run()
    })?;
    beside("site")
}

/// What packs the program for hosts, compiled if need be.
///
/// # Errors
/// As [`builder`].
pub fn packer() -> Result<PathBuf> {
    step("compile what packs", "1 min the first time", || {
        let args = ["build", "--profile", "native", "--package", "packer"];
        Run::new("cargo", &args).envs(&setup::for_native()?).run()
    })?;
    beside("packer")
}

/// A program that is compiled into the folder of the builder's.
fn beside(name: &str) -> Result<PathBuf> {
    Ok(program()?.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Where the builder's program lies once it is compiled.
///
/// # Errors
/// As [`paths::cache`].
pub fn program() -> Result<PathBuf> {
    let target = paths::cargo_target("native")?;
    Ok(target.join("native").join(format!("builder{}", std::env::consts::EXE_SUFFIX)))
}

/// The folder of the snapshot to show: the given one, or the demo data, built if need be.
///
/// # Errors
/// When the given folder holds no snapshot that can be shown, or the demo cannot be built.
pub fn to_show(given: Option<&Path>) -> Result<PathBuf> {
    let builder = builder()?;
    if let Some(folder) = given {
        let readable = Run::new(&builder, &["inspect", "--json"]).arg(folder).each_line(|_| ())?;
        if !readable {
            bail!("{} holds no snapshot that this version can show", folder.display());
        }
        return Ok(folder.to_owned());
    }
    let demo = paths::project()?.join(DEMO);
    if is_current(&builder, &demo) {
        note(&format!("showing the demo data in {DEMO}"));
        return Ok(demo);
    }
    let beside = demo.with_extension("new");
    let Some(old) = replaceable(&demo)? else { return Err(not_ours(&builder, &demo)) };
    step("build the demo data", "a few seconds", || {
        remove(&beside)?;
        Run::new(&builder, &["demo", "--out"]).arg(&beside).run()
    })?;
    let new = fs::read_to_string(beside.join(MANIFEST))?;
    if old.is_some_and(|old| format_of_demo(&new).is_none_or(|new| new <= old)) {
        remove(&beside)?;
        return Err(not_ours(&builder, &demo));
    }
    swap(&beside, &demo)?;
    Ok(demo)
}

const MANIFEST: &str = "manifest.json";

/// Whether a folder holds a snapshot in the form that this version reads.
fn is_current(builder: &Path, folder: &Path) -> bool {
    folder.join(MANIFEST).exists()
        && Run::new(builder, &["inspect", "--json"]).arg(folder).ask().is_some()
}

/// Whether the demo may come in a folder's place: into nothing, or for demo data, whose format is
/// given; `None` if what is there is not ours to remove.
fn replaceable(folder: &Path) -> Result<Option<Option<u32>>> {
    match fs::read_to_string(folder.join(MANIFEST)) {
        Ok(manifest) => Ok(format_of_demo(&manifest).map(Some)),
        Err(_) if !folder.exists() => Ok(Some(None)),
        Err(_) => Ok(fs::read_dir(folder)?.next().is_none().then_some(None)),
    }
}

/// The format of demo data, as the builder writes it into a manifest; none of other data.
fn format_of_demo(manifest: &str) -> Option<u32> {
    let (_, rest) = manifest.split_once("\"format_version\":")?;
    let digits = rest.trim_start();
    let end = digits.find(|letter: char| !letter.is_ascii_digit())?;
    let format = digits[..end].parse().ok()?;
    manifest.contains("\"demo\":true").then_some(format)
}

/// Says what is wrong with a folder, and that it was left as it is.
fn not_ours(builder: &Path, folder: &Path) -> anyhow::Error {
    // The builder says why on the terminal.
    let _ = Run::new(builder, &["inspect", "--json"]).arg(folder).each_line(|_| ());
    anyhow!(
        "{DEMO} holds something that cannot be shown, and that is no demo data of an older version: \
         it was left as it is; move it away to have the demo built there, or show another folder \
         with --data"
    )
}

/// Puts a new folder in the place of an old one, which is there until then.
fn swap(new: &Path, place: &Path) -> Result<()> {
    let old = place.with_extension("old");
    remove(&old)?;
    if place.exists() {
        fs::rename(place, &old)?;
    }
    if let Err(error) = fs::rename(new, place) {
        if old.exists() {
            fs::rename(&old, place)?;
        }
        return Err(error.into());
    }
    remove(&old)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(format: u32, demo: bool) -> String {
        format!(r#"{{"format_version":{format},"file":{{}},"meta":{{"demo":{demo},"rows":{{}}}}}}"#)
    }

    #[test]
    fn only_nothing_and_demo_data_may_be_replaced() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("snapshot");
        assert_eq!(replaceable(&folder).unwrap(), Some(None), "not there");
        fs::create_dir(&folder).unwrap();
        assert_eq!(replaceable(&folder).unwrap(), Some(None), "empty");
        fs::write(folder.join("orders.csv"), "mine").unwrap();
        assert_eq!(replaceable(&folder).unwrap(), None, "other files");
        for (text, may) in [
            (manifest(2, true), Some(Some(2))),
            (manifest(2, false), None),
            ("<!doctype html>".to_owned(), None),
            (manifest(2, true).replace(":2", ": "), None),
        ] {
            fs::write(folder.join(MANIFEST), &text).unwrap();
            assert_eq!(replaceable(&folder).unwrap(), may, "{text}");
        }
    }

    #[test]
    fn a_swap_leaves_the_new_folder_alone() {
        let scratch = tempfile::tempdir().unwrap();
        let (new, place) = (scratch.path().join("snapshot.new"), scratch.path().join("snapshot"));
        for name in ["one", "two"] {
            fs::create_dir(&new).unwrap();
            fs::write(new.join(name), name).unwrap();
            swap(&new, &place).unwrap();
        }
        let names = |folder: &Path| {
            let entries = fs::read_dir(folder).unwrap();
            entries.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>()
        };
        assert_eq!(names(&place), ["two"]);
        assert_eq!(names(scratch.path()), ["snapshot"]);
    }
}
