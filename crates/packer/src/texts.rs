//! The texts of licences that a package holds.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Beginnings of the names of files that hold such texts, in small letters.
const BEGINNINGS: [&str; 6] = ["copying", "copyright", "licence", "license", "notice", "unlicense"];

/// The end of the name of a file that holds the texts of all that was bundled into another.
const OF_BUNDLES: &str = ".license.txt";

/// Endings of files that are no texts, whatever their names begin with.
const NO_TEXTS: [&str; 8] = ["c", "h", "js", "json", "mjs", "py", "rs", "toml"];

/// Folders whose files are in no program.
const NOT_BUILT: [&str; 9] =
    ["benches", "examples", "fuzz", "node_modules", "target", "test", "testdata", "tests", ".git"];

/// The texts in a package's folder, in the order of their paths.
///
/// # Errors
/// If a folder or a file of it cannot be read.
pub fn of(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    below(folder, &mut files).with_context(|| folder.display().to_string())?;
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        Ok(tidied(&String::from_utf8_lossy(&bytes)))
    };
    files.iter().map(read).collect()
}

/// A text with plain ends of lines and nothing empty around it.
fn tidied(text: &str) -> String {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

fn below(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
        let kind = entry.file_type()?;
        if kind.is_dir() && !NOT_BUILT.contains(&name.as_str()) {
            below(&entry.path(), files)?;
        } else if kind.is_file() && is_text(&name) {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let named = BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
    (named || name.ends_with(OF_BUNDLES)) && !NO_TEXTS.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_wherever_they_are_of_the_program() {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("LICENSE-MIT", "\u{feff}one \r\nmore\r\n\r\n"),
            ("third_party/fiat/LICENSE", "\n  two\n"),
            ("bundle.js.LICENSE.txt", "three"),
            ("license.rs", "mod license;"),
            ("tests/LICENSE", "of a test"),
            ("README.md", "read me"),
        ] {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        assert_eq!(of(folder.path()).unwrap(), ["one\nmore", "three", "  two"]);
    }
}
