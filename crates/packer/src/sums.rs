//! Checksums of the archives in a folder, in the form that `sha256sum --check` reads.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::archive::Form;

/// The file of the checksums.
pub const NAME: &str = "SHA256SUMS";

/// Writes the checksums of all archives of the program in a folder, so that those of several targets
/// may come to lie there one after the other.
///
/// # Errors
/// If the folder or an archive cannot be read, or the file not be written.
pub fn write(folder: &Path) -> Result<()> {
    let context = || folder.display().to_string();
    let entries = fs::read_dir(folder).with_context(context)?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<std::io::Result<Vec<_>>>().with_context(context)?;
    names.retain(|name| name.starts_with("hub-") && is_archive(name));
    names.sort();
    let mut sums = String::new();
    for name in names {
        let bytes = fs::read(folder.join(&name)).with_context(|| name.clone())?;
        let sum = Sha256::digest(bytes)
            .iter()
            .try_fold(String::new(), |mut hex, byte| write!(hex, "{byte:02x}").map(|()| hex))?;
        writeln!(sums, "{sum}  {name}")?;
    }
    fs::write(folder.join(NAME), sums).with_context(context)
}

fn is_archive(name: &str) -> bool {
    [Form::TarGz, Form::Zip].iter().any(|form| name.ends_with(form.ending()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_archive_has_its_sum_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("hub-1-b.zip", "abc"),
            ("hub-1-a.tar.gz", ""),
            ("hub-1-a", "unpacked"),
            ("other.tar.gz", "other"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        write(folder.path()).unwrap();
        write(folder.path()).unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join(NAME)).unwrap(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  hub-1-a.tar.gz\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  hub-1-b.zip\n"
        );
    }
}
