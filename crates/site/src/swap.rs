//! Puts a finished folder in the place of an older one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Puts the folder `new` at `place`; what was there is at `aside` then. All three are on one disk. Where
/// the system can exchange two folders at once, there is no moment without one.
///
/// # Errors
/// If the disk refuses; what was there is there then.
pub fn swap(new: &Path, place: &Path, aside: &Path) -> Result<()> {
    let cannot = || format!("cannot write {}", place.display());
    if !place.exists() {
        return fs::rename(new, place).with_context(cannot);
    }
    if exchanged(new, place) {
        return fs::rename(new, aside).with_context(cannot);
    }
    fs::rename(place, aside).with_context(cannot)?;
    if let Err(error) = fs::rename(new, place) {
        fs::rename(aside, place).with_context(cannot)?;
        return Err(error).with_context(cannot);
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn exchanged(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_folder_stands_alone_and_the_old_one_aside() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        for (round, aside) in [("one", "aside-1"), ("two", "aside-2")] {
            fs::create_dir(at("new")).unwrap();
            fs::write(at("new").join(round), round).unwrap();
            swap(&at("new"), &at("place"), &at(aside)).unwrap();
            assert!(!at("new").exists());
            let names: Vec<_> = fs::read_dir(at("place"))
                .unwrap()
                .map(|entry| entry.unwrap().file_name())
                .collect();
            assert_eq!(names, [round]);
        }
        assert!(!at("aside-1").exists() && at("aside-2/one").exists());
        assert!(swap(&at("nothing"), &at("place"), &at("aside-3")).is_err());
        assert!(at("place/two").exists(), "what was there stays");
    }
}
