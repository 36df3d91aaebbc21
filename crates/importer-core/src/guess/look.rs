//! A first look at a sheet: how it is written, its header, and the columns of its first rows.

use std::fmt;
use std::io::Read;

use anyhow::{Context, Result, anyhow};

use super::column::Column;
use super::dates::Ways;
use super::dialect::{self, Dialect};
use super::encoding;
use super::exports::{self, Export};
use super::source::{SheetKind, Source};
use crate::import::csv_file::{self, HEAD_BYTES};
use crate::import::decoded::Decoded;
use crate::import::file_kind;
use crate::import::mapping::FormatMapping;
use crate::import::record::Record;

/// Rows that columns are known by.
const SAMPLE: usize = 2_000;

/// Bytes at the beginning of a text of which none may be zero: no text has such.
const NUL: usize = 4_096;

/// A sheet that was looked at.
pub struct Look {
    /// Number of the sheet in its source.
    pub sheet: usize,
    /// Name of the file or table.
    pub name: String,
    /// Its encoding, for a text file.
    pub encoding: Option<encoding::Found>,
    /// How it is cut into cells, for a text file.
    pub dialect: Option<Dialect>,
    /// The settings that reading it takes.
    pub format: FormatMapping,
    /// Names of the columns.
    pub header: Vec<String>,
    /// The first rows.
    pub sample: Vec<Record>,
    /// The columns.
    pub columns: Vec<Column>,
    /// Why reading stopped before the sample was full, or the file at its end.
    pub stop: Option<String>,
    /// The program that it was exported from.
    pub export: Option<&'static Export>,
}

/// Enough was read.
#[derive(Debug)]
struct Enough;

impl fmt::Display for Enough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("enough was read")
    }
}

impl std::error::Error for Enough {}

/// Looks at a sheet.
///
/// # Errors
/// Says why nothing can be read from it.
pub fn at(source: &dyn Source, sheet: usize, ways: &Ways) -> Result<Look> {
    let known = source.sheets().get(sheet).ok_or_else(|| anyhow!("there is no such sheet"))?;
    let name = known.name.clone();
    let (mut encoding, mut dialect) = (None, None);
    let mut format = FormatMapping::default();
    if known.kind == SheetKind::Text {
        let found = encoding_of(source, sheet, &name)?;
        format.encoding.clone_from(&found.label);
        let (head, is_whole) =
            head_of(source, sheet, found.label.as_deref()).with_context(|| name.clone())?;
        let cut = dialect::of(&name, &head, is_whole, ways)?;
        let FormatMapping { skip_rows, delimiter, quote, .. } = cut.format.clone();
        format = FormatMapping { skip_rows, delimiter, quote, ..format };
        (encoding, dialect) = (Some(found), Some(cut));
    }
    let records = source.records(sheet, &format)?;
    let header = records.header().to_vec();
    let mut sample: Vec<Record> = Vec::new();
    let read = records.each(&mut |record| {
        if record.problem.is_none() && !record.blank {
            sample.push(record.clone());
        }
        if sample.len() < SAMPLE { Ok(()) } else { Err(Enough.into()) }
    });
    let stop = read.err().filter(|error| !error.is::<Enough>());
    let columns = (0..header.len()).map(|at| Column::of(at, &header, &sample, ways)).collect();
    Ok(Look {
        sheet,
        name,
        encoding,
        dialect,
        format,
        export: exports::of(&header),
        header,
        sample,
        columns,
        stop: stop.map(|error| format!("{error:#}")),
    })
}

fn encoding_of(source: &dyn Source, sheet: usize, name: &str) -> Result<encoding::Found> {
    let mut head = Vec::new();
    let read = source.bytes(sheet)?.take(file_kind::HEAD as u64).read_to_end(&mut head);
    read.with_context(|| name.to_owned())?;
    file_kind::of_head(name, &head)?;
    let found = encoding::of(&|| source.bytes(sheet), source.letters());
    let found = found.with_context(|| name.to_owned())?;
    let is_wide = found.name.starts_with("UTF-16");
    let head = head.get(..NUL.min(head.len())).unwrap_or_default();
    let zeros = head.iter().filter(|&&byte| byte == 0).count();
    let control = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 0);
    let controls = head.iter().filter(control).count();
    // A zero or two may be damage, which the rows tell; more of them, and it is no text.
    if !is_wide && zeros.saturating_add(controls).saturating_mul(20) > head.len() {
        return Err(anyhow!(
            "{name} is no text, and of no kind that can be read: give the data as CSV"
        ));
    }
    Ok(found)
}

/// The beginning of a text as UTF-8, and whether that is all of it.
fn head_of(source: &dyn Source, sheet: usize, label: Option<&str>) -> Result<(Vec<u8>, bool)> {
    let encoding = csv_file::encoding(label, source.letters())?;
    let mut head = Vec::new();
    let mut decoded = Decoded::of(source.bytes(sheet)?, &encoding, source.letters())?;
    decoded.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let is_whole = head.len() < HEAD_BYTES;
    Ok((head, is_whole))
}

impl Look {
    /// A column by its place.
    pub fn column(&self, at: usize) -> &Column {
        // Places come from the header, of which each has its column.
        &self.columns[at]
    }

    /// What stands in a cell of a record without blanks around it.
    pub fn cell<'a>(&self, record: &'a Record, at: usize) -> &'a str {
        record.cells.get(at).map(|cell| cell.trim()).unwrap_or_default()
    }
}
