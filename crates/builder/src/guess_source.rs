//! Files on this machine, for the code that guesses.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::guess::source::{Imported, Sheet, SheetKind, Source};
use crate::guess::{self, found::Guess};
use crate::import::csv_file::CsvFile;
use crate::import::file_kind::{self, FileKind, unreadable};
use crate::import::mapping::{FormatMapping, Mapping};
use crate::import::records::Records;
use crate::import::sqlite_file::{SqliteTable, tables_of};
use crate::import::{Import, Read as Reading};
use crate::progress::Progress;
use crate::sink::Sink;

/// How names of files of text end in a folder in which all of them are looked at.
const ENDINGS: [&str; 5] = ["csv", "tsv", "tab", "txt", "psv"];

/// Guesses about files: text files and folders of them, or a SQLite file.
///
/// # Errors
/// If a file cannot be read, or nothing usable is found.
pub fn guess_files(paths: &[PathBuf]) -> Result<Guess> {
    guess::guess(&Files::open(paths)?)
}

/// The files of a guess.
struct Files {
    sheets: Vec<Sheet>,
    /// The file of each sheet.
    paths: Vec<PathBuf>,
}

impl Files {
    fn open(paths: &[PathBuf]) -> Result<Self> {
        let mut files = Self { sheets: Vec::new(), paths: Vec::new() };
        for path in paths {
            ensure!(path.exists(), "{} does not exist", path.display());
            if path.is_dir() {
                files.folder(path)?;
            } else {
                files.file(path)?;
            }
        }
        ensure!(
            !files.sheets.is_empty(),
            "there is no text file (.csv, .tsv or the like) in the folder"
        );
        Ok(files)
    }

    fn folder(&mut self, path: &Path) -> Result<()> {
        let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
        let mut paths = Vec::new();
        for entry in entries {
            let file = entry.map_err(|error| unreadable(path, &error))?.path();
            let ending = file.extension().and_then(|ending| ending.to_str());
            if file.is_file()
                && ending.is_some_and(|ending| ENDINGS.contains(&ending.to_lowercase().as_str()))
            {
                paths.push(file);
            }
        }
        paths.sort();
        paths.iter().for_each(|file| self.push(file, name_of(file), SheetKind::Text));
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<()> {
        let mut head = Vec::new();
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let read = file.take(file_kind::HEAD as u64).read_to_end(&mut head);
        read.map_err(|error| unreadable(path, &error))?;
        // What is no text either is told when it is looked at.
        if !matches!(file_kind::of_head(&name_of(path), &head), Ok(FileKind::Sqlite)) {
            self.push(path, name_of(path), SheetKind::Text);
            return Ok(());
        }
        let tables = tables_of(path)?;
        ensure!(!tables.is_empty(), "{} has no tables", path.display());
        tables.into_iter().for_each(|table| self.push(path, table, SheetKind::Table));
        Ok(())
    }

    fn push(&mut self, path: &Path, name: String, kind: SheetKind) {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let title = match kind {
            SheetKind::Text => stem.unwrap_or_else(|| name.clone()),
            SheetKind::Table => name.clone(),
        };
        self.sheets.push(Sheet { name, title, kind });
        self.paths.push(path.to_owned());
    }

    fn path(&self, sheet: usize) -> Result<&Path> {
        self.paths.get(sheet).map(PathBuf::as_path).context("there is no such file")
    }

    /// What the importer has to be given for some of the sheets.
    fn root(&self, sheets: &[usize]) -> Option<PathBuf> {
        let first = self.paths.get(*sheets.first()?)?;
        let is_table = |sheet: &usize| {
            self.sheets.get(*sheet).is_some_and(|sheet| sheet.kind == SheetKind::Table)
        };
        let all_of_first = sheets.iter().all(|sheet| self.paths.get(*sheet) == Some(first));
        if sheets.len() == 1 || (all_of_first && sheets.iter().all(is_table)) {
            return Some(first.clone());
        }
        let folder = first.parent()?;
        let together = sheets.iter().all(|sheet| {
            !is_table(sheet)
                && self.paths.get(*sheet).and_then(|path| path.parent()) == Some(folder)
        });
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        together.then(|| folder.to_owned())
    }
}

impl Source for Files {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn bytes(&self, sheet: usize) -> Result<Box<dyn Read>> {
        let path = self.path(sheet)?;
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        Ok(Box::new(file))
    }

    fn records(&self, sheet: usize, format: &FormatMapping) -> Result<Records> {
        let path = self.path(sheet)?;
        let known = self.sheets.get(sheet).context("there is no such file")?;
        Ok(match known.kind {
            SheetKind::Text => Records::Csv(Box::new(CsvFile::open(path, format, Vec::new())?)),
            SheetKind::Table => Records::Sqlite(SqliteTable::open(path, &known.name)?),
        })
    }

    fn from(&self, sheets: &[usize]) -> Option<String> {
        self.root(sheets).map(|path| path.display().to_string())
    }

    fn import(&self, sheets: &[usize], mapping: Mapping, sink: &mut dyn Sink) -> Result<Imported> {
        let Some(from) = self.root(sheets) else {
            bail!("the files are in different folders; put them into one")
        };
        let Reading { survey, rejects, warnings } =
            Import { from, mapping }.read(sink, Progress::Silent)?;
        Ok(Imported {
            currency: survey.currency.clone(),
            quantity_exponent: survey.scale.quantity,
            warnings,
            rejected: rejects.kinds(),
            first_rejected: rejects.first(),
        })
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
