//! How a text file is cut into cells: its delimiter and quotes, and the row that is its header.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::dates::Ways;
use super::numbers::Tally;
use crate::import::csv_rows::{CsvRows, Row};
use crate::import::mapping::FormatMapping;
use crate::import::preamble::{DELIMITERS, Preamble};
use crate::import::visible::visible;

/// Rows that are looked at.
const ROWS: usize = 200;

/// Rows among which the header is looked for.
const ABOVE: usize = 30;

/// Characters for quotes in a file where quotes mean nothing.
const NO_QUOTES: [char; 4] = ['~', '^', '`', '|'];

/// How a file is cut.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// Settings of a mapping: `skip_rows`, `delimiter`, `quote`.
    pub format: FormatMapping,
    /// What stands between two cells.
    pub delimiter: char,
    /// Line of the header, from 1.
    pub header_line: u64,
    /// Whether a line such as `sep=;` names the delimiter.
    pub is_said: bool,
    /// Whether quotes are taken for ordinary signs, since they do not close.
    pub without_quotes: bool,
}

/// One way of cutting, and how even the rows become.
struct Cut {
    delimiter: u8,
    rows: Vec<(u64, Vec<String>)>,
    width: usize,
    /// Of a thousand rows, how many have the usual width.
    even: usize,
    is_faulty: bool,
}

impl Cut {
    fn of(bytes: &[u8], delimiter: u8, quote: u8, line: u64) -> Self {
        let (mut rows, mut row) = (CsvRows::new(bytes, delimiter, quote, line), Row::default());
        let (mut all, mut is_faulty) = (Vec::new(), false);
        while all.len() < ROWS && rows.next(&mut row).unwrap_or(false) {
            is_faulty |= row.fault.is_some();
            if !row.is_blank() {
                let text = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
                all.push((row.line, row.cells().map(text).collect::<Vec<_>>()));
            }
        }
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, cells) in &all {
            let count = widths.entry(cells.len()).or_default();
            *count = count.saturating_add(1);
        }
        let usual = widths.iter().max_by_key(|&(&width, &count)| (count, width));
        let (width, count) = usual.map_or((0, 0), |(&width, &count)| (width, count));
        let even = count.saturating_mul(1_000).checked_div(all.len()).unwrap_or(0);
        Self { delimiter, rows: all, width, even, is_faulty }
    }

    /// What makes one way better than another.
    fn rank(&self) -> (bool, usize, bool, usize, usize) {
        let bucket = match self.even {
            950.. => 2,
            600.. => 1,
            _ => 0,
        };
        let is_first_even = self.rows.first().is_some_and(|(_, cells)| cells.len() == self.width);
        (self.width > 1, bucket, is_first_even, self.width, self.even)
    }
}

/// Finds out how a file is cut whose beginning is given as UTF-8; `is_whole` tells whether that is
/// all of it.
///
/// # Errors
/// If it has no header.
pub fn of(name: &str, head: &[u8], is_whole: bool, ways: &Ways) -> Result<Dialect> {
    let plain = FormatMapping::default();
    let preamble = Preamble::read(head, &plain, Vec::new())?;
    let is_said = preamble.line > 1;
    let bytes = if is_whole { head } else { whole_lines(head) };
    let bytes = bytes.get(preamble.bytes..).unwrap_or_default();
    let quote = preamble.quote;
    let cut = |delimiter: char, quote: u8| {
        u8::try_from(delimiter).ok().map(|byte| Cut::of(bytes, byte, quote, preamble.line))
    };
    let (mut best, mut used) = (None, quote);
    if is_said {
        best = cut(char::from(preamble.delimiter), quote);
    } else {
        // The last of equals wins, so the comma is looked at last.
        let cuts = DELIMITERS.into_iter().filter_map(|sign| cut(sign, quote));
        best = cuts.max_by(|one, other| one.rank().cmp(&other.rank())).or(best);
    }
    let mut without_quotes = false;
    if let Some(faulty) = best.as_ref().filter(|cut| cut.is_faulty) {
        let unused = NO_QUOTES.into_iter().filter_map(|sign| u8::try_from(sign).ok());
        let unused = unused.into_iter().find(|sign| !bytes.contains(sign));
        let again =
            unused.map(|sign| (sign, Cut::of(bytes, faulty.delimiter, sign, preamble.line)));
        // Only where every row is whole then do the quotes mean nothing.
        if let Some((sign, again)) = again.filter(|(_, cut)| cut.even == 1_000 && cut.width > 1) {
            (best, used, without_quotes) = (Some(again), sign, true);
        }
    }
    let Some(best) = best.filter(|cut| !cut.rows.is_empty()) else {
        bail!("{name} has no header: there is nothing in it but blanks")
    };
    let at = header_at(&best.rows, best.width);
    let (line, header) = &best.rows[at];
    if is_data(header, ways) {
        bail!(
            "{name} has no header: line {line} is \"{}\", which looks like a row of data. Write a line \
             with the names of the columns above it, such as \"order_id,customer_id,date,amount\", \
             in the order in which they stand there",
            visible(&header.join(","))
        );
    }
    let skip = (at > 0).then(|| line.saturating_sub(1));
    let delimiter = char::from(best.delimiter);
    Ok(Dialect {
        format: FormatMapping {
            skip_rows: skip,
            delimiter: Some(delimiter).filter(|&sign| sign != ',' && (!is_said || skip.is_some())),
            quote: without_quotes.then(|| char::from(used)),
            ..FormatMapping::default()
        },
        delimiter,
        header_line: *line,
        is_said,
        without_quotes,
    })
}

