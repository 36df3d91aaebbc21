//! Puts the built page into the program, if `HUB_PAGE` names the folder that `cargo xtask build` made.

#[allow(dead_code, reason = "the crate uses the rest")]
#[path = "src/parts.rs"]
mod parts;

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

fn main() -> Result<()> {
    println!("cargo::rerun-if-env-changed=HUB_PAGE");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/parts.rs");
    let folder = env::var_os("HUB_PAGE").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let files = folder.as_deref().map(listed).transpose()?.unwrap_or_default();
    let out = PathBuf::from(env::var_os("OUT_DIR").context("OUT_DIR is not set")?);
    Ok(fs::write(out.join("inside.rs"), format!("static INSIDE: &[File] = &[{files}];\n"))?)
}

/// The files of the page, as the entries of a list.
fn listed(folder: &Path) -> Result<String> {
    let folder = folder.canonicalize().with_context(|| format!("HUB_PAGE={}", folder.display()))?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries = String::new();
    let mut names = Vec::new();
    below(&folder, "", &mut names)?;
    names.sort();
    ensure!(
        names.iter().any(|name| name == "service-worker.js"),
        "HUB_PAGE={}: no built page, as `cargo xtask build` makes it",
        folder.display()
    );
    for name in names.iter().filter(|name| parts::is_part(name)) {
        let copy = format!("{name}.br");
        // What is named by its content has a copy of this very content.
        let packed = is_lasting(name) && names.contains(&copy);
        let file = folder.join(if packed { &copy } else { name });
        let file = file.to_str().context("a path that is no text")?;
        write!(
            entries,
            "File {{ path: {name:?}, packed: {packed}, bytes: include_bytes!({file:?}) }}, "
        )?;
    }
    Ok(entries)
}

/// Whether a file goes by another name as soon as it is another.
fn is_lasting(path: &str) -> bool {
    path.starts_with("js/") || path.starts_with("docs/swagger-ui") || parts::is_hashed(path)
}

fn below(folder: &Path, inside: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder.join(inside))? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            below(folder, &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
