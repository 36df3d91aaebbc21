//! Reads CSV files in any encoding and dialect, row by row.

use std::io::{BufReader, Chain, Cursor, Read};

use anyhow::{Context, Result, bail, ensure};
use letters::{Encoding, Letters, UTF_8};

use super::csv_rows::{CsvRows, QuoteFault, Row};
use super::decoded::Decoded;
use super::file_kind::{self, is_utf8, unreadable};
use super::mapping::FormatMapping;
use super::near::did_you_mean;
use super::preamble::Preamble;
use super::record::Record;
use super::rejects::Reject;
use super::visible::visible;
use crate::files::{Files, last_part};

/// Encodings that files of shops come in.
const ENCODINGS: [&str; 12] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "iso-8859-1",
    "iso-8859-15",
    "macintosh",
    "shift_jis",
    "gb18030",
    "euc-kr",
];

/// What is wrong with a cell that goes on behind its quotes.
const TAIL: &str = "text behind a closing quote; double the quotes inside";

/// Bytes at the beginning of a file in which a header is looked for.
pub const HEAD_BYTES: usize = 1 << 16;

type Input = BufReader<Chain<Cursor<Vec<u8>>, Decoded>>;

/// A CSV file whose header is read.
pub struct CsvFile {
    name: String,
    rows: CsvRows<Input>,
    header: Vec<String>,
    /// Line on which the header ends.
    header_line: u64,
    /// The number that stands for that line.
    begin: u64,
    preamble: Preamble,
    encoding: Encoding,
}

impl CsvFile {
    /// Opens a file and reads its header; `wanted` are columns that the mapping names.
    ///
    /// # Errors
    /// If the file cannot be read, the encoding is not known, or there is no header.
    pub fn open(
        files: &dyn Files,
        file: &str,
        format: &FormatMapping,
        wanted: Vec<String>,
    ) -> Result<Self> {
        let name = last_part(file);
        let bytes = file_kind::open(files, file)?;
        let letters = files.letters();
        let encoding = encoding(format.encoding.as_deref(), letters)?;
        let unreadable = |error| unreadable(&files.called(file), &error);
        if encoding.is_single_byte && is_utf8(file_kind::open(files, file)?).map_err(unreadable)? {
            bail!(
                "{name} is UTF-8 from beginning to end, which {} would read as other letters (Ã¶ \
                 for ö): say encoding = \"utf-8\" in [format]",
                encoding.name
            );
        }
        let decoded = Decoded::of(bytes, &encoding, letters).with_context(|| name.clone())?;
        Self::read(name, decoded, encoding, format, wanted)
    }