/// The bytes up to the last end of a line: a row that is cut has fewer cells than it should.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| byte == b'\n' || byte == b'\r');
    end.and_then(|end| bytes.get(..end)).unwrap_or(bytes)
}

/// Number of the first row that can be a header: as wide as most rows, and named for the most part.
fn header_at(rows: &[(u64, Vec<String>)], width: usize) -> usize {
    let named = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let enough = width.div_ceil(2).max(2).min(width);
    // Rows may have empty cells more than the header, and the header more than the rows.
    let fits = |cells: &[String]| cells.len().saturating_add(1) >= width && named(cells) >= enough;
    let found = rows.iter().take(ABOVE).position(|(_, cells)| fits(cells));
    found.unwrap_or(0)
}

/// Whether the cells of a row are values, not names: one is a date, or half of them are numbers.
fn is_data(cells: &[String], ways: &Ways) -> bool {
    let given = || cells.iter().map(String::as_str).filter(|cell| !cell.is_empty());
    let is_number = |text: &&str| {
        let mut tally = Tally::new(super::numbers::symbol_of(text));
        tally.add(text);
        tally.best().1 > 0
    };
    let is_date = |text: &str| text.len() >= 8 && ways.of(&[text]).read > 0;
    let numbers = given().filter(is_number).count();
    let dates = given().filter(|text| is_date(text)).count();
    dates > 0 || (numbers > 0 && numbers.saturating_mul(2) >= given().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str) -> Result<(char, u64, Option<u64>, bool), String> {
        let found = of("f.csv", text.as_bytes(), true, &Ways::new());
        let found = found.map_err(|error| error.to_string())?;
        Ok((found.delimiter, found.header_line, found.format.skip_rows, found.without_quotes))
    }

    #[test]
    fn delimiters_and_headers_are_found() {
        for (text, found) in [
            ("order,date,amount\n1,2024-05-01,10.00\n", (',', 1, None, false)),
            ("order;date;amount\n1;2024-05-01;10,00\n2;2024-05-02;12,50\n", (';', 1, None, false)),
            ("order\tdate\tamount\n1\t2024-05-01\t1,000.00\n", ('\t', 1, None, false)),
            ("order|date|amount\n1|2024-05-01|1,000.00\n", ('|', 1, None, false)),
            ("sep=;\norder;date\n1;2024-05-01\n", (';', 2, None, false)),
            ("\n\norder,date\n1,2024-05-01\n", (',', 3, None, false)),
            (",,\n\"No\",\"Date\",\"Sold For\"\n,,\n1,2024-05-01,$1\n", (',', 2, Some(1), false)),
            (
                "My shop\nReport of May\n\norder,date,amount\n1,2024-05-01,1\n2,2024-05-02,1\n",
                (',', 4, Some(3), false),
            ),
            ("order,date,amount,\n1,2024-05-01,1,\n", (',', 1, None, false)),
            ("order,date,amount\n1,2024-05-01,1,\n2,2024-05-01,1,\n", (',', 1, None, false)),
            (
                "name,date,price\n\"5 in,2024-05-01,1\nx,2024-05-02,2\n7\" frame,2024-05-03,3\n",
                (',', 1, None, true),
            ),
            ("only\na\nb\n", (',', 1, None, false)),
        ] {
            assert_eq!(dialect(text), Ok(found), "{text:?}");
        }
    }

    #[test]
    fn rows_of_data_are_no_header() {
        for text in ["1,ann,2024-05-01,10.00\n2,bob,2024-05-02,20.00\n", "1,2,3\n4,5,6\n"] {
            assert!(dialect(text).unwrap_err().contains("looks like a row of data"), "{text}");
        }
    }
}
