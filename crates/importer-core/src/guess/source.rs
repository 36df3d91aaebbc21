//! What a guess is made about, and who reads it: files on a disk, or files in a browser.

use std::io::Read;

use anyhow::Result;
use letters::Letters;
use snapshot::Currency;
use snapshot::meta::Warning;

use crate::import::mapping::{FormatMapping, Mapping};
use crate::import::records::Records;
use crate::import::{FileRead, Joined};
use crate::sink::Sink;

/// What a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// A text file.
    Text,
    /// A table of a SQLite file.
    Table,
}

/// Something with a header and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the file, or of the table.
    pub name: String,
    /// The same without what only says of which kind it is.
    pub title: String,
    /// What it is.
    pub kind: SheetKind,
}

/// What the importer made of everything under a mapping.
#[derive(Debug)]
pub struct Imported {
    /// The currency, with as many decimals as the amounts need.
    pub currency: Currency,
    /// Decimals of quantities.
    pub quantity_exponent: u8,
    /// What is doubtful.
    pub warnings: Vec<Warning>,
    /// What each file of purchases had.
    pub files: Vec<FileRead>,
    /// Customers' ids that are other ways of writing one.
    pub joined: Option<Joined>,
    /// Rows that cannot be taken, by kind.
    pub rejected: Vec<(String, u64)>,
    /// The first of them, with their places.
    pub first_rejected: Vec<String>,
}

/// Reads what a guess is about, as often as is asked.
pub trait Source {
    /// What there is.
    fn sheets(&self) -> &[Sheet];

    /// The bytes of a text file from its beginning.
    ///
    /// # Errors
    /// If they cannot be read.
    fn bytes(&self, sheet: usize) -> Result<Box<dyn Read>>;

    /// What knows the letters of text that is not UTF-8.
    fn letters(&self) -> &'static dyn Letters;

    /// The header and rows of a sheet, as the importer reads them.
    ///
    /// # Errors
    /// If there is no header.
    fn records(&self, sheet: usize, format: &FormatMapping) -> Result<Records>;

    /// What `builder build --from` would have to be for some of the sheets; none if they cannot be
    /// imported together.
    fn from(&self, sheets: &[usize]) -> Option<String>;

    /// Has the importer read everything under a mapping.
    ///
    /// # Errors
    /// Whatever it says.
    fn import(&self, sheets: &[usize], mapping: Mapping, sink: &mut dyn Sink) -> Result<Imported>;
}
