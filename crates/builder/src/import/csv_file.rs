//! Reads CSV files in any encoding and dialect, row by row.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::mapping::FormatMapping;
use super::records::Record;

/// A CSV file whose header is read.
pub struct CsvFile {
    name: String,
    reader: csv::Reader<DecodeReaderBytes<File, Vec<u8>>>,
    header: Vec<String>,
    encoding: &'static Encoding,
}

impl CsvFile {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// If the file cannot be read, the encoding is not known, or there is no header.
    pub fn open(path: &Path, format: &FormatMapping) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let label = format.encoding.as_deref().unwrap_or("utf-8");
        let encoding = Encoding::for_label(label.as_bytes())
            .with_context(|| format!("format.encoding: '{label}' is not a known encoding"))?;
        // UTF-8 is passed on as it is, so that damage is found in its row, not papered over.
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(Some(encoding).filter(|&encoding| encoding != UTF_8))
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build(file);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(ascii("delimiter", format.delimiter.unwrap_or(','))?)
            .quote(ascii("quote", format.quote.unwrap_or('"'))?)
            .flexible(true)
            .from_reader(decoded);
        let header = reader.byte_headers().with_context(|| name.clone())?.clone();
        let header = header.iter().map(|cell| {
            let text = std::str::from_utf8(cell);
            text.map(|text| text.trim().to_owned())
                .with_context(|| format!("{name}, line 1: {}", not_utf8()))
        });
        let header = header.collect::<Result<Vec<String>>>()?;
        ensure!(header.iter().any(|column| !column.is_empty()), "{name} has no header");
        Ok(Self { name, reader, header, encoding })
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Hands over every row that is not blank.
    ///
    /// # Errors
    /// If the disk fails, or `take` does.
    pub fn each(mut self, take: &mut dyn FnMut(&Record) -> Result<()>) -> Result<()> {
        let (mut bytes, mut record) = (ByteRecord::new(), Record::default());
        while self.reader.read_byte_record(&mut bytes).with_context(|| self.name.clone())? {
            if bytes.iter().all(<[u8]>::is_empty) {
                continue;
            }
            record.line = bytes.position().map_or(0, csv::Position::line);
            record.problem = self.fill(&bytes, &mut record.cells);
            take(&record)?;
        }
        Ok(())
    }

    /// Turns bytes into text; says why that is not possible.
    fn fill(&self, bytes: &ByteRecord, cells: &mut Vec<String>) -> Option<String> {
        cells.resize(self.header.len(), String::new());
        if bytes.len() != self.header.len() {
            let (has, should) = (bytes.len(), self.header.len());
            return Some(format!("{has} cells where the header has {should}"));
        }
        for (cell, bytes) in cells.iter_mut().zip(bytes) {
            cell.clear();
            match std::str::from_utf8(bytes) {
                Ok(text) => cell.push_str(text),
                Err(_) => return Some(not_utf8().to_owned()),
            }
            // Where the file's encoding had no such character, decoding left this one.
            if self.encoding != UTF_8 && cell.contains(char::REPLACEMENT_CHARACTER) {
                return Some(format!("not valid {}", self.encoding.name()));
            }
        }
        None
    }
}

fn not_utf8() -> &'static str {
    "not valid UTF-8; perhaps the encoding is \"windows-1252\""
}

fn ascii(what: &str, character: char) -> Result<u8> {
    u8::try_from(character)
        .ok()
        .filter(u8::is_ascii)
        .with_context(|| format!("format.{what}: '{character}' is not an ASCII character"))
}
