//! Keeps clones of the project apart that share the cache.
//!
//! Cargo names what it builds of a workspace's own packages without the workspace's place, and
//! tells old from new by time: after one clone has built, another may take that for its own.
//! Dependencies are the same for all and stay; each clone builds its own packages anew.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

use crate::paths;

/// Makes sure that nothing in a target folder passes for this clone's but is another's.
///
/// # Errors
/// If the folder cannot be changed.
pub fn take_over(target: &Path) -> Result<()> {
    let stamp = target.join("owner");
    let project = paths::project()?.display().to_string();
    if fs::read_to_string(&stamp).is_ok_and(|owner| owner == project) {
        return Ok(());
    }
    let members = members()?;
    // Profiles lie at the top for this machine, one deeper for other targets.
    for outer in folders(target)? {
        forget(&outer, &members)?;
        for inner in folders(&outer)? {
            forget(&inner, &members)?;
        }
    }
    fs::create_dir_all(target).with_context(|| target.display().to_string())?;
    fs::write(&stamp, project).with_context(|| stamp.display().to_string())
}

/// Names of the workspace's packages.
fn members() -> Result<Vec<String>> {
    let crates = folders(&paths::project()?.join("crates"))?;
    let names = crates.iter().filter_map(|folder| folder.file_name()?.to_str().map(str::to_owned));
    Ok(names.chain(["insights-hub".to_owned()]).collect())
}

/// Removes what cargo remembers of the members in one profile's folder.
fn forget(profile: &Path, members: &[String]) -> Result<()> {
    for unit in folders(&profile.join(".fingerprint"))? {
        let name = unit.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let package = name.rsplit_once('-').map_or(name, |(package, _)| package);
        if members.iter().any(|member| member == package) {
            fs::remove_dir_all(&unit).with_context(|| unit.display().to_string())?;
        }
    }
    Ok(())
}

/// The folders in a folder; none if it does not exist.
fn folders(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| folder.display().to_string()),
    };
    let paths = entries.map(|entry| Ok(entry?.path()));
    let paths = paths.collect::<std::io::Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.is_dir()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_members_are_forgotten() {
        let target = tempfile::tempdir().unwrap();
        let unit = |name: &str| target.path().join("debug/.fingerprint").join(name);
        for name in ["facts-0123", "serde-4567", "insights-hub-89ab"] {
            fs::create_dir_all(unit(name)).unwrap();
        }
        take_over(target.path()).unwrap();
        assert!(unit("serde-4567").exists());
        assert!(!unit("facts-0123").exists() && !unit("insights-hub-89ab").exists());
        fs::create_dir_all(unit("facts-0123")).unwrap();
        take_over(target.path()).unwrap();
        assert!(unit("facts-0123").exists(), "the owner's own stays");
    }
}
