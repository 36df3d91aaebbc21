//! What stands above a header, and what a file that has no fitting header may be meant as.

use anyhow::{Context, Result, bail, ensure};

use super::csv_rows::{CsvRows, Row};
use super::mapping::FormatMapping;
use super::near::nearest;
use super::visible::visible;

/// A byte order mark; some programs write it twice.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Characters that stand between cells in files of this world.
pub const DELIMITERS: [char; 4] = [';', '\t', '|', ','];

/// Rows at the beginning of a file among which a header is looked for.
const LOOKED_AT: usize = 30;

/// The beginning of a text file.
pub struct Preamble {
    /// Bytes above the header.
    pub bytes: usize,
    /// Line on which the header begins, from 1.
    pub line: u64,
    /// Between two cells.
    pub delimiter: u8,
    /// Around cells.
    pub quote: u8,
    wanted: Vec<String>,
    first_rows: Vec<(u64, Vec<String>)>,
    first_line: String,
}

impl Preamble {
    /// Leaves out the rows that the format says, and obeys a line such as `sep=;`.
    ///
    /// # Errors
    /// If the format's characters are none, or that line says something else.
    pub fn read(head: &[u8], format: &FormatMapping, wanted: Vec<String>) -> Result<Self> {
        let mut bytes = 0;
        while head[bytes..].starts_with(MARK) {
            bytes = bytes.saturating_add(MARK.len());
        }
        let marks = bytes;
        let skip = format.skip_rows.unwrap_or(0);
        for _ in 0..skip {
            let length = line_length(&head[bytes..]);
            ensure!(length > 0, "format.skip_rows: the file has not {skip} lines");
            bytes = bytes.saturating_add(length);
        }
        let mut line = skip.saturating_add(1);
        let mut delimiter = format.delimiter.map(|sign| ascii("delimiter", sign)).transpose()?;
        if let Some(said) = separator_line(&head[bytes..]) {
            if let Some(other) = delimiter.filter(|&other| other != said) {
                bail!(
                    "line {line} says sep={}, and format.delimiter is '{}'; which of them is it?",
                    char::from(said),
                    char::from(other)
                );
            }
            delimiter = Some(said);
            bytes = bytes.saturating_add(line_length(&head[bytes..]));
            line = line.saturating_add(1);
        }
        let (delimiter, quote) =
            (delimiter.unwrap_or(b','), ascii("quote", format.quote.unwrap_or('"'))?);
        Ok(Self {
            bytes,
            line,
            delimiter,
            quote,
            wanted,
            first_rows: first_rows(&head[bytes..], delimiter, quote, line),
            first_line: text_of_line(&head[marks..]),
        })
    }

    /// What may be wrong with a header that has not a column; begins with a colon if there is
    /// something to say.
    pub fn advice(&self, header: &[String], column: &str) -> String {
        let mut parts = Vec::new();
        let named: Vec<&str> =
            header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        if let [only] = named[..]
            && let Some(sign) = other_delimiter(only, self.delimiter)
        {
            let sign = sign.escape_default();
            parts.push(format!(
                "the whole header is one cell, so the delimiter is perhaps '{sign}': say \
                 delimiter = \"{sign}\" in [format]"
            ));
        } else if let Some(skip) = self.lines_above_header() {
            parts.push(format!(
                "line 1 is \"{}\", and line {} looks like the header: say skip_rows = {skip} in \
                 [format] to leave out what stands above it",
                visible(&self.first_line),
                skip.saturating_add(1)
            ));
        } else if named.is_empty() {
            parts.push(format!("line {} is \"{}\"", self.line, visible(&self.first_line)));
        }
        if let Some(other) = nearest(column, named.iter().copied()) {
            parts.push(format!("perhaps '{}' is meant", visible(other)));
        }
        parts.iter().map(|part| format!("; {part}")).collect::<String>().replacen("; ", ": ", 1)
    }

    /// Lines above a row that has every column wanted, if there is one.
    fn lines_above_header(&self) -> Option<u64> {
        let has = |cells: &[String], wanted: &String| cells.iter().any(|cell| cell == wanted);
        let fits = |cells: &[String]| self.wanted.iter().all(|wanted| has(cells, wanted));
        let found = self.first_rows.iter().skip(1).find(|(_, cells)| fits(cells));
        found.filter(|_| self.wanted.len() > 1).map(|(line, _)| line.saturating_sub(1))
    }
}

fn other_delimiter(header: &str, delimiter: u8) -> Option<char> {
    let others = DELIMITERS.into_iter().filter(|&sign| sign != char::from(delimiter));
    others.max_by_key(|&sign| header.matches(sign).count()).filter(|&sign| header.contains(sign))
}

/// What Excel writes above a header to say how cells are set apart.
fn separator_line(bytes: &[u8]) -> Option<u8> {
    let line = text_of_line(bytes);
    let line = line.trim_end_matches(',').trim_matches('"');
    let sign = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    match (sign, line.get(4..).map(str::as_bytes)) {
        (Some(_), Some([sign])) => Some(*sign),
        // The comma itself was taken off with the delimiters that fill such a line up.
        (Some(_), Some([])) => Some(b','),
        _ => None,
    }
}

/// Length of the first line with what ends it.
fn line_length(bytes: &[u8]) -> usize {
    let Some(end) = bytes.iter().position(|&byte| byte == b'\n' || byte == b'\r') else {
        return bytes.len();
    };
    end.saturating_add(if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 })
}

fn text_of_line(bytes: &[u8]) -> String {
    let line = String::from_utf8_lossy(&bytes[..line_length(bytes)]).into_owned();
    line.trim_end_matches(['\n', '\r']).to_owned()
}

fn first_rows(bytes: &[u8], delimiter: u8, quote: u8, line: u64) -> Vec<(u64, Vec<String>)> {
    let (mut rows, mut row) = (CsvRows::new(bytes, delimiter, quote, line), Row::default());
    let mut first = Vec::new();
    while first.len() < LOOKED_AT && rows.next(&mut row).unwrap_or(false) {
        let text = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
        first.push((row.line, row.cells().map(text).collect()));
    }
    first
}

fn ascii(what: &str, character: char) -> Result<u8> {
    let byte = u8::try_from(character).ok().filter(u8::is_ascii);
    let byte = byte.filter(|byte| !matches!(byte, b'\n' | b'\r'));
    byte.with_context(|| format!("format.{what}: '{character}' is not an ASCII character"))
}

#[cfg(test)]
mod tests {
    use super::separator_line;

    #[test]
    fn the_line_that_names_the_separator_is_known() {
        for (line, sign) in [
            ("sep=;\na;b", Some(b';')),
            ("\"sep=\t\"\r\n", Some(b'\t')),
            ("SEP=|\r", Some(b'|')),
            ("sep=,\n", Some(b',')),
            ("sep=;,,\n", Some(b';')),
            ("separate\n", None),
            ("sep=ab\n", None),
            ("", None),
        ] {
            assert_eq!(separator_line(line.as_bytes()), sign, "{line:?}");
        }
    }
}
