//! What files have for a guess: a sheet each, and of a SQLite file its tables.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use letters::Letters;

use super::source::{Imported, Sheet, SheetKind, Source};
use crate::files::{Choice, Files, last_part};
use crate::import::csv_file::CsvFile;
use crate::import::file_kind::{self, FileKind, unreadable};
use crate::import::gzip::unpacked_name;
use crate::import::mapping::{FormatMapping, Mapping};
use crate::import::records::Records;
use crate::import::sqlite_file::{SqliteTable, tables_of};
use crate::import::{Import, Read as Reading};
use crate::progress::Silent;
use crate::sink::Sink;

/// The sheets of files.
pub struct Sheets<'a> {
    files: &'a dyn Choice,
    sheets: Vec<Sheet>,
    /// The file of each sheet.
    names: Vec<String>,
}

impl<'a> Sheets<'a> {
    /// Looks at what files there are. Those of `text` are text, without being looked at.
    ///
    /// # Errors
    /// If one cannot be read, or is a database without tables.
    pub fn of(files: &'a dyn Choice, text: &[String]) -> Result<Self> {
        let mut sheets = Self { files, sheets: Vec::new(), names: Vec::new() };
        for name in files.names() {
            if text.contains(&name) {
                sheets.push(&name, last_part(&name), SheetKind::Text);
            } else {
                sheets.file(&name)?;
            }
        }
        Ok(sheets)
    }

    fn file(&mut self, name: &str) -> Result<()> {
        let mut head = Vec::new();
        let file = file_kind::open(self.files, name)?;
        let read = file.take(file_kind::HEAD as u64).read_to_end(&mut head);
        read.map_err(|error| unreadable(&self.files.called(name), &error))?;
        // What is no text either is told when it is looked at.
        if !matches!(file_kind::of_head(&last_part(name), &head), Ok(FileKind::Sqlite)) {
            self.push(name, last_part(name), SheetKind::Text);
            return Ok(());
        }
        let tables = tables_of(self.files, name)?;
        ensure!(!tables.is_empty(), "{} has no tables", self.files.called(name));
        tables.into_iter().for_each(|table| self.push(name, table, SheetKind::Table));
        Ok(())
    }

    fn push(&mut self, file: &str, name: String, kind: SheetKind) {
        let stem = Path::new(unpacked_name(file)).file_stem();
        let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
        let title = match kind {
            SheetKind::Text => stem.unwrap_or_else(|| name.clone()),
            SheetKind::Table => name.clone(),
        };
        self.sheets.push(Sheet { name, title, kind });
        self.names.push(file.to_owned());
    }

    fn name(&self, sheet: usize) -> Result<&str> {
        self.names.get(sheet).map(String::as_str).context("there is no such file")
    }

    /// What the importer has to be given for some of the sheets.
    fn together(&self, sheets: &[usize]) -> Option<(Box<dyn Files>, String)> {
        let is_table = |sheet: &usize| {
            self.sheets.get(*sheet).is_some_and(|sheet| sheet.kind == SheetKind::Table)
        };
        let mut names: Vec<&str> = Vec::new();
        for sheet in sheets {
            let name = self.names.get(*sheet)?;
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        // Tables are of one file, and of a text file there is only one.
        let fits = names.len() == 1 || !sheets.iter().any(is_table);
        self.files.some(&names).filter(|_| fits && !names.is_empty())
    }
}

impl Source for Sheets<'_> {
    fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    fn bytes(&self, sheet: usize) -> Result<Box<dyn Read>> {
        file_kind::open(self.files, self.name(sheet)?)
    }

    fn letters(&self) -> &'static dyn Letters {
        self.files.letters()
    }

    fn records(&self, sheet: usize, format: &FormatMapping) -> Result<Records> {
        let name = self.name(sheet)?;
        let known = self.sheets.get(sheet).context("there is no such file")?;
        Ok(match known.kind {
            SheetKind::Text => {
                Records::Csv(Box::new(CsvFile::open(self.files, name, format, Vec::new())?))
            }
            SheetKind::Table => Records::Sqlite(SqliteTable::open(self.files, name, &known.name)?),
        })
    }

    fn from(&self, sheets: &[usize]) -> Option<String> {
        self.together(sheets).map(|(_, from)| from)
    }

    fn import(&self, sheets: &[usize], mapping: Mapping, sink: &mut dyn Sink) -> Result<Imported> {
        let Some((from, _)) = self.together(sheets) else {
            bail!("the files are in different folders; put them into one")
        };
        let read = Import { from, mapping }.read(sink, &Silent)?;
        let Reading { survey, rejects, warnings, files, joined } = read;
        Ok(Imported {
            currency: survey.currency.clone(),
            quantity_exponent: survey.scale.quantity,
            warnings,
            files,
            joined,
            rejected: rejects.kinds(),
            first_rejected: rejects.first(),
        })
    }
}
