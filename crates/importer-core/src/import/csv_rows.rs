//! Cuts bytes into rows and cells, and counts lines as an editor does.
//!
//! A line ends with LF, CR LF or CR, inside quoted cells too. Two faults of quotes are noticed
//! here, since afterwards nothing tells that rows are missing: a quote that is never closed, and
//! one that closes on a later line in the middle of a text.

use std::io::{BufRead, Result};

/// One row and where it stands.
#[derive(Debug, Default)]
pub struct Row {
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Line on which it ends.
    pub last_line: u64,
    /// What is wrong with its quotes.
    pub fault: Option<QuoteFault>,
    /// The first cell with text behind a closing quote, from 0.
    pub tail: Option<usize>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// A quote that swallowed what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteFault {
    /// Line of the opening quote.
    pub opened: u64,
    /// Line on which it closes before text; none if it never does.
    pub closed: Option<u64>,
}

impl Row {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Its cells without quotes.
    pub fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, &to)| &self.bytes[from..to])
    }

    /// True for a line with nothing on it.
    pub fn is_blank(&self) -> bool {
        self.bytes.is_empty() && self.ends.len() <= 1
    }

    fn clear(&mut self, line: u64) {
        *self = Self {
            line,
            bytes: std::mem::take(&mut self.bytes),
            ends: std::mem::take(&mut self.ends),
            ..Self::default()
        };
        self.bytes.clear();
        self.ends.clear();
    }

    fn close_cell(&mut self) {
        self.ends.push(self.bytes.len());
    }
}

/// Where in a row the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote that closes, or is the first of two that mean one.
    Closed,
    /// In blanks behind a closing quote.
    Tail,
}

/// Rows of some bytes.
pub struct CsvRows<R> {
    input: R,
    delimiter: u8,
    quote: u8,
    state: State,
    line: u64,
    opened: u64,
    after_return: bool,
}

impl<R: BufRead> CsvRows<R> {
    /// Rows of an input that begins on a line.
    pub fn new(input: R, delimiter: u8, quote: u8, line: u64) -> Self {
        let (state, opened, after_return) = (State::Start, 0, false);
        Self { input, delimiter, quote, state, line, opened, after_return }
    }

    /// Reads the next row; false at the end.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn next(&mut self, row: &mut Row) -> Result<bool> {
        row.clear(self.line);
        self.state = State::Start;
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(self.end(row));
            }
            // The buffer is lent by the input; the rest of `self` is what the bytes change.
            let mut cutter = Cutter {
                special: (self.delimiter, self.quote),
                state: &mut self.state,
                line: &mut self.line,
                opened: &mut self.opened,
                after_return: &mut self.after_return,
            };
            let (used, complete) = cutter.feed(bytes, row);
            self.input.consume(used);
            if complete {
                return Ok(true);
            }
        }
    }

    fn end(&self, row: &mut Row) -> bool {
        row.last_line = self.line;
        if self.state == State::Quoted {
            row.fault = Some(QuoteFault { opened: self.opened, closed: None });
        }
        let any = self.state != State::Start || !row.ends.is_empty();
        if any {
            row.close_cell();
        }
        any
    }
}

/// What the next bytes change.
struct Cutter<'a> {
    special: (u8, u8),
    state: &'a mut State,
    line: &'a mut u64,
    opened: &'a mut u64,
    after_return: &'a mut bool,
}

