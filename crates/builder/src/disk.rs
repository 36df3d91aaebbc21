//! Files on this machine, for imports and for guesses.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use importer_core::edited::Edited;
use importer_core::files::{Choice, Files};
use importer_core::guess::{self, Sheets, found::Guess};
use importer_core::import::file_kind::unreadable;
use importer_core::import::gzip::unpacked_name;
use importer_core::import::mapping::Mapping;
use importer_core::import::{Import, edited_file};
use letters::{Letters, Tables};
use rusqlite::{Connection, OpenFlags};

/// How names of files of text end in a folder in which all of them are looked at, compressed or not.
const ENDINGS: [&str; 5] = ["csv", "tsv", "tab", "txt", "psv"];

/// An import of a folder of CSV files, of one CSV file of purchases, or of a SQLite file.
pub fn import(from: impl Into<PathBuf>, mapping: Mapping) -> Import {
    Import { from: Box::new(Place(from.into())), mapping }
}

/// Reads and checks a mapping file.
///
/// # Errors
/// Names the file, and the key or line that is wrong.
pub fn mapping(path: &Path) -> Result<Mapping> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| unreadable(&name, &error))?;
    let text = String::from_utf8(bytes).ok();
    let text =
        text.with_context(|| format!("mapping {name} is not text in UTF-8: save it as such"))?;
    Mapping::parse(&text).with_context(|| format!("mapping {name}"))
}

/// Reads the file of changed segments.
///
/// # Errors
/// As [`edited_file::read`].
pub fn segments(path: &Path) -> Result<Edited> {
    let file = Place(path.to_owned());
    edited_file::read(&file, &file.only().unwrap_or_default())
}

/// Guesses about files: text files and folders of them, or a SQLite file.
///
/// # Errors
/// If a file cannot be read, or none is a table.
pub fn guess_files(paths: &[PathBuf]) -> Result<Guess> {
    let (mut all, mut text) = (Vec::new(), Vec::new());
    for path in paths {
        ensure!(path.exists(), "{} does not exist", path.display());
        if path.is_dir() {
            let files = texts_in(path)?;
            text.extend(files.iter().map(|file| file.display().to_string()));
            all.extend(files);
        } else {
            all.push(path.clone());
        }
    }
    ensure!(!all.is_empty(), "there is no text file (.csv, .tsv or the like) in the folder");
    guess::guess(&Sheets::of(&Given(all), &text)?)
}

fn texts_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error| unreadable(&folder.display().to_string(), &error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let ending = Path::new(unpacked_name(&name)).extension().and_then(|ending| ending.to_str());
        if file.is_file()
            && ending.is_some_and(|ending| ENDINGS.contains(&ending.to_lowercase().as_str()))
        {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// A file, or a folder of files that are called as in it.
struct Place(PathBuf);

impl Place {
    fn path(&self, name: &str) -> PathBuf {
        if self.0.is_dir() { self.0.join(name) } else { self.0.clone() }
    }
}

impl Files for Place {
    fn check(&self) -> Result<()> {
        ensure!(self.0.exists(), "{} does not exist", self.0.display());
        Ok(())
    }

    fn only(&self) -> Option<String> {
        let name = self.0.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (!self.0.is_dir()).then_some(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read>> {
        open(&self.path(name))
    }

    fn letters(&self) -> &'static dyn Letters {
        &Tables
    }

    fn called(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn database(&self, name: &str) -> Result<Connection> {
        database(&self.path(name))
    }
}

/// Files that were given one by one, called by their paths.
struct Given(Vec<PathBuf>);

impl Given {
    fn path(&self, name: &str) -> PathBuf {
        let found = self.0.iter().find(|path| path.display().to_string() == name);
        found.cloned().unwrap_or_else(|| name.into())
    }
}

impl Files for Given {
    fn only(&self) -> Option<String> {
        None
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|path| path.display().to_string()).collect()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read>> {
        open(&self.path(name))
    }

    fn letters(&self) -> &'static dyn Letters {
        &Tables
    }

    fn database(&self, name: &str) -> Result<Connection> {
        database(&self.path(name))
    }
}

impl Choice for Given {
    /// One of them, or the folder that all of them are in.
    fn some(&self, names: &[&str]) -> Option<(Box<dyn Files>, String)> {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        let from = match &paths[..] {
            [one] => one.clone(),
            [first, others @ ..] => {
                let folder = first.parent()?;
                if others.iter().any(|path| path.parent() != Some(folder)) {
                    return None;
                }
                let here = folder.as_os_str().is_empty();
                if here { ".".into() } else { folder.to_owned() }
            }
            [] => return None,
        };
        let called = from.display().to_string();
        Some((Box::new(Place(from)), called))
    }
}

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(File::open(path)?))
}

fn database(path: &Path) -> Result<Connection> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}
