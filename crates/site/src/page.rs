//! The built page, as all sites have it: inside this program, or in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::data::names_below;
use crate::parts::{copy_of, is_part};

/// A file of the page that is inside the program.
struct File {
    /// Its path, with slashes.
    path: &'static str,
    /// Whether its bytes are compressed by brotli.
    packed: bool,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/inside.rs"));

/// Where the page is taken from.
#[derive(Clone, Debug)]
pub enum Page {
    /// This program has it inside.
    Inside,
    /// A folder, as the build makes it.
    Folder(PathBuf),
}

impl Page {
    /// The page of a folder, if one is named, and the one inside of this program otherwise.
    ///
    /// # Errors
    /// If there is none.
    pub fn choose(folder: Option<&Path>) -> Result<Self> {
        match folder {
            Some(folder) => Ok(Self::Folder(folder.to_owned())),
            None if INSIDE.is_empty() => anyhow::bail!(
                "this program was built without the page: name a built one with --page DIR (what \
                 `cargo xtask build` makes), or take a program that has it inside"
            ),
            None => Ok(Self::Inside),
        }
    }

    /// Puts the page into a folder, with the compressed copies that there are.
    ///
    /// # Errors
    /// If it is no page of this version, or the disk refuses.
    pub fn lay(&self, into: &Path) -> Result<()> {
        match self {
            Self::Inside => INSIDE.iter().try_for_each(|file| unpack(file, into)),
            Self::Folder(folder) => copy(folder, into),
        }
    }
}

fn unpack(file: &File, into: &Path) -> Result<()> {
    let target = placed(into, file.path)?;
    if !file.packed {
        return Ok(fs::write(target, file.bytes)?);
    }
    let mut whole = Vec::new();
    brotli::BrotliDecompress(&mut &*file.bytes, &mut whole)?;
    fs::write(&target, whole)?;
    Ok(fs::write(placed(into, &format!("{}.br", file.path))?, file.bytes)?)
}

fn copy(folder: &Path, into: &Path) -> Result<()> {
    let names = names_below(folder).with_context(|| format!("--page {}", folder.display()))?;
    ensure!(
        names.iter().any(|name| name == "index.html"),
        "--page {}: it has no index.html; `cargo xtask build` makes such a folder",
        folder.display()
    );
    let is_ours = |name: &str| {
        is_part(name)
            || copy_of(name)
                .is_some_and(|file| is_part(file) && names.iter().any(|name| name == file))
    };
    for name in names.iter().filter(|name| is_ours(name)) {
        fs::copy(folder.join(name), placed(into, name)?)
            .with_context(|| format!("cannot copy {name}"))?;
    }
    Ok(())
}

/// Where a file goes, in a folder that is there then.
fn placed(into: &Path, path: &str) -> Result<PathBuf> {
    let target = into.join(path);
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(target)
}