    fn read(
        name: String,
        mut decoded: Decoded,
        encoding: Encoding,
        format: &FormatMapping,
        wanted: Vec<String>,
    ) -> Result<Self> {
        let mut head = Vec::new();
        decoded
            .by_ref()
            .take(HEAD_BYTES as u64)
            .read_to_end(&mut head)
            .with_context(|| name.clone())?;
        ensure!(!head.is_empty(), "{name} is empty, it has no header");
        let preamble = Preamble::read(&head, format, wanted).with_context(|| name.clone())?;
        let rest = Cursor::new(head.split_off(preamble.bytes));
        let input = BufReader::with_capacity(HEAD_BYTES, rest.chain(decoded));
        let (delimiter, quote) = (preamble.delimiter, preamble.quote);
        let mut rows = CsvRows::new(input, delimiter, quote, preamble.line);
        let (header, header_line) = header(&name, &mut rows, &preamble)?;
        let begin = header_line;
        Ok(Self { name, rows, header, header_line, begin, preamble, encoding })
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands between two cells.
    pub fn delimiter(&self) -> char {
        self.preamble.delimiter.into()
    }

    /// What may be wrong if a column is not in the header.
    pub fn advice(&self, column: &str) -> String {
        self.preamble.advice(&self.header, column)
    }

    /// Line on which the header ends.
    pub fn header_line(&self) -> u64 {
        self.header_line
    }

    /// Numbers rows on from a number, which stands for the header.
    pub fn number_from(&mut self, begin: u64) {
        self.begin = begin;
    }

    /// Hands over every row but blank lines; gives the number of the last line.
    ///
    /// # Errors
    /// If the disk fails, quotes swallow rows, or `take` fails.
    pub fn each(mut self, take: &mut dyn FnMut(&Record) -> Result<()>) -> Result<u64> {
        let (mut row, mut record) = (Row::default(), Record::default());
        let (header_line, begin) = (self.header_line, self.begin);
        let number = |line: u64| line.saturating_sub(header_line).saturating_add(begin);
        let mut last = header_line;
        while self.rows.next(&mut row).with_context(|| self.name.clone())? {
            if let Some(fault) = row.fault {
                bail!("{}: {}", self.name, swallowed(fault));
            }
            last = row.last_line;
            if row.is_blank() {
                continue;
            }
            record.line = row.line;
            record.number = number(row.line);
            record.broken = row.last_line > row.line;
            record.blank = row.cells().all(<[u8]>::is_empty);
            record.problem = self.fill(&row, &mut record.cells).err();
            take(&record)?;
        }
        Ok(number(last))
    }

    /// Turns bytes into text; says why that is not possible.
    fn fill(&self, row: &Row, cells: &mut Vec<String>) -> Result<(), Reject> {
        let (has, should) = (row.len(), self.header.len());
        // Cells without a name count only if there is something in them.
        let named = self
            .header
            .iter()
            .rposition(|name| !name.is_empty())
            .map_or(0, |at| at.saturating_add(1));
        let surplus = row.cells().skip(should).any(|cell| !cell.is_empty());
        cells.iter_mut().for_each(String::clear);
        cells.resize(should, String::new());
        for ((cell, bytes), column) in cells.iter_mut().zip(row.cells()).zip(&self.header) {
            self.decode(bytes, cell).map_err(|reason| Reject::cell(column, reason))?;
        }
        if let Some(at) = row.tail {
            let column = self.header.get(at).map_or("", String::as_str);
            return Err(Reject::cell(column, TAIL));
        }
        if has < named || surplus {
            let hint = if has > should {
                "a cell may have a separator in it and no quotes around it"
            } else {
                "a line may be broken, or the row is no row of this table"
            };
            return Err(Reject::row(format!("{has} cells where the header has {should}; {hint}")));
        }
        if cells.iter().map(|cell| cell.trim()).eq(self.header.iter().map(String::as_str)) {
            return Err(Reject::row("the header again, as in files that were put together"));
        }
        Ok(())
    }

    fn decode(&self, bytes: &[u8], cell: &mut String) -> Result<(), String> {
        cell.push_str(std::str::from_utf8(bytes).map_err(|_| not_utf8())?);
        if cell.contains('\0') {
            return Err("a NUL character: the file is damaged, or of another encoding such as \
                        \"utf-16le\""
                .to_owned());
        }
        // Where the file's encoding had no such character, decoding left this one.
        if !self.encoding.is_utf_8() && cell.contains(char::REPLACEMENT_CHARACTER) {
            return Err(format!("not valid {}", self.encoding.name));
        }
        Ok(())
    }
}

/// The first row that is not blank, and the line on which it ends.
fn header(
    name: &str,
    rows: &mut CsvRows<Input>,
    preamble: &Preamble,
) -> Result<(Vec<String>, u64)> {
    let mut row = Row::default();
    while rows.next(&mut row).with_context(|| name.to_owned())? {
        if let Some(fault) = row.fault {
            bail!("{name}: {}", swallowed(fault));
        }
        if !row.is_blank() {
            break;
        }
    }
    let line = row.line;
    ensure!(row.tail.is_none(), "{name}, line {line}: {TAIL} (in the header)");
    let cell = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Err(_) => bail!("{name}, line {line}: {}", not_utf8()),
        Ok(text) if text.contains('\0') => {
            let order = if bytes.first() == Some(&0) { "be" } else { "le" };
            bail!(
                "{name}, line {line}: NUL characters in the header: the file is probably UTF-16; \
                 say encoding = \"utf-16{order}\" in [format]"
            )
        }
        Ok(text) => Ok(text.trim().to_owned()),
    };
    let header = row.cells().map(cell).collect::<Result<Vec<String>>>()?;
    if header.iter().all(String::is_empty) {
        bail!("{name} has no header{}", preamble.advice(&header, ""));
    }
    if let Some(column) = header.iter().find(|column| column.chars().any(is_wrong)) {
        bail!("{name}, line {line}: '{}' in the header: {}", visible(column), not_decoded());
    }
    Ok((header, row.last_line))
}

/// True for control characters that no text has, but bytes of another encoding become.
pub fn is_wrong(character: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&character)
}

/// What to do about such characters.
pub fn not_decoded() -> &'static str {
    "a control character where a letter should be, so the encoding is another one; files of DOS \
     programs (code pages 437, 850, ...) must be converted first, as in `iconv -f CP850 -t UTF-8 \
     old.csv > new.csv`"
}

fn not_utf8() -> &'static str {
    "not valid UTF-8; perhaps the encoding is \"windows-1252\""
}

fn swallowed(fault: QuoteFault) -> String {
    let QuoteFault { opened, closed } = fault;
    let place = match closed {
        Some(closed) => format!("closes on line {closed} before text"),
        None => "is never closed".to_owned(),
    };
    format!(
        "a quote opened on line {opened} {place}, so the rows between are lost. Write a quote \
         inside a quoted cell twice; if quotes mean nothing in this file, set quote in [format] to \
         a character that it does not have"
    )
}

/// The encoding of a label; UTF-8 without one.
///
/// # Errors
/// If there is none of that name; says what to do with DOS code pages.
pub fn encoding(label: Option<&str>, letters: &dyn Letters) -> Result<Encoding> {
    let label = label.unwrap_or(UTF_8);
    if label.trim_ascii().eq_ignore_ascii_case(UTF_8) {
        return Ok(Encoding::utf_8());
    }
    let known = letters.known(label).with_context(|| format!("format.encoding: '{label}'"))?;
    ensure!(
        known.is_some() || !is_code_page(label),
        "format.encoding: '{label}' is a DOS code page, which is not among the encodings of the \
         web; convert the file first, as in `iconv -f CP850 -t UTF-8 old.csv > new.csv`"
    );
    known.with_context(|| {
        let near = did_you_mean(label, ENCODINGS);
        format!("format.encoding: '{label}' is not a known encoding{near}")
    })
}

/// True for names such as `cp850`, `ibm-437`, `dos862`.
fn is_code_page(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    let number = ["cp", "ibm", "dos"].iter().find_map(|kind| label.strip_prefix(kind));
    let number = number.map(|number| number.trim_start_matches(['-', '_', ' ']));
    number.is_some_and(|number| number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()))
}