impl Cutter<'_> {
    /// Takes bytes up to the end of the row; how many, and whether it has ended.
    #[expect(clippy::arithmetic_side_effects, reason = "places within `bytes`")]
    fn feed(&mut self, bytes: &[u8], row: &mut Row) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            let run = self.run(&bytes[at..]);
            if run > 0 {
                row.bytes.extend_from_slice(&bytes[at..at + run]);
                *self.after_return = false;
                at += run;
            }
            let Some(&byte) = bytes.get(at) else { break };
            at += 1;
            if self.byte(byte, row) {
                return (at, true);
            }
        }
        (at, false)
    }

    /// Bytes that are text whatever they are.
    fn run(&self, bytes: &[u8]) -> usize {
        let stop = match *self.state {
            State::Plain => self.special.0,
            State::Quoted => self.special.1,
            _ => return 0,
        };
        let special = |&byte: &u8| byte == stop || byte == b'\n' || byte == b'\r';
        bytes.iter().position(special).unwrap_or(bytes.len())
    }

    /// Takes one byte; true if it ends the row.
    fn byte(&mut self, byte: u8, row: &mut Row) -> bool {
        let second_half = std::mem::take(self.after_return) && byte == b'\n';
        if byte == b'\n' || byte == b'\r' {
            *self.after_return = byte == b'\r';
            return self.line_end(byte, second_half, row);
        }
        let (delimiter, quote) = self.special;
        let is_blank = byte == b' ' || byte == b'\t';
        *self.state = match *self.state {
            State::Start if byte == quote => {
                *self.opened = *self.line;
                State::Quoted
            }
            State::Quoted if byte == quote => State::Closed,
            State::Closed if byte == quote => {
                row.bytes.push(quote);
                State::Quoted
            }
            State::Quoted => {
                row.bytes.push(byte);
                State::Quoted
            }
            _ if byte == delimiter => {
                row.close_cell();
                State::Start
            }
            State::Closed | State::Tail if is_blank => {
                row.bytes.push(byte);
                State::Tail
            }
            state => {
                if matches!(state, State::Closed | State::Tail) {
                    self.text_after_quote(row);
                }
                row.bytes.push(byte);
                State::Plain
            }
        };
        false
    }

    fn line_end(&mut self, byte: u8, second_half: bool, row: &mut Row) -> bool {
        if *self.state == State::Quoted {
            row.bytes.push(byte);
            *self.line = self.line.saturating_add((!second_half).into());
            return false;
        }
        if second_half {
            // The row has ended with the first half, and this one begins on the line after it.
            return false;
        }
        row.close_cell();
        row.last_line = *self.line;
        *self.line = self.line.saturating_add(1);
        true
    }

    fn text_after_quote(&self, row: &mut Row) {
        if *self.opened < *self.line && row.fault.is_none() {
            row.fault = Some(QuoteFault { opened: *self.opened, closed: Some(*self.line) });
        }
        row.tail.get_or_insert(row.ends.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    /// Rows as `line: cell|cell`, read through a buffer of a few bytes.
    fn rows(text: &str, buffer: usize) -> Vec<String> {
        let input = BufReader::with_capacity(buffer, text.as_bytes());
        let (mut rows, mut row) = (CsvRows::new(input, b',', b'"', 1), Row::default());
        let mut all = Vec::new();
        while rows.next(&mut row).unwrap() {
            let cells = row.cells().map(String::from_utf8_lossy).collect::<Vec<_>>().join("|");
            let fault = row.fault.map(|fault| format!("!{}-{:?}", fault.opened, fault.closed));
            let tail = row.tail.filter(|_| fault.is_none()).map(|at| format!("!{at}"));
            let fault = fault.or(tail).unwrap_or_default();
            all.push(format!("{}: {cells}{fault}", row.line));
        }
        all
    }

    #[test]
    fn lines_end_in_three_ways_and_are_counted_alike() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,\"x", "y\"", "", "2,\"\"", "3,4"].join(end);
            for text in [text.clone(), format!("{text}{end}")] {
                for buffer in [1, 2, 64] {
                    let cell = format!("2: 1|x{end}y");
                    let should = ["1: a|b", &cell, "4: ", "5: 2|", "6: 3|4"];
                    assert_eq!(rows(&text, buffer), should, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn quotes_are_read_as_they_are_written() {
        for (text, row) in [
            ("\"a,b\",c", "1: a,b|c"),
            ("\"say \"\"no\"\"\",c", "1: say \"no\"|c"),
            ("24\" wide,c", "1: 24\" wide|c"),
            ("\"Old\" lamp,c", "1: Old lamp|c!0"),
            ("\"a\" ,c", "1: a |c"),
            (",", "1: |"),
            ("\"\"", "1: "),
        ] {
            assert_eq!(rows(text, 3), [row], "{text}");
        }
        assert_eq!(rows("", 3), [""; 0]);
    }

    #[test]
    fn quotes_that_swallow_lines_are_noticed() {
        assert_eq!(
            rows("\"5 in,1\nx,2\n7\" frame,3\n", 4),
            ["1: 5 in,1\nx,2\n7 frame|3!1-Some(3)"]
        );
        assert_eq!(rows("a,1\n\"b,2\nc,3\n", 4)[1], "2: b,2\nc,3\n!2-None");
        assert_eq!(rows("\"two\nlines\" ,1\n", 4), ["1: two\nlines |1"]);
    }

    /// Cells of all rows that are not blank, as the crate csv reads them.
    fn by_csv(text: &str) -> Vec<Vec<String>> {
        let mut builder = csv::ReaderBuilder::new();
        let builder = builder.has_headers(false).flexible(true);
        let mut reader = builder.from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.filter(|row: &Vec<String>| row.len() > 1 || !row[0].is_empty()).collect()
    }

    proptest! {
        #[test]
        fn cells_are_those_that_the_crate_csv_finds(
            text in "[ab ,\"\n\r]{0,24}", buffer in 1_usize..9,
        ) {
            let input = BufReader::with_capacity(buffer, text.as_bytes());
            let (mut rows, mut row) = (CsvRows::new(input, b',', b'"', 1), Row::default());
            let mut all = Vec::new();
            while rows.next(&mut row).unwrap() {
                let cell = |cell: &[u8]| String::from_utf8(cell.to_vec()).unwrap();
                if !row.is_blank() {
                    all.push(row.cells().map(cell).collect::<Vec<_>>());
                }
            }
            prop_assert_eq!(all, by_csv(&text));
        }
    }
}
