//! The project's own code, as tests of its structure read it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files of code in a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of code") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// Statements without comments, each with the number of the line on which it begins.
pub fn code(text: &str) -> Vec<(usize, String)> {
    let mut statements = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, line) in text.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        let (_, statement) = open.get_or_insert_with(|| (at + 1, String::new()));
        statement.push_str(line);
        statement.push(' ');
        // A group of imports may take several lines.
        if !statement.trim_start().contains("use ") || statement.contains(';') {
            statements.extend(open.take());
        }
    }
    statements.extend(open);
    statements
}
